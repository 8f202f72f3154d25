"""The watcher: looks at the drop folders again and again, and takes what has stopped changing.

A periodic look is the truth on every kind of share; nothing else is relied on. A share that cannot be
read is unknown, not empty; one bad drop never stops the others; a drop is given up never.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.errors import EnvironmentFault
from pipeline.folders.places import CURE, DROP, Place, make, offices
from pipeline.folders.publish import clear, receipt_again
from pipeline.folders.status import Waiting, write_status
from pipeline.intake.accept import accept, place
from pipeline.intake.junk import PRESENTATION, is_junk, is_unfinished
from pipeline.intake.sight import Sight, look
from pipeline.letters.names import is_ours
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.journal import Entered, leftover, unplaced, unpublished_duplicates

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """A drop that has not been taken: how it looked, since when, and until when it is left alone."""

    looks: tuple[str | None, ...]
    since: float
    first_seen: dt.datetime
    alone_until: float = 0.0
    why: str = "writing"


@dataclass(slots=True, kw_only=True)
class Scan:
    """What one look did. `unknown` are offices (or the root, "") whose folders could not be read."""

    accepted: list[Entered] = field(default_factory=list)
    waiting: int = 0
    unknown: list[str] = field(default_factory=list)


class Watcher:
    """Watches the folders of all offices; `now` and `clock` (seconds that never jump) are for tests."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], dt.datetime] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        zone = ZoneInfo(settings.letters.zone)
        self._settings = settings
        self._store = store
        self._now = now or (lambda: dt.datetime.now(zone))
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}
        self._prepared = False

    def run(self, stop: threading.Event) -> None:
        """Look until *stop* is set; whatever goes wrong in one look, the next one comes."""
        while not stop.is_set():
            try:
                self.scan_once()
            except Exception as error:  # noqa: BLE001 - the watcher outlives a locked database and a lost share
                log.error("scan failed: %s", type(error).__name__)  # noqa: TRY400 - its text may hold names
            stop.wait(self._settings.folders.scan_seconds)

    def scan_once(self) -> Scan:
        """Look once at every office; end what an earlier stop left half done, then take what is ready."""
        self._prepare()
        scan = Scan()
        self.settle()
        try:
            places = list(offices(self._settings.folders.root))
        except OSError:
            scan.unknown.append("")
            return scan
        missing = set(self._settings.folders.offices) - {one.office for one in places}
        scan.unknown.extend(sorted(missing))
        for one in places:
            self._office(one, scan)
        return scan

    def _prepare(self) -> None:
        """Make the folders of the configured offices, once: later a missing one is a lost share."""
        if not self._prepared:
            for office in self._settings.folders.offices:
                make(self._settings.folders.root, office, self._store.files)
            self._store.blobs.sweep(self._now().timestamp() - 3600)
            self._prepared = True

    def settle(self) -> None:
        """End what was left half done: originals to move, second receipts to write, copies to remove."""
        for entered in unplaced(self._store):
            self._try(entered, partial(place, self._store, self._place(entered), entered, self._now()))
        for entered in unpublished_duplicates(self._store):
            self._try(entered, partial(receipt_again, self._store, self._settings, entered, self._now()))
        for entered in leftover(self._store):
            self._try(entered, partial(clear, self._store, self._place(entered), entered, self._now()))

    def _place(self, entered: Entered) -> Place:
        """Return the folders of the office of a journal row."""
        return Place(self._settings.folders.root, entered.office)

    def _try(self, entered: Entered, act: Callable[[], object]) -> None:
        """Do *act*; a share that refuses is asked again at the next look."""
        try:
            act()
        except (OSError, EnvironmentFault) as error:
            log.warning("submission %s: %s", entered.id, type(error).__name__)

    def _office(self, office: Place, scan: Scan) -> None:
        """Look at one office's drop folders and write its list."""
        taken = {(e.found_in, e.name, e.stamp) for e in unplaced(self._store) if e.office == office.office}
        waiting = []
        try:
            paths = list(_candidates(office))
        except OSError:
            scan.unknown.append(office.office)
            return
        for gone in [p for p in self._seen if p.is_relative_to(office.path) and p not in paths]:
            del self._seen[gone]
        for path in paths:
            seen = self._drop(office, path, scan, taken)
            waiting += [Waiting(path.name, seen.first_seen, seen.why)] if seen else []
        waiting += [Waiting(word.name, self._now(), "no-paper") for word in _words_alone(office)]
        scan.waiting += len(waiting)
        try:
            write_status(self._store, self._settings, office, waiting, self._now())
        except OSError as error:
            log.warning("office %s: list not written: %s", office.office, type(error).__name__)

    def _drop(self, office: Place, path: Path, scan: Scan, taken: set[tuple[str, str, str]]) -> _Seen | None:
        """Look at one drop and take it if it is ready; return how it stands if it waits."""
        try:
            path.name.encode()
            sight = look(path)
            if sight is None or (_below(office, path), path.name, sight.stamp) in taken:
                self._seen.pop(path, None)
                return None
            seen = self._note(sight)
            return self._take(office, sight, seen, scan) if self._ready(sight, seen) else seen
        except UnicodeEncodeError:
            return self._later(path, "bad-name")
        except Exception as error:  # noqa: BLE001 - one bad drop, or a locked database, never stops the others
            log.warning("office %s: a drop is left for later: %s", office.office, type(error).__name__)
            return self._later(path, "deferred")

    def _note(self, sight: Sight) -> _Seen:
        """Remember how the drop looks; any change begins its waiting again."""
        looks = (sight.stamp, sight.stir, sight.word)
        seen = self._seen.get(sight.path)
        if seen is None or seen.looks != looks:
            first = seen.first_seen if seen else self._now()
            seen = self._seen[sight.path] = _Seen(looks, self._clock(), first)
        return seen

    def _ready(self, sight: Sight, seen: _Seen) -> bool:
        """Tell whether the drop has been still for long enough, and there is room to keep it."""
        folders = self._settings.folders
        still = self._clock() - seen.since
        wanted = folders.folder_seconds if sight.folder else folders.stability_seconds
        if not sight.ended:
            wanted = max(wanted, folders.patience_seconds)
        if still < wanted or self._clock() < seen.alone_until:
            return False
        if not sight.files:
            seen.why = "empty-folder"
            return False
        if not self._room(sight):
            seen.why = "no-room"
            return False
        return True

    def _room(self, sight: Sight) -> bool:
        """Tell whether keeping the drop leaves the reserve of the disk free."""
        size = sum(file.stat().st_size for _, file in sight.files)
        root = self._store.blobs.root
        self._store.files.make_folder(root, 0o700)
        return shutil.disk_usage(root).free - size >= self._settings.storage.reserve

    def _take(self, office: Place, sight: Sight, seen: _Seen, scan: Scan) -> _Seen | None:
        """Accept the drop and move its original."""
        entered = accept(self._store, office, sight, self._settings.limits, self._now())
        if entered is None:
            self._seen.pop(sight.path, None)
            return seen
        scan.accepted.append(entered)
        self._seen.pop(sight.path, None)
        self._try(entered, partial(place, self._store, office, entered, self._now()))
        return None

    def _later(self, path: Path, why: str) -> _Seen:
        """Leave a drop alone for a while."""
        seen = self._seen.setdefault(path, _Seen((), self._clock(), self._now()))
        seen.alone_until = self._clock() + self._settings.folders.defer_seconds
        seen.why = why
        return seen


def _below(office: Place, path: Path) -> str:
    """Return the folder that *path* was dropped in, below the office's."""
    return path.parent.relative_to(office.path).as_posix()


def _candidates(office: Place) -> Iterator[Path]:
    """Yield what may be a drop: new cases, and answers beside what we wrote in 4_SUBSANAR/<number>."""
    yield from _entries(office.path / DROP)
    cure = office.path / CURE
    if cure.is_dir():
        for folder in sorted(entry.path for entry in os.scandir(cure) if entry.is_dir(follow_symlinks=False)):
            if Path(folder).name.startswith(f"{office.office}-"):
                yield from (path for path in _entries(Path(folder)) if not is_ours(path.name))


def _words_alone(office: Place) -> list[Path]:
    """Return the `<file>.presentacion.json` that lie there without their file."""
    found = (office.path / DROP).glob(f"?*.{PRESENTATION}")
    return sorted(word for word in found if not word.with_name(word.name[: -len(PRESENTATION) - 1]).exists())


def _entries(folder: Path) -> list[Path]:
    """Return the entries of *folder* by name, without what systems leave and what is still being written."""
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found)
    return [
        folder / name
        for name in names
        if not is_junk(name) and not is_unfinished(name) and not name.casefold().endswith(PRESENTATION)
    ]
