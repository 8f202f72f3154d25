"""A claimed case, taken from the journal to its queue and published: the same with and without an engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from extractors.reading.apart.sandbox import Sandbox
from pipeline.case import Read, Returned, Routed
from pipeline.corrections.mend import mend
from pipeline.corrections.record import of_case
from pipeline.decisions.stand import stand_again
from pipeline.errors import EnvironmentFault, MustWait
from pipeline.folders.publish import answering, effects, publish
from pipeline.life.earlier import person_of, with_earlier
from pipeline.quota import check_quota
from pipeline.register.consult import Asked, consulted
from pipeline.register.sources import Sources
from pipeline.report import case_report
from pipeline.screen import Screen, check_there
from pipeline.settings import Settings
from pipeline.steps import run
from pipeline.store import Store
from pipeline.store.claims import Claimed
from pipeline.store.events import record
from pipeline.store.quarantine import StoreQuarantine
from pipeline.store.results import Result, finish, release
from pipeline.store.waits import passed, put_aside, skipped, wake
from pipeline.tending import Tending
from pipeline.waiting import ANSWER, DOWN, must_wait
from pipeline.workroom import workroom
from validators.calendar import Calendars
from validators.policy import Policy


class Worked(NamedTuple):
    """Where a case ended: its queue, or `returned`; `waiting`, or `superseded` by an answer that came."""

    outcome: str
    procedure: str = "unknown"


def held_up(claimed: Claimed, settings: Settings, store: Store) -> bool:
    """Tell whether the case has to wait before anything is tried; it is put aside then.

    Asked outside the engine: a case that waits for days is no run at every look.
    """
    zone = ZoneInfo(settings.letters.zone)
    try:
        check_quota(store, claimed, settings.limits, dt.datetime.now(zone), zone, passed(store, claimed))
        check_there(settings.antivirus)
    except MustWait as must:
        put_aside(store, claimed, must, dt.datetime.now(zone))
        return True
    return False


def work(
    claimed: Claimed,
    settings: Settings,
    store: Store,
    sandbox: Sandbox,
    calendars: Calendars,
    meanwhile: Callable[[], object] = lambda: None,
    sources: Sources | None = None,
) -> Worked:
    """Run the steps, keep the result with the effects it owes, publish them, and end the loan.

    *meanwhile* is called every few seconds from another thread; *sources* are the registers that may be
    asked, opened anew where none are given. Raise EnvironmentFault where a case whose
    result stands cannot be published now: it is not read again for that.
    """
    zone = ZoneInfo(settings.letters.zone)
    if not claimed.unread:
        with answering(settings, str(claimed.case.office)):
            pass
    papers = store.blobs.held(original.sha256 for original in claimed.case.originals)
    with (
        Tending(claimed, settings, store, meanwhile) as tending,
        workroom(settings.storage.work) as room,
        papers,
    ):
        try:
            case = _run(claimed, settings, store, sandbox, calendars, sources, room)
        except MustWait as must:
            if not claimed.unread:
                raise EnvironmentFault(must.what, must.remedy) from None
            put_aside(store, claimed, must, dt.datetime.now(zone))
            return Worked("waiting")
        tending.was_read()
        return _kept(case, claimed, settings, store)


def _run(
    claimed: Claimed, settings: Settings, store: Store, sandbox: Sandbox, calendars: Calendars,
    sources: Sources | None, room: Path,
) -> Routed | Returned:  # fmt: skip
    """Return where the steps take the case; raise MustWait where it cannot go on now."""
    screen = Screen(settings.antivirus, StoreQuarantine(store), passed(store, claimed))
    consult = _consult(claimed, settings, store, calendars, sources)
    case = run(claimed.case, room, sandbox, settings.limits, settings.policy, calendars, screen, consult)
    _stays_received(case, claimed)
    _tell(screen, store, claimed, dt.datetime.now(ZoneInfo(settings.letters.zone)))
    return case


def _kept(case: Routed | Returned, claimed: Claimed, settings: Settings, store: Store) -> Worked:
    """Keep the result, publish what it owes, and end the loan; raise EnvironmentFault as `publish`."""
    zone = ZoneInfo(settings.letters.zone)
    if not finish(store, claimed, result(case, claimed.came, settings.policy), dt.datetime.now(zone)):
        release(store, claimed, dt.datetime.now(zone))
        return Worked("superseded")
    with store.write() as connection:
        stand_again(connection, claimed.case.id, dt.datetime.now(zone), settings)
    publish(store, settings, case, claimed.came, dt.datetime.now(zone))
    release(store, claimed, dt.datetime.now(zone))
    return (
        Worked("returned") if isinstance(case, Returned) else Worked(case.queue, case.application.procedure)
    )


def _consult(
    claimed: Claimed, settings: Settings, store: Store, calendars: Calendars, sources: Sources | None
) -> Callable[[Read], Read]:
    """Return the step that puts in what the papers do not say.

    Each question to a register leaves its line in the record at once.
    """
    opened = sources or Sources(settings.register)

    def audit(asked: Asked) -> None:
        """Keep that a source was asked, on which ground, and how it answered."""
        with store.write() as connection:
            at = dt.datetime.now(ZoneInfo(settings.letters.zone))
            told = {"source": asked.source, "ground": asked.ground, "about": asked.about}
            record(
                connection, claimed.case.id, at, "register-asked", **told, answer=asked.answer, why=asked.why
            )

    def consult(case: Read) -> Read:
        """Put in what people set right; ask the registers, and the record for what the person had before."""
        today = dt.datetime.now(ZoneInfo(settings.letters.zone)).date()
        asked = consulted(_mended(case, claimed, store), opened, settings.policy, audit)
        return with_earlier(asked, store, today, settings.policy, calendars)

    return consult


def _mended(case: Read, claimed: Claimed, store: Store) -> Read:
    """Return *case* with what people set right; nobody adds to it while the case is lent."""
    with store.read() as connection:
        return mend(case, of_case(connection, claimed.case.id))


def _stays_received(case: Routed | Returned, claimed: Claimed) -> None:
    """Raise MustWait where an answer would have the whole case returned: it was received, and stays so."""
    if isinstance(case, Returned) and len(claimed.came) > 1:
        raise must_wait(ANSWER)


def _tell(screen: Screen, store: Store, claimed: Claimed, at: dt.datetime) -> None:
    """Wake those that wait for the antivirus once it answers; note a case that was read without it."""
    if screen.answered:
        wake(store, DOWN, at)
    if screen.unscanned:
        skipped(store, claimed, at)


def result(case: Routed | Returned, came: Sequence[str], policy: Policy | None = None) -> Result:
    """Return what is kept of an end: the report, the columns of lists, the effects owed.

    *came* is `Claimed.came`, what the case is made of.
    """
    report, owed = case_report(case), effects(case, came)
    if isinstance(case, Returned):
        return Result(stage="returned", report=report, effects=owed)
    return Result(
        stage="routed",
        queue=case.queue,
        procedure=case.application.procedure,
        filed_on=case.application.filing.filed_on,
        resolve_by=case.assessment.deadlines.resolve_by,
        cure_by=case.assessment.deadlines.cure_by,
        report=report,
        effects=owed,
        person=person_of(case.application, policy or Policy()),
    )
