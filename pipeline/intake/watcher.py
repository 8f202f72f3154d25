"""The watcher: looks at the drop folders again and again, and takes what has stopped changing.

A periodic look is the truth on every kind of share; nothing else is relied on. A share that cannot be
read is unknown, not empty; one bad drop never stops the others; a drop is given up never. This and all it
imports is the standard library's: it runs on a machine that has no more than folders and a database.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import EnvironmentFault, VentanillaError
from pipeline.folders.continuity import away, older_than_the_folders, out_of_reach, unknown
from pipeline.folders.places import DROP, Place, make, offices
from pipeline.intake.besides import Besides, Nothing, Waiting
from pipeline.intake.clocks import Clocks
from pipeline.intake.counter import Counter, Means, placed
from pipeline.intake.sweep import OLD, sweep
from pipeline.journal.events import note_jump
from pipeline.journal.records import Entered
from pipeline.journal.rows import unplaced
from pipeline.journal.version import OutdatedError, still_ours

log = logging.getLogger(__name__)
_TURN_SECONDS = 5.0
"""For how long one office's drops are taken before the next office has its turn."""
_SWEEP_SECONDS = 0.2
"""How much of a look may go to removing what cuts left."""


@dataclass(slots=True, kw_only=True)
class Scan:
    """What one look did. `unknown` are offices (or the root, "") whose folders could not be read.

    `writing`: how many drops may become ready by themselves; `more`: whether some were ready and had to
    give way to another office.
    """

    accepted: list[Entered] = field(default_factory=list)
    waiting: int = 0
    writing: int = 0
    more: bool = False
    unknown: list[str] = field(default_factory=list)


class Watcher:
    """Watches the folders of all offices, and lets *besides* do its part at each look."""

    def __init__(self, means: Means, besides: Besides | None = None) -> None:
        self._means = means
        self._folders = means.chosen.folders
        self._besides = besides or Nothing()
        self._complaints = means.complaints
        self._clocks = Clocks(means.now, means.clock)
        self._counters: dict[str, Counter] = {}
        self._sweeping: Iterator[None] | None = None
        self._next_sweep: float | None = None
        self._made: set[str] = set()

    def run(self, stop: threading.Event) -> None:
        """Look until *stop* is set; whatever goes wrong in one look, the next one comes.

        Raise OutdatedError once a newer program has brought the record up to date.
        """
        while not stop.is_set():
            more = False
            try:
                scan = self.scan_once()
                more = scan.more
                if scan.unknown:
                    self._complaints.error(str(out_of_reach(scan.unknown)))
            except OutdatedError:
                raise
            except VentanillaError as fault:
                self._complaints.error(str(fault))
                self._tell_unreached()
            except Exception as error:  # noqa: BLE001 - the watcher outlives whatever one look may bring
                self._complaints.error(f"scan failed: {type(error).__name__}")  # its text may hold names
            stop.wait(0 if more else self._folders.scan_seconds)

    def _tell_unreached(self) -> None:
        """Tell the offices that their drops wait, as far as their folders can be written."""
        with contextlib.suppress(OSError):
            for place in offices(self._folders.root):
                self._besides.unreached(place, self._means.now())

    def scan_once(self) -> Scan:
        """Look once at every office; end what an earlier stop left half done, then take what is ready."""
        still_ours(self._means.journal)
        self._prepare()
        self._watch_the_clock()
        scan = Scan()
        self.settle()
        try:
            places = list(offices(self._folders.root))
        except OSError:
            scan.unknown.append("")
            return scan
        missing = {*self._folders.offices, *self._counters} - {one.office for one in places}
        scan.unknown.extend(sorted(missing))
        for one in places:
            self._office(one, scan)
        self._sweep()
        return scan

    def _prepare(self) -> None:
        """Make the folders of configured offices that are new; where they were before, a share is lost."""
        for office in self._folders.offices:
            if office not in self._made:
                try:
                    if away(self._means.journal, Place(self._folders.root, office)):
                        continue
                    make(self._folders.root, office, self._means.blobs.files)
                    self._made.add(office)
                except OSError as error:
                    self._complaints.warn(f"office {office}: folders not made: {type(error).__name__}")

    def _watch_the_clock(self) -> None:
        """Note a jump of the hour since the last look."""
        jump = self._clocks.jump()
        if jump is not None:
            log.warning("the clock jumped by %.0f s", (jump.after - jump.before).total_seconds())
            note_jump(self._means.journal, jump)
            self._clocks.begin()

    def settle(self) -> None:
        """End what was left half done: originals to move, and what others began."""
        for entered in unplaced(self._means.journal):
            placed(self._means, Place(self._folders.root, entered.office), entered)
        self._besides.settle()

    def _office(self, office: Place, scan: Scan) -> None:
        """Look at one office, and tell it what waits."""
        try:
            counter = self._counter(office)
            if counter is None:
                self._besides.show(
                    office, [Waiting(DROP, self._means.now(), "old-record")], self._means.now()
                )
                return
            seen = counter.look(self._means.clock() + _TURN_SECONDS)
        except OSError:
            scan.unknown.append(office.office)
            return
        scan.accepted += seen.accepted
        scan.waiting += len(seen.waiting)
        scan.writing += sum(one.why == "writing" for one in seen.waiting)
        scan.more |= seen.more
        self._besides.show(office, seen.waiting, self._means.now())

    def _counter(self, office: Place) -> Counter | None:
        """Return who takes the drops of *office*; nobody while its folders know numbers that we do not."""
        counter = self._counters.get(office.office)
        if counter is None:
            if numbers := unknown(self._means.journal, office):
                self._complaints.error(str(older_than_the_folders(office, numbers)))
                return None
            counter = self._counters[office.office] = Counter(office, self._means)
        return counter

    def _sweep(self) -> None:
        """Go on removing what cuts left: at the start, and then once an hour."""
        clock, means = self._means.clock, self._means
        if self._sweeping is None:
            if self._next_sweep is not None and clock() < self._next_sweep:
                return
            self._next_sweep = clock() + OLD
            self._sweeping = sweep(means.journal, means.blobs, self._folders.root)
        until = clock() + _SWEEP_SECONDS
        try:
            for _ in self._sweeping:
                if clock() > until:
                    return
        except (OSError, EnvironmentFault) as error:
            log.warning("what cuts left could not be removed: %s", type(error).__name__)
        self._sweeping = None
