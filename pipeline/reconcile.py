"""What was left half done is found in the record and done: at the start of every worker and ever after.

    reconcile = Reconciler(settings, store)
    reconcile()      # any number of workers may, at any time

Cases of dead workers come back; cases that nobody could read yet get their receipt in time; so do packages
that had come before; silence that has answered is recorded; the audit is sealed once a day. It needs the
record and the folders, no engine. What a claim finds is left to it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline.after_filing.told import Telling
from pipeline.audit.sealing import Sealing
from pipeline.calendars import at_hand
from pipeline.complaints import Complaints
from pipeline.decisions.final import Finals
from pipeline.digest.owed import Mornings
from pipeline.errors import EnvironmentFault
from pipeline.folders.publish import receipt_again, receipt_unread
from pipeline.journal.rows import unpublished_duplicates
from pipeline.life.sweep import Silences
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.claims import Claimed, claim_unread
from pipeline.store.lost import NOBODY, Lookout, Owners, give_back
from pipeline.store.results import hand_back
from pipeline.trays.standing import Days
from pipeline.trays.tidy import MOST, tidy
from pipeline.webhooks.deliver import Calling
from pipeline.workers import me
from pipeline.workroom import sweep

SILENCE_SECONDS = 60.0
_PLACED = 10
"""Times that cases are put into their trays at one go."""
_MOST = 5
"""Receipts given at one go, so that a long queue does not keep a worker from reading."""


class Mended(NamedTuple):
    """What was done: the cases taken back from dead workers, receipts given, cases that silence answered."""

    given_back: tuple[str, ...] = ()
    receipts: int = 0
    silences: tuple[str, ...] = ()


class Reconciler:
    """Sees to what is owed and forgotten. `owners` is who was seen to hold cases at the last look."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._zone = ZoneInfo(settings.letters.zone)
        self._lookout = Lookout(lease_seconds=settings.work.lease_seconds)
        self._given_up: set[str] = set()
        self._complaints = Complaints()
        self._calendars = at_hand(settings.calendars)
        self._silences = Silences(store, settings, self._calendars)
        self._finals = Finals(store, settings, at_hand(settings.calendars))
        self._telling = Telling(store, settings)
        self._looked = -SILENCE_SECONDS
        self._sealing = Sealing(store, settings, self._complaints)
        self._calling = Calling(store, settings, self._complaints)
        self._mornings = Mornings(store, settings, self._calendars, self._complaints)
        self.owners: Owners = NOBODY
        sweep(settings.storage.work)

    def __call__(self) -> Mended:
        """Do what is to be done now; what a share does not allow is left for the next time."""
        now = dt.datetime.now(self._zone)
        self.owners = self._lookout.look(self._store)
        self._sealing(now)
        self._calling(now)
        self._mornings(now)
        self._finals(now)
        self._telling(now)
        lost = give_back(self._store, now, losses=self._settings.work.losses, owners=self.owners)
        mended = Mended(lost, sum(self._unread(now)) + sum(self._again(now)), self._silent(now))
        self._place(now)
        return mended

    def _place(self, now: dt.datetime) -> None:
        """Put the cases that moved into their trays, a part of a long queue at a time."""
        days = Days(now.date(), self._settings.policy, self._calendars)
        for _ in range(_PLACED):
            if tidy(self._store, days) < MOST:
                return

    def _silent(self, now: dt.datetime) -> tuple[str, ...]:
        """Record once a minute what silence has answered; its calendars are those of the start."""
        if time.monotonic() - self._looked < SILENCE_SECONDS:
            return ()
        self._looked = time.monotonic()
        self._finals.overdue_notices(now)
        return self._silences(now).recorded

    def _overdue(self, now: dt.datetime) -> dt.datetime:
        """Return the moment before which what was handed in should have its receipt."""
        return now - dt.timedelta(seconds=self._settings.work.receipt_seconds)

    def _unread(self, now: dt.datetime) -> Iterator[bool]:
        """Give the receipts of cases that have to wait; yield whether each could be given."""
        lease, away = self._settings.work.lease_seconds, set[str]()
        for _ in range(_MOST):
            but = away | self._given_up
            claimed = claim_unread(self._store, me(), lease, now, before=self._overdue(now), but=but)
            if claimed is None:
                return
            done = False
            try:
                done = self._tried(claimed.case.id, partial(self._receipt, claimed, now))
            finally:
                hand_back(self._store, claimed)
            away |= set() if done else {str(claimed.case.office)}
            yield done

    def _receipt(self, claimed: Claimed, now: dt.datetime) -> None:
        """Give the receipt of one case."""
        receipt_unread(self._store, self._settings, claimed.case, claimed.came, now)

    def _again(self, now: dt.datetime) -> Iterator[bool]:
        """Give the second receipts that the watcher, who is there for it, has not given."""
        away, late = set[str](), self._overdue(now)
        owed = (one for one in unpublished_duplicates(self._store) if one.received_at < late)
        # asked one by one: what fails leaves its turn to the others
        possible = (one for one in owed if one.office not in away and one.case not in self._given_up)
        for entered in islice(possible, _MOST):
            act = partial(receipt_again, self._store, self._settings, entered, now)
            done = self._tried(entered.case, act)
            away |= set() if done else {entered.office}
            yield done

    def _tried(self, case: str, act: Callable[[], None]) -> bool:
        """Do *act*; False if the office's folders do not answer, or it fails in a way of its own.

        The second is told once, and left to whoever starts the next worker: it must not stop this one.
        """
        try:
            act()
        except EnvironmentFault as fault:
            self._complaints.warn(f"case {case}: receipt not written: {type(fault).__name__}")
            return False
        except Exception as error:  # noqa: BLE001 - one bad case never stops the others
            self._complaints.error(f"case {case}: receipt given up: {type(error).__name__}")
            self._given_up.add(case)
            return False
        return True
