"""A case tended while it is worked on: its loan renewed, its receipt given in time, the rest looked after.

Reading can take hours; none of that may wait for it. All of it is done by one thread of the worker that
holds the case, so that nobody else writes the case's receipt meanwhile.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Self
from zoneinfo import ZoneInfo

from pipeline.complaints import Complaints
from pipeline.folders.publish import receipt_unread
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.claims import Claimed, renew

_BEAT_SECONDS = 2.0


class Tending:
    """Tends one claimed case. Used as a context, left when the case is published."""

    def __init__(
        self, claimed: Claimed, settings: Settings, store: Store, meanwhile: Callable[[], object]
    ) -> None:
        """Tend *claimed*; *meanwhile* is called every few seconds."""
        self._claimed = claimed
        self._settings = settings
        self._store = store
        self._meanwhile = meanwhile
        self._over = threading.Event()
        self._turn = threading.Lock()
        self._complaints = Complaints()
        self._reading = True
        self._unreceipted = claimed.unread
        self._renewed = time.monotonic()
        self._thread = threading.Thread(target=self._tend, name="tending", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, once what is in hand is done."""
        self._over.set()
        self._thread.join()

    def was_read(self) -> None:
        """Be told that the case is read: its receipts are the publisher's from here on."""
        with self._turn:
            self._reading = False

    def _tend(self) -> None:
        """Renew the loan in time, and see to the rest while the case is read."""
        every = self._settings.work.lease_seconds / 3
        while not self._over.wait(min(_BEAT_SECONDS, every)):
            if time.monotonic() - self._renewed >= every:
                self._try(self._renew)
            with self._turn:
                if self._reading:
                    self._try(self._receipt)
            self._try(self._meanwhile)

    def _try(self, act: Callable[[], object]) -> None:
        """Do *act*; whatever goes wrong, it is done again at the next beat."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - a locked database or a lost share must not end it
            self._complaints.warn(f"case {self._claimed.case.id}: {type(error).__name__}")

    def _renew(self) -> None:
        """Prolong the loan."""
        renew(self._store, self._claimed, self._settings.work.lease_seconds, dt.datetime.now(dt.UTC))
        self._renewed = time.monotonic()

    def _receipt(self) -> None:
        """Give the receipt of a case that is being read for too long."""
        now = dt.datetime.now(ZoneInfo(self._settings.letters.zone))
        waited = (now - self._claimed.last_at).total_seconds()
        if self._unreceipted and waited >= self._settings.work.receipt_seconds:
            receipt_unread(self._store, self._settings, self._claimed.case, self._claimed.came, now)
            self._unreceipted = False
