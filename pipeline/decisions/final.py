"""Decisions become final when their time to be undone has passed: the letter is signed, kept and put out.

    finals = Finals(store, settings, calendars)
    finals(now)      # any number of processes may, at any time

Looked for by whoever runs, in the record alone: nothing is lost by a stop, and nothing needs an engine. A
case that was judged anew meanwhile, for an answer came, is not what was decided: that decision falls, and a
person sees the case again. So does a final one that the law leaves behind before the person is told of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.audit.chain import note
from pipeline.complaints import Complaints
from pipeline.decisions.decide import take_back
from pipeline.decisions.kept import FINAL, OVERTAKEN, Decision, decision_of
from pipeline.decisions.letter import draft
from pipeline.decisions.outdone import outdone, perhaps
from pipeline.decisions.possible import Choice, Edits
from pipeline.decisions.proposal import sealed
from pipeline.decisions.sealing import keep
from pipeline.decisions.situation import Situation, Surroundings, situation
from pipeline.decisions.stand import restand
from pipeline.decisions.tables import ends
from pipeline.errors import EnvironmentFault
from pipeline.folders.decided import effect, put_out, taken_away
from pipeline.letters.compose import pdf
from pipeline.life.record import PROGRAM
from pipeline.notices.tables import notices
from pipeline.notices.told import agree
from pipeline.receipts.key import key
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.attached import attach, attaching
from pipeline.store.events import record
from pipeline.store.outbox import DECIDE, owe
from pipeline.store.results import requeue_in
from pipeline.store.schema import cases, handling, outbox
from pipeline.store.statements import Statements
from validators.calendar import Calendars

_MOST = 20
"""Decisions at one look, so that a busy afternoon does not keep a worker from reading."""


class Finals:
    """The decisions whose time has come, seen to one by one."""

    def __init__(self, store: Store, settings: Settings, calendars: Calendars) -> None:
        self._store, self._around = store, Surroundings(settings=settings, calendars=calendars)
        self._complaints = Complaints()

    def __call__(self, now: dt.datetime) -> tuple[str, ...]:
        """Make final what is due by *now*, a moment with the zone of the office; return those decisions."""
        done = [one for one in self._due(now) if self._tried(one, partial(self._settle, one, now))]
        with self._store.read() as connection:
            late = perhaps(connection, _MOST)
        for one in late:
            self._tried(one, partial(self._leave_behind, one, now))
        for case, decision in self._owed():
            self._tried(case, partial(self._put_out, decision, now))
        return tuple(done)

    def overdue_notices(self, now: dt.datetime) -> None:
        """See to what lay at the electronic office and was not opened: the day may have come (art. 43.2)."""
        lies = sa.exists().where(notices.c.case_id == handling.c.case_id, notices.c.step == "available")
        query = sa.select(handling.c.case_id).where(handling.c.awaits == "notice", lies).limit(1000)
        with self._store.read() as connection:
            found = list(connection.execute(query).scalars())
        for case in found:
            self._tried(case, partial(self._look, case, now))

    def _due(self, now: dt.datetime) -> list[str]:
        """Return the decisions whose time to be undone has passed."""
        query = sa.select(handling.c.decision).where(handling.c.final_at <= now)
        with self._store.read() as connection:
            return list(connection.execute(query.order_by(handling.c.final_at).limit(_MOST)).scalars())

    def _owed(self) -> list[tuple[str, str]]:
        """Return the letters that are not in the folders yet, by case and decision."""
        columns = (outbox.c.case_id, outbox.c.input)
        query = sa.select(*columns).where(outbox.c.step == DECIDE, outbox.c.done_at.is_(None))
        with self._store.read() as connection:
            return [(row.case_id, row.input) for row in connection.execute(query.limit(_MOST))]

    def _tried(self, what: str, act: Callable[[], object]) -> bool:
        """Do *act*; one that fails is tried again at the next look and never stops the others."""
        try:
            act()
        except EnvironmentFault as fault:
            self._complaints.warn(f"decision {what}: not final yet: {fault.what}")
            return False
        except Exception as error:  # noqa: BLE001 - one bad case never stops the others; its text may hold names
            self._complaints.error(f"decision {what}: not final yet: {type(error).__name__}")
            return False
        return True

    def _settle(self, identifier: str, now: dt.datetime) -> None:
        """Make one decision final, or let it fall."""
        with self._store.read() as connection:
            found = self._open(connection, identifier, now)
            late = found is not None and _left(connection, *found)
        if found is None:
            return
        if late:
            with self._store.write() as connection:
                self._standing(connection, identifier, now)
            return
        with attaching(self._store, self._page(*found, now)) as kept, self._store.write() as connection:
            held = self._standing(connection, identifier, now)
            if held is None:
                return
            row = {"decision": held.id, "how": FINAL, "by": PROGRAM, "at": now, "text": ""}
            keep(connection, ends, held.case, row | {"paper": kept.sha256})
            attach(connection, held.case, kept, f"{held.kind}.pdf", now)
            owe(connection, [effect(held)], now)
            record(connection, held.case, now, "decision-final", decision=held.id, decided=held.kind)
            restand(connection, held.case, now, self._around)
            _seen_anew(connection, held.case, now)

    def _open(
        self, connection: Connection, identifier: str, now: dt.datetime
    ) -> tuple[Decision, Situation] | None:
        """Return a decision that is to become final, with its case; None where it is, or stands no more."""
        decided = decision_of(connection, identifier)
        if decided is None or not decided.stands or decided.final is not None:
            return None
        found = situation(connection, decided.case, now, self._around)
        return None if found is None else (decided, found)

    def _standing(self, connection: Connection, identifier: str, now: dt.datetime) -> Decision | None:
        """Return a decision that is to become final, as the writer sees it; one that was overtaken falls.

        Since it was read it may have been undone, and another one taken in its place: that one must not fall.
        """
        found = self._open(connection, identifier, now)
        if found is None:
            return None
        if _left(connection, *found):
            self._fall(connection, found[0], now)
            return None
        return found[0]

    def _leave_behind(self, identifier: str, now: dt.datetime) -> None:
        """Let a final decision fall that the law has left behind; what was brought is read with the case."""
        with self._store.write() as connection:
            decided = decision_of(connection, identifier)
            found = situation(connection, decided.case, now, self._around) if decided else None
            if decided is None or found is None or not decided.stands:
                return
            if not outdone(connection, decided, found):
                return
            self._fall(connection, decided, now)
            agree(connection, decided.case, PROGRAM, now, found.lived.law)
            owe(connection, [taken_away(decided)], now)
            restand(connection, decided.case, now, self._around)
            if decided.kind == "desist":
                requeue_in(connection, decided.case, now)

    def _fall(self, connection: Connection, decided: Decision, now: dt.datetime) -> None:
        """Let a decision fall that is of another state of the case, and tell so."""
        take_back(connection, decided, OVERTAKEN, PROGRAM, now)
        record(connection, decided.case, now, "decision-overtaken", decision=decided.id)
        note(Statements(connection), PROGRAM, "decision-overtaken", now, case=decided.case)
        restand(connection, decided.case, now, self._around)
        _seen_anew(connection, decided.case, now)

    def _page(self, decided: Decision, found: Situation, now: dt.datetime) -> bytes:
        """Return the letter of a decision as a PDF with its day and name, sealed where there is a key."""
        day = (decided.confirmed.at if decided.confirmed else decided.at).astimezone(now.tzinfo).date()
        page = pdf(draft(found, choice_of(decided), self._around, decided_on=day))
        chosen = self._around.settings.receipts
        opened = key(chosen, now)
        if opened is None:
            return page
        from pipeline.receipts.sign import LETTER, signed  # noqa: PLC0415 - only who signs pays for pyHanko

        return signed(page, opened.signing, chosen.tsa, LETTER)

    def _put_out(self, identifier: str, now: dt.datetime) -> None:
        """Put the letter of a final decision into the folders of its office."""
        with self._store.read() as connection:
            decided = decision_of(connection, identifier)
            assert decided is not None
            columns = (cases.c.number, cases.c.office)
            row = connection.execute(sa.select(*columns).where(cases.c.id == decided.case)).one()
        put_out(self._store, self._around.settings, decided, row.number, row.office, now)

    def _look(self, case: str, now: dt.datetime) -> None:
        """Bring one case into line with the days that have passed."""
        with self._store.write() as connection:
            found = situation(connection, case, now, self._around)
            if found is not None:
                agree(connection, case, PROGRAM, now, found.lived.law)
                restand(connection, case, now, self._around)


def _seen_anew(connection: Connection, case: str, now: dt.datetime) -> None:
    """Let whoever has the page of the case open know that it is another now."""
    changed = {"revision": cases.c.revision + 1, "updated_at": now}
    connection.execute(sa.update(cases).where(cases.c.id == case).values(**changed))


def _left(connection: Connection, decided: Decision, found: Situation) -> bool:
    """Tell whether a decision is of another state of the case, or left behind by the law."""
    return overtaken(decided, found) or outdone(connection, decided, found)


def overtaken(decided: Decision, found: Situation) -> bool:
    """Tell whether a case is not any more what was decided on: it was judged anew, or is to be."""
    return found.stage not in {"routed", "resolved"} or decided.proposal["seal"] != sealed(found.report)


def choice_of(decided: Decision) -> Choice:
    """Return what was chosen, as it is kept."""
    told = decided.letter
    edits = Edits(
        left_out=frozenset(told["left_out"]),
        added=tuple(told["added"]),
        languages=tuple(told["languages"]),
        hearing_days=told["hearing_days"],
    )
    return Choice(kind=decided.kind, edits=edits, signer=told["signer"] or decided.by)
