"""What came after filing told in the office's folders: a receipt for the person, a note for the clerks.

telling = Telling(store, settings)
telling(now)                 # what is owed of all cases, or of one; safe to call again at any time
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.after_filing.later import REACHING
from pipeline.after_filing.record import CLOSING, After, Kind, of_case
from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.files import write_whole
from pipeline.folders.places import Place
from pipeline.folders.publish import answering
from pipeline.folders.receipt import write
from pipeline.folders.wanted import draft_again, withdraw
from pipeline.letters import names
from pipeline.letters.heads import head
from pipeline.letters.render import moment
from pipeline.receipts.told import Told
from pipeline.receipts.wording import say
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.outbox import AFTER, Effect, once
from pipeline.store.schema import cases, outbox


class Telling:
    """Tells what is owed; what a share does not allow now is left for the next time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._zone = ZoneInfo(settings.letters.zone)
        self._complaints = Complaints()

    def __call__(self, now: dt.datetime, case: str | None = None) -> int:
        """Tell what is owed, of one *case* if it is named; return how many rows were told."""
        return sum(self._tried(row, now) for row in self._owed(case))

    def _owed(self, case: str | None) -> Iterator[Row[Any]]:
        """Yield the cases of what is owed, with the number of the row."""
        query = (
            sa.select(cases, outbox.c.effect, outbox.c.input)
            .join(outbox, outbox.c.case_id == cases.c.id)
            .where(outbox.c.step == AFTER, outbox.c.done_at.is_(None))
            .order_by(outbox.c.seq)
        )
        with self._store.read() as connection:
            yield from connection.execute(query if case is None else query.where(cases.c.id == case)).all()

    def _tried(self, row: Row[Any], now: dt.datetime) -> bool:
        """Tell one row; False where folders or key do not allow it now."""
        told = next((one for one in of_case(self._store, row.id) if str(one.seq) == row.input), None)
        if told is None:
            return False
        effect = Effect(row.id, AFTER, row.effect, row.input)
        try:
            return once(self._store, effect, lambda: self._tell(row, told), now)
        except EnvironmentFault as fault:
            self._complaints.warn(f"case {row.id}: an entry is not told yet: {type(fault).__name__}")
        except Exception as error:  # noqa: BLE001 - one bad row never stops the others; its text may hold names
            self._complaints.error(f"case {row.id}: an entry is not told: {type(error).__name__}")
        return False

    def _tell(self, row: Row[Any], told: After) -> None:
        """Write receipt and note, where the case is and where it was."""
        if told.left_office is not None:
            with answering(self._settings, told.left_office) as left:
                self._note(row, told, left)
                withdraw(self._store, left, row.number)
        with answering(self._settings, row.office) as place:
            # a paper that came with it has its receipt as what it is, an entry of the case
            if told.submission is None:
                write(self._store, self._settings, place, self._receipt(row, told))
            if told.kind in CLOSING:
                withdraw(self._store, place, row.number)
            if told.kind in REACHING and row.stage == "routed":
                draft_again(self._store, self._settings, place, row.id, row.report)
            self._note(row, told, place)

    def _receipt(self, row: Row[Any], told: After) -> Told:
        """Return what the receipt of one row tells."""
        zone = dt.timezone(dt.timedelta(minutes=row.offset_minutes))
        return Told(
            number=row.number,
            order=told.seq,
            kind="after",
            office=row.office,
            received_at=self._local(told.at),
            first_at=row.received_at.astimezone(zone),
            filed_on=told.entered_on,
            person="",
            name="",
            registry_number=None,
            procedure="unknown",
            files=(),
            clock=None,
            cure_days=0,
            phone=self._settings.letters.help_phone,
            head=head(self._settings.letters.offices, row.office),
            about=told.kind.value,
            other=other(told),
        )

    def _local(self, at: dt.datetime) -> dt.datetime:
        """Return a moment as the office's clock showed it, with its offset alone."""
        here = at.astimezone(self._zone)
        return here.astimezone(dt.timezone(here.utcoffset() or dt.timedelta()))

    def _note(self, row: Row[Any], told: After, place: Place) -> None:
        """Write what became of the case beside its receipts, for whoever looks there."""
        said = (say(f"about_{told.kind}", one, other=other(told)) for one in self._settings.letters.languages)
        lines = [f"{row.number}. {moment(self._local(told.at))}", *said]
        text = "\r\n".join(lines) + "\r\n"
        target = place.accepted(row.number) / names.note_after(told.seq)
        write_whole(self._store.files, target, [text.encode("utf-8-sig")])


def other(told: After) -> str:
    """Return the case or the office that a row names."""
    return str(told.said.get("office", "")) if told.kind is Kind.MOVED else told.other or ""
