"""The counter of one office: what lies in its drop folders, what of it is ready, and taking that in."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.folders.places import Place
from pipeline.intake.accept import accept, place
from pipeline.intake.besides import Waiting
from pipeline.intake.candidates import candidates, plain, where
from pipeline.intake.chosen import Chosen
from pipeline.intake.memory import Memory, Seen
from pipeline.intake.room import room
from pipeline.intake.sight import Sight, look
from pipeline.journal.drops import keep
from pipeline.journal.drops import lying as noted
from pipeline.journal.port import Journal
from pipeline.journal.records import Entered
from pipeline.journal.rows import unplaced
from pipeline.store.blobs import Blobs, ChangedError, stamp
from pipeline.store.bucket import AwayError


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a counter works with. `now` tells the office's hour, `clock` seconds that never jump."""

    chosen: Chosen
    journal: Journal
    blobs: Blobs
    now: Callable[[], dt.datetime]
    clock: Callable[[], float]
    complaints: Complaints


@dataclass(slots=True, kw_only=True)
class Look:
    """What one look at an office did; `more` if drops that were ready had to give way to other offices."""

    accepted: list[Entered] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    more: bool = False


class Counter:
    """One office, looked at again and again."""

    def __init__(self, office: Place, means: Means) -> None:
        self._office, self._means = office, means
        self._memory = Memory(
            office.office, noted(means.journal, office.office), now=means.now, clock=means.clock
        )

    def look(self, until: float) -> Look:
        """Look once; take what is ready until the clock says *until*, and at least one drop.

        Raise OSError if the share cannot be read, EnvironmentFault if the database is in trouble.
        """
        lying = candidates(self._office)
        self._memory.only({where(self._office, path) for path in lying.all()})
        rows = unplaced(self._means.journal)
        taken = {(e.found_in, e.name, e.stamp) for e in rows if e.office == self._office.office}
        found = Look()
        for path in lying.drops:
            seen = self._drop(path, found, taken, until)
            if seen is not None:
                found.waiting.append(Waiting(plain(path.name), seen.first_seen, seen.why))
        found.waiting += [self._held(path, "no-paper") for path in lying.words]
        found.waiting += [self._begun(path) for path in lying.unfinished]
        found.waiting += [self._held(path, "no-number") for path in lying.astray]
        self._remember()
        return found

    def _drop(self, path: Path, found: Look, taken: set[tuple[str, str, str]], until: float) -> Seen | None:
        """Look at one drop and take it if it is ready; return how it stands if it waits."""
        at = where(self._office, path)
        try:
            sight = look(path)
            if sight is None or (at.found_in, path.name, sight.stamp) in taken:
                self._memory.taken(at)
                return None
            seen = self._memory.seen(at, _looks(sight))
            if not self._ready(sight, seen):
                return seen
            if found.accepted and self._means.clock() > until:
                found.more = True
                return seen
            return self._take(sight, seen, found)
        except EnvironmentFault:
            raise
        except Exception as error:  # noqa: BLE001 - one bad drop never stops the others
            kind = type(error).__name__
            self._means.complaints.warn(f"office {self._office.office}: a drop is left for later: {kind}")
            return self._later(
                self._memory.failed(at), "no-store" if isinstance(error, AwayError) else "deferred"
            )

    def _later(self, seen: Seen, why: str) -> Seen:
        """Leave a drop that could not be taken alone for a while, each time for longer."""
        folders = self._means.chosen.folders
        if self._means.clock() >= seen.alone_until:
            seen.put_off(self._means.clock(), folders.defer_seconds, folders.longest_defer_seconds, why)
        return seen

    def _ready(self, sight: Sight, seen: Seen) -> bool:
        """Tell whether the drop has a name, has been still for long enough, and there is room to keep it."""
        if plain(sight.path.name) != sight.path.name:
            seen.why = "bad-name"
            return False
        if self._means.clock() < seen.alone_until:
            return False
        if not self._still(sight, seen):
            seen.why = "writing"
            return False
        if not sight.files:
            seen.why = "empty-folder"
            return False
        if not room(self._means.chosen.storage, sum(file.stat().st_size for _, file in sight.files)):
            seen.why = "no-room"
            return False
        return True

    def _still(self, sight: Sight, seen: Seen) -> bool:
        """Tell whether the drop has not changed for as long as its kind asks for."""
        folders = self._means.chosen.folders
        still = self._means.clock() - seen.since
        if still < (folders.folder_seconds if sight.folder else folders.stability_seconds):
            return False
        return sight.ended or still + seen.carried >= folders.patience_seconds

    def _take(self, sight: Sight, seen: Seen, found: Look) -> Seen | None:
        """Accept the drop and move its original; return how it stands if it changed meanwhile."""
        means = self._means
        twice = means.chosen.folders.verify_reads
        try:
            entered = accept(
                means.journal,
                means.blobs,
                self._office,
                sight,
                means.chosen.limits,
                means.now(),
                twice=twice,
            )
        except ChangedError:
            entered = None
        if entered is None:
            seen.changed(seen.looks, means.clock())
            return seen
        found.accepted.append(entered)
        self._memory.taken(where(self._office, sight.path))
        placed(means, self._office, entered)
        return None

    def _held(self, path: Path, why: str) -> Waiting:
        """Return how what only a clerk can mend waits: nobody should think that it was heard or taken."""
        seen = self._memory.seen(where(self._office, path), "")
        seen.why = why
        return Waiting(plain(path.name), seen.first_seen, why)

    def _begun(self, path: Path) -> Waiting:
        """Return how a file waits by its name; after long without a change nobody writes it any more."""
        looks = ""
        with contextlib.suppress(OSError):
            looks = stamp(path.lstat())
        seen = self._memory.seen(where(self._office, path), looks)
        still = self._means.clock() - seen.since + seen.carried
        left = still >= self._means.chosen.folders.patience_seconds
        seen.why = "unfinished-name" if left else "writing"
        return Waiting(plain(path.name), seen.first_seen, seen.why)

    def _remember(self) -> None:
        """Keep what waits for a restart."""
        there, gone = self._memory.changes()
        if there or gone:
            keep(self._means.journal, there, gone, self._means.now())
            self._memory.told(there, gone)


def placed(means: Means, office: Place, entered: Entered) -> None:
    """Move an original that was accepted; a share that refuses is asked again at the next look."""
    try:
        place(means.journal, means.blobs.files, office, entered, means.now())
    except OSError as error:
        means.complaints.warn(f"submission {entered.id}: not moved: {type(error).__name__}")


def _looks(sight: Sight) -> str:
    """Return one word that changes whenever the drop does."""
    words: Sequence[str | None] = (sight.stamp, sight.stir, sight.word)
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()
