"""From the clerk's folder to the queue under the engine, and nobody's name reaches the engine on the way."""

import base64
import threading

import pytest

from desk.demo.cases import STORIES
from desk.demo.people import THIAGO, YASMINE

pytestmark = [
    pytest.mark.flows,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PERSONAL = tuple(
    text.encode()
    for human in (YASMINE, THIAGO)
    for text in (human.first_surname, human.id_number, human.iban, human.home.street_name)
    if len(text) > 5
)


def shapes(text):
    """The text as it is and in base64, wherever it begins in an encoded whole."""
    encoded = [base64.b64encode(b"\0" * lead + text)[(0, 2, 3)[lead] : -4] for lead in range(3)]
    return [text, text.upper(), *encoded]


@pytest.fixture
def settings(tmp_path):
    from pipeline.settings import load

    return load(
        {
            "folders.root": tmp_path / "oficinas",
            "folders.offices": "CEU01,MEL01",
            "folders.stability_seconds": 0.0,
            "storage.database": f"sqlite:///{tmp_path}/cases.db",
            "storage.blobs": tmp_path / "blobs",
            "storage.reserve": 1 << 20,
        },
        environ={},
        folder=tmp_path,
    )


@pytest.fixture
def received(settings):
    """Three stories dropped and accepted: one to approve, one to cure, one that goes back."""
    from pipeline.store import open_store
    from pipeline.watch import Watcher

    stories = [STORIES[0], STORIES[1], STORIES[-1]]
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        watcher = Watcher(settings, store)
        watcher.scan_once()
        for story in stories:
            story.write(settings.folders.root / story.office / "1_ENTRADA")
        watcher.scan_once()
        watcher.scan_once()
    return stories


def places(settings):
    from pipeline.store import open_store
    from pipeline.store.cases import lines

    with open_store(settings.storage.database, settings.storage.blobs) as store:
        return {one.source_name: one for one in lines(store)}


def test_dropped_cases_end_in_their_queues_once_with_a_run_each(server, settings, received):
    """A drain empties the journal; folders, record and engine agree; nothing is left in the way."""
    from prefect.client.orchestration import get_client

    from flows.drain import drain

    assert drain(settings, threading.Event(), until_idle=True) == 3
    assert drain(settings, threading.Event(), until_idle=True) == 0

    found = places(settings)
    with get_client(sync_client=True) as client:
        runs = {run.name: run for run in client.read_flow_runs()}
    kept = b"".join(file.read_bytes() for file in server.home.rglob("*") if file.is_file())
    assert {name: one.queue for name, one in found.items()} == {s.name: s.queue for s in received}
    assert {runs[one.id].state.name for one in found.values()} == {"approve", "cure", "returned"}
    assert list(settings.folders.root.glob("*/2_EN_CURSO/*")) == []
    assert len(list(settings.folders.root.glob("*/3_ACEPTADO/*/ACUSE_*.zip"))) == 2
    assert [p for p in PERSONAL if any(shape in kept for shape in shapes(p))] == []


def test_a_case_that_cannot_be_worked_on_is_kept_and_receipted(server, settings, received, tmp_path):
    """The folder for unpacking is gone: each case waits for another try, and its sender has the receipt."""
    from dataclasses import replace

    from flows.drain import drain

    broken = replace(settings, storage=replace(settings.storage, work=tmp_path / "gone"))
    drain(broken, threading.Event(), until_idle=True)

    assert {one.stage for one in places(settings).values()} == {"accepted"}
    assert len(list(settings.folders.root.glob("*/3_ACEPTADO/*/ACUSE_*.zip"))) == 3


def test_a_case_that_a_dead_worker_held_is_taken_over(server, settings, received):
    """It died on this machine: the next drain takes its case at once, long before its loan runs out."""
    import datetime as dt
    import subprocess
    import sys

    from flows.drain import drain
    from pipeline.store import open_store
    from pipeline.store.claims import claim

    told = [sys.executable, "-c", "from pipeline.workers import me; print(me())"]
    dead = subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        claim(store, dead, 90.0, dt.datetime.now(dt.UTC))

    assert drain(settings, threading.Event(), until_idle=True) == 3
    assert all(not one.working for one in places(settings).values())
