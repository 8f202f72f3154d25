"""The engine as a worker sees it: a run per case while the server answers, told afterwards when away."""

from __future__ import annotations

import datetime as dt
import os
import time
import urllib.error
import urllib.request
from collections.abc import Collection
from contextlib import suppress

from flows.agree import Agreement
from flows.case import End, Work, guarded, mark_crashed, report_afterwards, run, visible
from pipeline.store import Store
from pipeline.store.events import record
from pipeline.store.runs import TOLD, UNTOLD, missed

RECHECK_SECONDS = 5.0
AGREE_SECONDS = 60.0
SLOW_SECONDS = 10.0
"""What a run may cost besides its work; a server that takes longer is left alone for a while."""
QUIET_SECONDS = 300.0
"""The longest that a server that fails is left alone."""


class Engine:
    """Runs work as flow runs. Whatever the server does, each case's work is done exactly once here."""

    def __init__(self, store: Store, desk: str = "") -> None:
        """Use the server that the environment names; runs lead to the *desk*, where its address is given."""
        self._store, self._desk = store, desk
        self._address = os.environ.get("PREFECT_API_URL", "")
        self._asked, self._there = -RECHECK_SECONDS, False
        self._failures, self._quiet_until = 0, 0.0
        self._agreement, self._agreed = Agreement(store, desk), -AGREE_SECONDS
        self._settled: dt.datetime | None = None

    def run(self, case_id: str, office: str | None, work: Work) -> End:
        """Do *work* as a flow run; without a server do it plainly and note that the run is to be told."""
        ended: list[End] = []
        worked = [0.0]

        def only_once(name: str) -> End:
            if not ended:
                began = time.monotonic()
                ended.append(guarded(work, name))
                worked[0] = time.monotonic() - began
            return ended[0]

        began = time.monotonic()
        if self.there():
            # The server may go away in the middle; what fails then is the telling, not the case.
            with suppress(Exception):
                run(visible(only_once, self._desk), case_id, office)
                self._went(well=time.monotonic() - began - worked[0] < SLOW_SECONDS)
                return only_once(case_id)
            self._went(well=False)
        end = only_once(case_id)
        self._note(case_id, UNTOLD, end)
        return end

    def _went(self, *, well: bool) -> None:
        """Remember how the server did; one that fails or dawdles is left alone, longer each time."""
        self._failures = 0 if well else self._failures + 1
        if not well:
            self._there = False
            pause = min(RECHECK_SECONDS * 2**self._failures, QUIET_SECONDS)
            self._quiet_until = time.monotonic() + pause

    def there(self) -> bool:
        """Whether the server answers, asked at most every few seconds."""
        if not self._address or time.monotonic() < self._quiet_until:
            return False
        if time.monotonic() - self._asked > RECHECK_SECONDS:
            self._asked, self._there = time.monotonic(), answers(self._address)
        return self._there

    def catch_up(self, most: int = 20) -> int:
        """Tell the server of runs that it missed, oldest first, then of all that it lost; return how many."""
        if not self.there():
            return 0
        told, looked = 0, dt.datetime.now(dt.UTC)
        untold = missed(self._store, most, self._settled)
        for one in untold:
            try:
                end = End(**one.detail)
                report_afterwards(one.case, one.office, end, f"{one.case}:{one.seq}", self._desk)
            except Exception:  # noqa: BLE001 - whatever a server answers, the next look tries again
                self._went(well=False)
                break
            self._note(one.case, TOLD, end)
            told += 1
        if not untold:
            # what was told for good is not gone through again at every look
            self._settled = looked
        return told or self._agree()

    def _agree(self) -> int:
        """Once a minute, and at first, bring what the server shows in line with the record."""
        if time.monotonic() - self._agreed < AGREE_SECONDS:
            return 0
        self._agreed = time.monotonic()
        with suppress(Exception):
            return self._agreement(dt.datetime.now(dt.UTC))
        return 0

    def lost(self, case_ids: Collection[str]) -> None:
        """Let the engine know that the workers of these cases died, so that no run seems to go on."""
        if case_ids and self.there():
            with suppress(Exception):
                mark_crashed(case_ids)

    def _note(self, case_id: str, kind: str, end: End) -> None:
        """Keep in our own record whether the engine knows of the run."""
        with self._store.write() as connection:
            record(connection, case_id, dt.datetime.now(dt.UTC), kind, **end._asdict())


def answers(address: str) -> bool:
    """Whether a Prefect API answers at *address*."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310 - an administrator's setting
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
