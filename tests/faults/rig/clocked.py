"""The watcher in this very process, with a clock that passes only when told and a disk that may meddle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from pipeline.files import Files
from pipeline.folders.places import Place
from pipeline.folders.publish import clear
from pipeline.journal.rows import of_case
from pipeline.settings import Folders, Letters, Settings, Storage
from pipeline.store import Store, open_store
from pipeline.watch import Watcher
from tests.faults.rig.check import rows
from tests.faults.rig.office import CODE, Office

BEGIN = dt.datetime(2026, 3, 16, 9, 30, tzinfo=ZoneInfo("Europe/Madrid"))
Act = Callable[[], object]


class Clocked:
    """A watcher of one office, `seconds` after BEGIN."""

    def __init__(self, office: Office, store: Store, settings: Settings) -> None:
        self.office, self.store = office, store
        self.folders = settings.folders
        self.seconds = 0.0
        self.broken: list[str] = []
        """Looks that broke off: the offices that come later in the look were not seen then."""
        self.watcher: Watcher

    def now(self) -> dt.datetime:
        """The clock on the wall."""
        return BEGIN + dt.timedelta(seconds=self.seconds)

    def until(self, seconds: float, events: Iterable[tuple[float, Act]] = ()) -> list[float]:
        """Let time pass, do each event at its time, look as often as set; return when drops were taken."""
        waiting = sorted(events, key=lambda event: event[0])
        taken = []
        while self.seconds < seconds:
            self.seconds += self.folders.scan_seconds
            while waiting and waiting[0][0] <= self.seconds:
                waiting.pop(0)[1]()
            taken += [self.seconds] * self._look()
        return taken

    def clear(self) -> None:
        """Remove the originals from 2_EN_CURSO, as when their cases have been published."""
        for case in {row.case for row in rows(self.office)}:
            for entered in of_case(self.store, case):
                clear(self.store, Place(self.folders.root, entered.office), entered, self.now())

    def _look(self) -> int:
        """Look once; return how many drops were taken."""
        try:
            return len(self.watcher.scan_once().accepted)
        except Exception as error:  # noqa: BLE001 - told as a finding
            self.broken.append(f"a look broke off: {type(error).__name__}")
            return 0


@contextmanager
def watched(office: Office, files: Files | None = None, scan: float = 1.0) -> Iterator[Clocked]:
    """Give a watcher of *office* on the disk *files*, which looks every *scan* seconds."""
    settings = Settings(
        folders=Folders(root=office.share, offices=(CODE,), scan_seconds=scan),
        storage=Storage(database=f"sqlite:///{office.database}", blobs=office.store, reserve=0),
        letters=Letters(help_phone="956 000 000"),
    )
    with open_store(settings.storage.database, settings.storage.blobs, files=files) as store:
        clocked = Clocked(office, store, settings)
        clocked.watcher = Watcher(settings, store, now=clocked.now, clock=lambda: clocked.seconds)
        yield clocked
