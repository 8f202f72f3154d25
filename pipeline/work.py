"""A claimed case, taken from the journal to its queue and published: the same with and without an engine."""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from extractors.reading.sandbox import Sandbox
from pipeline.case import Returned, Routed, Unpacked, carried
from pipeline.folders.places import Place
from pipeline.folders.publish import effects, publish
from pipeline.folders.receipt import acknowledge
from pipeline.report import case_report
from pipeline.screen import Screen
from pipeline.settings import Settings
from pipeline.steps import run
from pipeline.store import Store
from pipeline.store.claims import Claimed, Result, finish, release, renew
from validators.calendar import Calendars


class Worked(NamedTuple):
    """Where a case ended: its queue, `returned`, or `superseded` when an answer came while it was read."""

    outcome: str
    procedure: str = "unknown"


def work(
    claimed: Claimed, settings: Settings, store: Store, sandbox: Sandbox, calendars: Calendars
) -> Worked:
    """Run the steps, keep the result with the effects it owes, publish them, and end the loan."""
    zone = ZoneInfo(settings.letters.zone)
    with _kept(claimed, settings, store), tempfile.TemporaryDirectory(dir=settings.storage.work) as folder:
        screen = Screen(settings.antivirus)
        case = run(claimed.case, Path(folder), sandbox, settings.limits, settings.policy, calendars, screen)
        if not finish(store, claimed, result(case, claimed), dt.datetime.now(zone)):
            release(store, claimed, dt.datetime.now(zone))
            return Worked("superseded")
        publish(store, settings, case, claimed.input, dt.datetime.now(zone))
    release(store, claimed, dt.datetime.now(zone))
    return (
        Worked("returned") if isinstance(case, Returned) else Worked(case.queue, case.application.procedure)
    )


def acknowledge_unread(claimed: Claimed, settings: Settings, store: Store) -> None:
    """Give the receipt of a case that could not be read yet: it was received (Ley 39/2015, art. 16.3)."""
    assert claimed.case.office is not None
    place = Place(settings.folders.root, claimed.case.office)
    acknowledge(store, settings, place, Unpacked(**carried(claimed.case), members=()))


def result(case: Routed | Returned, claimed: Claimed) -> Result:
    """Return what is kept of an end: the report, the columns of lists, the effects owed."""
    report, owed = case_report(case), effects(case, claimed.input)
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
    )


@contextmanager
def _kept(claimed: Claimed, settings: Settings, store: Store) -> Iterator[None]:
    """Renew the loan from a thread while the work goes on."""
    over = threading.Event()
    every = settings.work.lease_seconds / 3

    def renewing() -> None:
        while not over.wait(every):
            renew(store, claimed, settings.work.lease_seconds, dt.datetime.now(dt.UTC))

    thread = threading.Thread(target=renewing, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
