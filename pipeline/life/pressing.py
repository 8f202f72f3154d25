"""What a person must do today: cases whose time to answer has passed, and those near silence.

    pressing = Pressing(store, settings)
    pressing(today)      # oldest first, of all offices

The alarms are read from the record. The others are the few whose last day lies near; each is read with the
eyes of the law once a day, and again when something is recorded of it.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.calendars import at_hand
from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.journal.port import Row
from pipeline.life.alarms import standing
from pipeline.life.lived import as_lived, judged
from pipeline.life.record import case_row, events_of
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars
from validators.life.urgent import Urgent, urgent

_AHEAD = dt.timedelta(days=15)
"""No five working days last longer, with the feasts of a place and of the seat between them."""
_NEAR = """SELECT id, number, office, updated_at,
 (SELECT COUNT(*) FROM life WHERE life.case_id = cases.id) AS told
FROM cases WHERE silence_after IS NOT NULL AND silence_after <= :until ORDER BY silence_after, id"""
CODES = {"passed": "silence-passed", "near": "silence-near"}


_Known = tuple[tuple[object, ...], Urgent | None]
"""How a case stood when it was looked at, and what was found."""


class Pressed(NamedTuple):
    """A case for today: `code` is one of CODES, with the working days up to the last day, if any."""

    number: str
    office: str
    code: str
    last_day: dt.date | None
    working_days_left: int | None = None


class Pressing:
    """Finds what presses; it remembers what it found of each case, for as long as nothing changes."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._calendars: Calendars | None = None
        self._known: dict[str, _Known] = {}
        self._complaints = Complaints()

    def __call__(
        self, today: dt.date, office: str | None = None, most: int | None = None
    ) -> tuple[Pressed, ...]:
        """Return what presses *today*, the oldest day first; look at no more than *most* cases anew."""
        alarms = standing(self._store, office)
        told = {alarm.case for alarm in alarms}
        found = [Pressed(one.number, one.office, CODES["passed"], one.last_day) for one in alarms]
        near = [row for row in self._near(today) if row["id"] not in told and office in {None, row["office"]}]
        anew = [row for row in near if self._remembered(row, today) is None]
        if anew and (calendars := self._shelf()) is not None:
            for row in anew[:most]:
                self._known[row["id"]] = _mark(row, today), self._look(row["id"], today, calendars)
        for row in near:
            _, why = self._remembered(row, today) or (None, None)
            if why is not None:
                found.append(Pressed(row["number"], row["office"], CODES[why.code], why.last_day, why.left))
        return tuple(sorted(found, key=lambda one: (one.last_day or dt.date.min, one.number)))

    def _remembered(self, row: Row, today: dt.date) -> _Known | None:
        """Return what was found of a case today, unless something has happened to it since."""
        known = self._known.get(row["id"])
        return known if known is not None and known[0] == _mark(row, today) else None

    def _near(self, today: dt.date) -> list[Row]:
        """Return the cases whose last day may be near, and forget what was known of others."""
        with self._store.reading() as transaction:
            rows = list(transaction.all(_NEAR, until=(today + _AHEAD).isoformat()))
        here = {row["id"] for row in rows}
        self._known = {case: known for case, known in self._known.items() if case in here}
        return rows

    def _shelf(self) -> Calendars | None:
        """Return the calendars as at the first look; a bad list of days keeps no page from a clerk."""
        try:
            self._calendars = self._calendars or at_hand(self._settings.calendars)
        except EnvironmentFault as fault:
            self._complaints.warn(f"days near their end not looked at: {fault.what}")
        return self._calendars

    def _look(self, case: str, today: dt.date, calendars: Calendars) -> Urgent | None:
        """Return why somebody must act on one case; one that cannot be read presses nobody here."""
        try:
            with self._store.reading() as transaction:
                row, record = judged(case_row(transaction, case)), events_of(transaction, case)
            found = as_lived(row, record, today, self._settings.policy, calendars)
            return urgent(found.application, found.life, found.law)
        except EnvironmentFault:
            raise
        except Exception as error:  # noqa: BLE001 - one bad case never hides the others; its text may hold names
            self._complaints.warn(f"case {case}: its days not looked at: {type(error).__name__}")
            return None


def _mark(row: Row, today: dt.date) -> tuple[object, ...]:
    """Return what tells whether a case must be looked at again."""
    return today, row["updated_at"], row["told"]


def sentence(one: Pressed) -> str:
    """Say what presses and by when, as a clerk would."""
    day = f"{one.last_day:%d/%m/%Y}" if one.last_day else "no se sabe qué día"
    if one.code == CODES["near"]:
        left = (
            "hoy es el último"
            if not one.working_days_left
            else f"días hábiles que quedan: {one.working_days_left}"
        )
        return f"Hay que resolver y notificar hasta el {day} ({left})"
    return f"Pasó el último día para resolver y notificar ({day}) y no consta respuesta: decide una persona"
