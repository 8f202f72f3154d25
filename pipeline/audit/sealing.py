"""The chain sealed by whoever works cases: asked once a minute, it seals at the first look of each day."""

from __future__ import annotations

import datetime as dt
import time

from pipeline.audit.heads import seal_day
from pipeline.complaints import Complaints
from pipeline.errors import VentanillaError
from pipeline.settings import Settings
from pipeline.store import Store

SECONDS = 60.0


class Sealing:
    """Seals when it is time; what fails is told once and tried again."""

    def __init__(self, store: Store, settings: Settings, complaints: Complaints) -> None:
        self._store, self._settings, self._complaints = store, settings, complaints
        self._looked = -SECONDS

    def __call__(self, now: dt.datetime) -> bool:
        """Seal if today nobody has; return whether a head was made."""
        if time.monotonic() - self._looked < SECONDS:
            return False
        self._looked = time.monotonic()
        try:
            return seal_day(self._store, self._settings, now) is not None
        except (OSError, VentanillaError) as error:
            self._complaints.warn(f"audit: the day's head was not sealed: {type(error).__name__}")
            return False
