"""Who is owed the mail of the day, and that each gets it once.

    Mornings(store, settings, calendars)(now)     # any number of processes may, at any time

A row for each day and receiver decides: whoever takes it holds it for some minutes, sends, and notes that it
was sent. If it dies between the mail server's word and the note, the mail goes out again: it comes at least
once, with the same name (`Message-ID`), by which most mail programs show it once. None goes out on a day
off, nor on a later day for one that was missed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pipeline.complaints import Complaints
from pipeline.desk_chosen import public_address
from pipeline.digest.chosen import Receiver
from pipeline.digest.post import NotTakenError, message, post
from pipeline.digest.tables import digests
from pipeline.digest.told import Mail, mail
from pipeline.digest.words import Words
from pipeline.figures.asked import WEEK, Asked
from pipeline.figures.board import board
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import STATE, Calendars, NoCalendarError

HELD = dt.timedelta(minutes=10)
"""How long whoever took a row may need for one mail, before another takes it for dead."""
PAUSE = dt.timedelta(minutes=1)
LOOK_SECONDS = 30.0
SOON = 10
"""Working days ahead that the mail looks."""
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


class Mornings:
    """Sends what is owed, from a thread of its own so that nobody's work waits for a mail server."""

    def __init__(
        self, store: Store, settings: Settings, calendars: Calendars, complaints: Complaints | None = None
    ) -> None:
        self._store, self._settings, self._calendars = store, settings, calendars
        self._complaints = complaints or Complaints()
        self._looked = -LOOK_SECONDS
        self._thread: threading.Thread | None = None

    def __call__(self, now: dt.datetime) -> None:
        """Begin to send what is owed, if anything may be and nothing is under way."""
        due = self._settings.digest.wanted and time.monotonic() - self._looked >= LOOK_SECONDS
        if not due or (self._thread is not None and self._thread.is_alive()):
            return
        self._looked = time.monotonic()
        if any(True for _ in self._owed(now)):
            self._thread = threading.Thread(target=self._aside, args=(now,), name="digest", daemon=True)
            self._thread.start()

    def _aside(self, now: dt.datetime) -> None:
        """Send, and complain of what goes wrong."""
        try:
            self.send(now)
        except Exception as error:  # noqa: BLE001 - a mail never keeps cases from being worked on
            self._complaints.error(f"morning mail: {type(error).__name__}")

    def send(self, now: dt.datetime) -> int:
        """Send all that is owed now; return how many mails the mail server took."""
        return sum(self._one(receiver, now) for receiver in tuple(self._owed(now)))

    def mail(self, receiver: Receiver, now: dt.datetime) -> Mail:
        """Return what *receiver* is told at a moment."""
        at = now.astimezone(ZoneInfo(self._settings.letters.zone))
        told = board(self._store, Asked.lately(at.date(), WEEK, receiver.whose), self._calendars, at)
        link = f"{public_address(self._settings.desk)}/gestion"
        return mail(told, Words(receiver.language), at, self._until(receiver, at.date()), link)

    def _owed(self, now: dt.datetime) -> Iterator[Receiver]:
        """Yield who has not got the mail of the day and may be sent it now."""
        chosen, at = self._settings.digest, now.astimezone(ZoneInfo(self._settings.letters.zone))
        if at.time() < chosen.hour():
            return
        query = sa.select(digests).where(digests.c.day == at.date())
        with self._store.read() as connection:
            rows = {row.receiver: row for row in connection.execute(query)}
        for receiver in chosen.receivers:
            row = rows.get(_key(receiver))
            free = row is None or (
                row.sent_at is None and row.tries < chosen.tries and (row.not_before or now) <= now
            )
            if free and self._works(receiver, at.date()):
                yield receiver

    def _one(self, receiver: Receiver, now: dt.datetime) -> bool:
        """Send one mail, if nobody else does."""
        tries = self._take(receiver, now)
        if not tries:
            return False
        chosen, day = self._settings.digest, self._today(now)
        try:
            name = f"{day:%Y%m%d}.{_key(receiver)[:24]}"
            told = self.mail(receiver, now)
            post(chosen, message(told, chosen, receiver.address, receiver.language, name))
        except NotTakenError as why:
            self._complaints.warn(f"morning mail not taken: {why}")
            self._note(receiver, now, answered=str(why), not_before=now + PAUSE * 2 ** (tries - 1))
            return False
        self._note(receiver, now, sent_at=dt.datetime.now(dt.UTC), answered=None)
        return True

    def _take(self, receiver: Receiver, now: dt.datetime) -> int:
        """Take the row of a receiver; return which try this is, 0 where another has it or has sent it."""
        day, key, until = self._today(now), _key(receiver), now + HELD
        with self._store.write() as connection:
            row = connection.execute(sa.select(digests).where(*_is(day, key))).first()
            if row is None:
                values = {"day": day, "receiver": key, "tries": 1, "not_before": until}
                connection.execute(sa.insert(digests).values(**values))
                return 1
            if row.sent_at is not None or (row.not_before or now) > now:
                return 0
            changed = {"tries": row.tries + 1, "not_before": until}
            connection.execute(sa.update(digests).where(*_is(day, key)).values(**changed))
            return int(row.tries) + 1

    def _note(self, receiver: Receiver, now: dt.datetime, **values: object) -> None:
        """Keep how it went."""
        with self._store.write() as connection:
            connection.execute(
                sa.update(digests).where(*_is(self._today(now), _key(receiver))).values(**values)
            )

    def _today(self, now: dt.datetime) -> dt.date:
        """Return the day on the office's wall."""
        return now.astimezone(ZoneInfo(self._settings.letters.zone)).date()

    def _works(self, receiver: Receiver, day: dt.date) -> bool:
        """Whether a day is a working day in any place of a receiver."""
        return any(not self._off(day, place) for place in receiver.calendars)

    def _off(self, day: dt.date, place: str) -> bool:
        """Whether a day is off in a place; where no calendar is at hand, only weekends are."""
        try:
            return self._calendars.nonworking(day, sorted({STATE, place}))
        except NoCalendarError:
            return day.weekday() >= _SATURDAY

    def _until(self, receiver: Receiver, day: dt.date) -> dt.date:
        """Return the tenth working day after *day*."""
        left = SOON
        while left:
            day += _DAY
            left -= self._works(receiver, day)
        return day


def _key(receiver: Receiver) -> str:
    """Return what tells a receiver in the record: no address is kept there."""
    return hashlib.sha256(receiver.address.casefold().encode()).hexdigest()


def _is(day: dt.date, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells the row of a day and a receiver."""
    return digests.c.day == day, digests.c.receiver == key
