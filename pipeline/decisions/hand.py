"""In whose hands a case is: taken for a time, given to somebody, put aside until a day, sent upwards.

Each act runs inside `pipeline.acts.acting`, which refuses whoever has not seen the case as it is, and a case
in another's hands. A hold that ran out is anybody's to take over.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.decisions.handling import put
from pipeline.decisions.reasons import OnHold
from pipeline.store import Store
from pipeline.store.schema import handling

SECOND_LEVEL = 2


def take(connection: Connection, case: str, who: str, at: dt.datetime, minutes: int) -> None:
    """Take a case in hand for some *minutes*."""
    put(connection, case, held_by=who, held_since=at, held_until=at + dt.timedelta(minutes=minutes))


def let_go(connection: Connection, case: str) -> None:
    """Let a case out of one's hands."""
    put(connection, case, held_by=None, held_since=None, held_until=None)


def renew(store: Store, case: str, who: str, at: dt.datetime, minutes: int) -> None:
    """Keep a case in the hands of who still works on it; nothing if it is in nobody's or another's.

    Written at most once in a tenth of the time, so that reading a page is no writing.
    """
    until = at + dt.timedelta(minutes=minutes)
    mine = (
        handling.c.case_id == case,
        handling.c.held_by == who,
        handling.c.held_until > at,
        handling.c.held_until < until - dt.timedelta(minutes=minutes) / 10,
    )
    with store.read() as connection:
        if connection.execute(sa.select(handling.c.case_id).where(*mine)).first() is None:
            return
    with store.write() as connection:
        connection.execute(sa.update(handling).where(*mine).values(held_until=until))


def assign(connection: Connection, case: str, to: str | None, by: str) -> None:
    """Give a case to somebody, or take it from whoever had it; in whose hands it is is another matter."""
    put(connection, case, assigned_to=to, assigned_by=by if to else None)


def put_aside(connection: Connection, case: str, until: dt.date, why: OnHold, note: str, by: str) -> None:
    """Put a case aside *until* a day; it comes back by itself."""
    put(connection, case, on_hold_until=until, on_hold_why=why, **_noted(note, by), **_free())


def bring_back(connection: Connection, case: str) -> None:
    """Bring a case back that was put aside."""
    put(connection, case, on_hold_until=None, on_hold_why=None, note=None, noted_by=None)


def send_up(connection: Connection, case: str, note: str, by: str) -> None:
    """Send a case to the second level: only a supervisor decides it then."""
    put(connection, case, level=SECOND_LEVEL, **_noted(note, by), **_free())


def send_down(connection: Connection, case: str, note: str, by: str) -> None:
    """Send a case back to the first level, with what the supervisor says of it."""
    put(connection, case, level=1, **_noted(note, by), **_free())


def _noted(note: str, by: str) -> dict[str, Any]:
    """Return a note and whose it is."""
    return {"note": note or None, "noted_by": by if note else None}


def _free() -> dict[str, Any]:
    """Return the columns of a case in nobody's hands."""
    return {"held_by": None, "held_since": None, "held_until": None}
