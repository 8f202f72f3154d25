"""What is owed is called, again with growing pauses while nobody takes it, and given up in the end.

It runs in a thread of its own: who does not answer delays no case. Any number of workers may do it; each
takes a call for a while before it makes it. A stop between the call and its note makes it twice.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.complaints import Complaints
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.webhooks.chosen import Webhooks
from pipeline.webhooks.owed import call_id, note_owed
from pipeline.webhooks.send import send
from pipeline.webhooks.tables import calls, webhooks

SECONDS = 5.0
_MOST = 50
"""Calls at one go."""
_MARGIN = dt.timedelta(seconds=30)


def deliver(store: Store, settings: Settings, now: dt.datetime) -> int:
    """Note what is owed and call what is due; return how many calls were taken."""
    note_owed(store, now)
    done, began, chosen = 0, time.monotonic(), settings.webhooks
    for _ in range(_MOST):
        # a call that was slow makes the next one later: its signature tells its own moment
        at = now + dt.timedelta(seconds=time.monotonic() - began)
        call = _take(store, chosen, at)
        if call is None:
            break
        done += _note(store, chosen, call, _made(chosen, call, at), at)
    return done


def _made(chosen: Webhooks, call: Row[Any], at: dt.datetime) -> str:
    """Make a call and return how it was answered."""
    return send(
        call.url,
        call.secret,
        call_id(call.webhook, call.event),
        call.body.encode(),
        at=int(at.timestamp()),
        seconds=chosen.seconds,
        private=chosen.private,
    )


def _take(store: Store, chosen: Webhooks, now: dt.datetime) -> Row[Any] | None:
    """Return the call that is due first, and leave it to nobody else while it is made."""
    due = (calls.c.not_before <= now, webhooks.c.ended_at.is_(None))
    joined = sa.select(calls, webhooks.c.url, webhooks.c.secret)
    query = joined.join(webhooks, webhooks.c.id == calls.c.webhook).where(*due)
    with store.read() as connection:
        if connection.execute(query.limit(1)).first() is None:
            return None
    with store.write() as connection:
        row = connection.execute(query.order_by(calls.c.not_before, calls.c.seq).limit(1)).first()
        if row is not None:
            taken = now + dt.timedelta(seconds=chosen.seconds) + _MARGIN
            mine = sa.update(calls).where(calls.c.seq == row.seq)
            connection.execute(mine.values(not_before=taken, tries=row.tries + 1))
    return row


def _note(store: Store, chosen: Webhooks, call: Row[Any], answered: str, now: dt.datetime) -> bool:
    """Note how a call was answered, and when it is made again; return whether it was taken."""
    taken, tries = answered.startswith("2"), call.tries + 1
    later = now + _pause(chosen, tries)
    changes: dict[str, Any] = {"answered": answered, "not_before": later}
    if taken:
        changes |= {"not_before": None, "done_at": now}
    elif tries >= chosen.tries:
        changes |= {"not_before": None, "given_up_at": now}
    others = (calls.c.webhook == call.webhook, calls.c.not_before < later)
    with store.write() as connection:
        connection.execute(sa.update(calls).where(calls.c.seq == call.seq).values(**changes))
        if not answered.isdigit():
            # nobody is there: the others to the same address wait too, and cost no try
            connection.execute(sa.update(calls).where(*others).values(not_before=later))
    return taken


def _pause(chosen: Webhooks, tries: int) -> dt.timedelta:
    """Return the pause after so many tries."""
    return dt.timedelta(seconds=min(chosen.pause_seconds * 2 ** (tries - 1), chosen.longest_pause_seconds))


class Calling:
    """Calls in a thread, looked after by whoever works cases."""

    def __init__(self, store: Store, settings: Settings, complaints: Complaints) -> None:
        self._store, self._settings, self._complaints = store, settings, complaints
        self._looked = -SECONDS
        self._thread: threading.Thread | None = None

    def __call__(self, now: dt.datetime) -> None:
        """Begin to call what is due, unless that is going on."""
        if time.monotonic() - self._looked < SECONDS or (self._thread and self._thread.is_alive()):
            return
        self._looked = time.monotonic()
        if not self._any():
            return
        self._thread = threading.Thread(target=self._deliver, args=(now,), name="calls", daemon=True)
        self._thread.start()

    def _any(self) -> bool:
        """Tell whether anybody is called at all."""
        with self._store.read() as connection:
            there = sa.select(webhooks.c.id).where(webhooks.c.ended_at.is_(None)).limit(1)
            return connection.execute(there).first() is not None

    def _deliver(self, now: dt.datetime) -> None:
        """Call; what fails is told once, and tried again at the next look."""
        try:
            deliver(self._store, self._settings, now)
        except Exception as error:  # noqa: BLE001 - a thread of its own has nobody else to tell
            self._complaints.warn(f"webhooks: calls not made: {type(error).__name__}")
