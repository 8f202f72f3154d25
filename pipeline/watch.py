"""The watcher of the whole program: the counter's, with receipts, tidying and today's list besides."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from pipeline.complaints import Complaints
from pipeline.folders.upkeep import Upkeep
from pipeline.intake import watcher
from pipeline.intake.counter import Means
from pipeline.intake.watcher import Scan
from pipeline.parts.pulse import Pulse
from pipeline.settings import Settings
from pipeline.store import Store


class Watcher(watcher.Watcher):
    """Watches the folders of all offices; `now` and `clock` (seconds that never jump) are for tests."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], dt.datetime] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        zone = ZoneInfo(settings.letters.zone)
        tell = now or (lambda: dt.datetime.now(zone))
        means = Means(
            chosen=settings,
            journal=store,
            blobs=store.blobs,
            now=tell,
            clock=clock,
            complaints=Complaints(clock),
        )
        super().__init__(means, Upkeep(settings, store, tell))
        self._sign = Pulse(store, "watch", clock)
        self._runs = False

    def run(self, stop: threading.Event) -> None:
        """Look until *stop* is set, giving signs of life."""
        with self._sign:
            self._runs = True
            super().run(stop)

    def scan_once(self) -> Scan:
        """Look once at every office."""
        if self._runs:
            self._sign()
        return super().scan_once()
