"""A drain: a warm process that claims the next case from the journal, runs it, and goes on."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from threading import Event

from extractors.reading.apart.sandbox import Sandbox
from flows.case import End, quiet_heartbeat
from flows.engine import Engine
from flows.every import every
from flows.reports import report
from flows.turn import ENDLESS, Turn
from pipeline.calendars import at_hand
from pipeline.desk_chosen import public_address
from pipeline.parts.pulse import Pulse
from pipeline.reconcile import Reconciler
from pipeline.register.sources import Sources
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.store.claims import Claimed, claim
from pipeline.store.results import fail
from pipeline.work import held_up, work
from pipeline.workers import me

IDLE_SECONDS = 0.5
REPORT_SECONDS = 60.0
"""How often a worker brings the reports in Prefect up to date: 0.2 s of its time, none of any case's."""
RECONCILE_SECONDS = 2.0
RETRY_SECONDS = 5.0


def drain(settings: Settings, stop: Event, *, until_idle: bool = False, turn: Turn = ENDLESS) -> int:
    """Work on cases until *stop* is set or the *turn* is over (with *until_idle*: until nothing waits).

    Return how many cases were worked on.
    """
    done = 0
    with (
        open_store(settings.storage.database, settings.storage.blobs) as store,
        Sandbox(settings.bounds, settings.sandbox.level) as sandbox,
        quiet_heartbeat(),
        Pulse(store, "worker") as pulse,
    ):
        hands, clock = _Hands(settings, store, sandbox, pulse, turn), turn.begun()
        while not stop.is_set() and not clock.over(engine_there=hands.engine.there):
            hands.mend()
            claimed = hands.claimed()
            clock.found(something=claimed is not None)
            if claimed is not None:
                done += hands.run(claimed)
            elif until_idle:
                if hands.mend(now=True):
                    continue
                hands.engine.catch_up()
                break
            else:
                hands.engine.catch_up()
                stop.wait(IDLE_SECONDS)
            hands.tell()
    return done


class _Hands:
    """One worker's tools, and what it does with them."""

    def __init__(self, settings: Settings, store: Store, sandbox: Sandbox, pulse: Pulse, turn: Turn) -> None:
        self._settings = settings
        self._store = store
        self._sandbox = sandbox
        self._pulse = pulse
        self._turn = turn
        self._calendars = at_hand(settings.calendars)
        self._sources = Sources(settings.register)
        self._reconcile = Reconciler(settings, store)
        self._report_due, self._mending_due = every(REPORT_SECONDS), every(RECONCILE_SECONDS)
        self._lost: set[str] = set()
        self.engine = Engine(store, public_address(settings.desk))

    def mend(self, *, now: bool = False) -> bool:
        """Do what was left half done, every few seconds or *now*; tell whether that brought cases back."""
        self._pulse()
        if not (self._mending_due() or now):
            return False
        lost = self._reconcile().given_back
        self._lost.update(lost)
        return bool(lost)

    def claimed(self) -> Claimed | None:
        """Claim the next case."""
        chosen, now, living = self._settings.work, _now(), self._reconcile.owners.living
        until = (now + dt.timedelta(days=chosen.urgent_days)).date()
        which = {"only_urgent": self._turn.urgent}
        return claim(self._store, me(), chosen.lease_seconds, now, living, urgent_until=until, **which)

    def run(self, claimed: Claimed) -> bool:
        """Run one case under the engine; what fails is tried again later, then held for a person.

        False for a case that has to wait first: it is no run.
        """
        if claimed.unread and held_up(claimed, self._settings, self._store):
            return False

        def steps(case_id: str) -> End:
            del case_id
            end = work(
                claimed,
                self._settings,
                self._store,
                self._sandbox,
                self._calendars,
                meanwhile=self.mend,
                sources=self._sources,
            )
            return End(end.outcome, end.procedure)

        end = self.engine.run(claimed.case.id, claimed.case.office, steps)
        if end.failure is not None:
            attempts = self._settings.work.attempts
            fail(self._store, claimed, end.failure, _now(), attempts=attempts, wait=RETRY_SECONDS)
        return True

    def tell(self) -> None:
        """Tell the engine who was lost, and bring the reports for managers up to date.

        A report that cannot be written leaves no case unread.
        """
        self.engine.lost(tuple(self._lost))
        self._lost.clear()
        if self._report_due() and self.engine.there():
            with suppress(Exception):
                report(self._settings, self._store, _now())


def _now() -> dt.datetime:
    """Return the moment, for leases and records."""
    return dt.datetime.now(dt.UTC)
