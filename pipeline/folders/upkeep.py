"""What the watcher lets the whole program do at each look: second receipts, tidying, today's list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.folders.places import Place
from pipeline.folders.publish import clear, receipt_again
from pipeline.folders.status import write_status
from pipeline.folders.unreached import tell_unreached
from pipeline.intake.besides import Waiting
from pipeline.journal.records import Entered
from pipeline.journal.rows import leftover, unpublished_duplicates
from pipeline.life.pressing import Pressing
from pipeline.settings import Settings
from pipeline.store import Store

LIST_SECONDS = 5.0
"""How old a list may be in an office where nothing happens: made every second for each of fifty offices,
lists alone would take most of a core. What waits in the folder is shown at once, and what comes next too."""


class Upkeep:
    """The folders of all offices kept up; `now` tells their hour."""

    def __init__(self, settings: Settings, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._settings, self._store, self._now = settings, store, now
        self._complaints = Complaints()
        self._pressing = Pressing(store, settings)
        self._listed: dict[str, tuple[dt.datetime, tuple[Waiting, ...]]] = {}

    def settle(self) -> None:
        """Write second receipts, and remove the originals of cases that are done."""
        for entered in unpublished_duplicates(self._store):
            self._try(entered, partial(receipt_again, self._store, self._settings, entered, self._now()))
        for entered in leftover(self._store):
            place = Place(self._settings.folders.root, entered.office)
            self._try(entered, partial(clear, self._store, place, entered, self._now()))

    def _try(self, entered: Entered, act: Callable[[], object]) -> None:
        """Do *act*; whatever fails is tried again at the next look: it never keeps drops from being taken."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - one bad receipt never stops the watcher; its text may hold names
            self._complaints.warn(f"submission {entered.id}: {type(error).__name__}")

    def show(self, office: Place, waiting: Sequence[Waiting], now: dt.datetime) -> None:
        """Write the list of one office, now and then; raise EnvironmentFault if the record is in trouble."""
        if self._is_current(office, tuple(waiting), now):
            return
        try:
            self._listed.pop(office.office, None)
            if not write_status(self._store, self._settings, office, waiting, now, self._pressing):
                self._listed[office.office] = now, tuple(waiting)
        except EnvironmentFault:
            raise
        except Exception as error:  # noqa: BLE001 - a list that cannot be written never stops the other offices
            self._complaints.warn(f"office {office.office}: list not written: {type(error).__name__}")

    def unreached(self, office: Place, now: dt.datetime) -> None:
        """Say on the office's list that the record is out of reach; raise OSError if its folder is too."""
        self._listed.pop(office.office, None)
        tell_unreached(self._store.files, office, now)

    def _is_current(self, office: Place, waiting: tuple[Waiting, ...], now: dt.datetime) -> bool:
        """Tell whether the list shows what waits, is of this minute and was found to be right just before."""
        at, shown = self._listed.get(office.office, (None, ()))
        if at is None or waiting != shown or at.minute != now.minute:
            return False
        return 0 < (now - at).total_seconds() < LIST_SECONDS
