"""The engine as a worker sees it: a run per case while the server answers, told afterwards when away."""

from __future__ import annotations

import datetime as dt
import os
import time
import urllib.error
import urllib.request
from collections.abc import Collection
from contextlib import suppress

import sqlalchemy as sa

from flows.case import End, Work, guarded, mark_crashed, report_afterwards, run, visible
from pipeline.store import Store
from pipeline.store.events import record
from pipeline.store.schema import cases, events

UNTOLD, TOLD = "run-untold", "run-told"
RECHECK_SECONDS = 5.0


class Engine:
    """Runs work as flow runs. Whatever the server does, each case's work is done exactly once here."""

    def __init__(self, store: Store) -> None:
        """Use the server that the environment names."""
        self._store = store
        self._address = os.environ.get("PREFECT_API_URL", "")
        self._asked, self._there = 0.0, False

    def run(self, case_id: str, office: str | None, work: Work) -> End:
        """Do *work* as a flow run; without a server do it plainly and note that the run is to be told."""
        ended: list[End] = []

        def only_once(name: str) -> End:
            if not ended:
                ended.append(guarded(work, name))
            return ended[0]

        if self.there():
            # The server may go away in the middle; what fails then is the telling, not the case.
            with suppress(Exception):
                run(visible(only_once), case_id, office)
                return only_once(case_id)
            self._there = False
        end = only_once(case_id)
        self._note(case_id, UNTOLD, end)
        return end

    def there(self) -> bool:
        """Whether the server answers, asked at most every few seconds."""
        if not self._address:
            return False
        if time.monotonic() - self._asked > RECHECK_SECONDS:
            self._asked, self._there = time.monotonic(), answers(self._address)
        return self._there

    def catch_up(self, most: int = 20) -> int:
        """Tell the server of runs that it missed, oldest first; return how many."""
        if not self.there():
            return 0
        told = 0
        for case_id, office, end in self._untold(most):
            with suppress(Exception):
                report_afterwards(case_id, office, end)
                self._note(case_id, TOLD, end)
                told += 1
        return told

    def lost(self, case_ids: Collection[str]) -> None:
        """Let the engine know that the workers of these cases died, so that no run seems to go on."""
        if case_ids and self.there():
            with suppress(Exception):
                mark_crashed(case_ids)

    def _note(self, case_id: str, kind: str, end: End) -> None:
        """Keep in our own record whether the engine knows of the run."""
        with self._store.write() as connection:
            record(connection, case_id, dt.datetime.now(dt.UTC), kind, **end._asdict())

    def _untold(self, most: int) -> list[tuple[str, str, End]]:
        """Return the ends that the engine was not told of."""
        later = events.alias()
        told = sa.exists().where(
            later.c.case_id == events.c.case_id, later.c.kind == TOLD, later.c.seq > events.c.seq
        )
        query = (
            sa.select(events.c.case_id, cases.c.office, events.c.detail)
            .join(cases, cases.c.id == events.c.case_id)
            .where(events.c.kind == UNTOLD, sa.not_(told))
            .order_by(events.c.seq)
            .limit(most)
        )
        with self._store.read() as connection:
            return [(case, office, End(**detail)) for case, office, detail in connection.execute(query)]


def answers(address: str) -> bool:
    """Whether a Prefect API answers at *address*."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310 - an administrator's setting
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False
