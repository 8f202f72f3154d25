"""A machine of the pool between two drains: nobody reads there, and it counts as at work all the same."""

import dataclasses
import datetime as dt
from threading import Event

import pytest

from desk.cli.alive import part_alive
from pipeline.parts.pulse import seen
from pipeline.settings import Settings, Storage
from pipeline.store import open_store

pytestmark = [
    # Prefect's own start-up leaves sockets and loops to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def test_a_machine_of_the_pool_lives_though_no_drain_runs(tmp_path):
    """Else an alarm rings each night, and what starts dead parts starts this one for ever."""
    from flows.pool import PoolMachine

    storage = Storage(database=f"sqlite:///{tmp_path}/cases.db", blobs=tmp_path / "blobs")
    settings, stop, found = dataclasses.replace(Settings(), storage=storage), Event(), []

    class Idle(PoolMachine):
        """One whose worker of Prefect's is looked at instead of started."""

        def _tend(self):
            found.append(part_alive(settings, "worker").well)
            stop.set()

    with open_store(storage.database, storage.blobs) as store:
        Idle(settings, store, {"PREFECT_API_URL": "http://127.0.0.1:9/api"}).run(stop)
        left = seen(store, dt.datetime.now(dt.UTC))

    assert found == [True]
    assert left == ()
