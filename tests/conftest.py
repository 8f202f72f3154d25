"""What all tests share: scratch room in memory, and a real PostgreSQL with a fresh database for each test."""

import fcntl
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from fixtures.postgresql import PostgreSQL
from tests import compiled  # noqa: F401 - every store of a test finds its statements there

MEMORY = Path("/dev/shm")
"""A disk in memory, where forcing bytes to the disk costs nothing: a third of the time of the record.

That every force is asked for, and in time, is proved by what strace sees (tests/faults), wherever that is.
"""
ROOM = 4 << 30
"""Bytes that must be free there: a run fills a part of it, and the readers want memory too."""
_LONG = (
    "faults/",
    "flows/",
    "whole/",
    "desk/web/browser/test_flows",  # makes the desk that its neighbours copy, while nobody waits for it
    "contract/",
    "desk/web/browser/",
    "extractors/reading/apart/",
    "desk/cli/",
)
"""Folders, and a file, that take longest."""
_SHARED = {
    **dict.fromkeys(("both_shapes", "drain", "engine", "pool", "reports", "standing"), "flows/"),
    **dict.fromkeys(("engine_gone", "random_kills", "step_boundaries"), "faults/"),
}
"""Files of a folder that one worker has: what they share, Prefect's server and the process that forks those
that die, takes ten seconds to start."""
_SCRATCH = pytest.StashKey[Path]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Let all scratch files of a run lie in memory, unless another place is named or there is no room."""
    if hasattr(config, "workerinput") or config.option.basetemp or "TMPDIR" in os.environ:
        return
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return
    for left in MEMORY.glob("vent-*"):
        if not Path("/proc", left.name.split("-")[1]).exists():
            shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"vent-{os.getpid()}-", dir=MEMORY))
    scratch.chmod(0o1777)  # the database and the readers run under accounts of their own
    config.stash[_SCRATCH] = scratch
    os.environ["TMPDIR"], tempfile.tempdir = str(scratch), None


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Let nobody look for garbage among twelve thousand tests, neither now nor at each of them."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Let the folders whose files take long go first, so that no worker ends alone with one of them."""
    items.sort(key=lambda item: _place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a file to one worker, and some to the same."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            folder = _SHARED.get(Path(file).stem.removeprefix("test_"), "no folder")
            return folder if file.startswith(f"tests/{folder}") else file

    return Together(config, log) if config.getvalue("dist") == "loadfile" else None


def _place(name):
    """Return the place in line of a test's folder."""
    return next((n for n, folder in enumerate(_LONG) if name.startswith(f"tests/{folder}")), len(_LONG))


def pytest_sessionfinish(session, exitstatus):
    """Give the memory back; what failed is there to be looked at until the next run begins."""
    scratch = session.config.stash.get(_SCRATCH, None)
    if scratch and exitstatus in (0, 5):
        shutil.rmtree(scratch, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    """Return a server of PostgreSQL that lives as long as these tests."""
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture
def postgres_url(postgres):
    """Return the address of a database with nothing in it."""
    name = postgres.fresh()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def _migrated(postgres, tmp_path_factory):
    """Return the name of a database brought up to date once, for the tests to copy."""
    from pipeline.store import open_store

    name = postgres.fresh()
    open_store(postgres.url(name), tmp_path_factory.mktemp("blobs")).close()
    return name


@pytest.fixture
def postgres_store_url(postgres, _migrated):
    """Return the address of a database that is up to date and empty."""
    name = postgres.fresh(_migrated)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def once_for_all(tmp_path_factory):
    """Return a function that gives a folder which the first worker that wants it makes, and all share."""
    base, worker = tmp_path_factory.getbasetemp(), os.environ.get("PYTEST_XDIST_WORKER")
    shared = base.parent if worker else base

    def folder(name, make):
        found = shared / name
        with found.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not found.exists():
                unfinished = found.with_suffix(f".{worker or 'alone'}")
                make(unfinished)
                unfinished.rename(found)
        return found

    return folder


@pytest.fixture(scope="session")
def sandbox():
    """Return readers as the program has them, for whoever proves nothing of the readers themselves."""
    from tests.readers import readers

    return readers()


@pytest.fixture(scope="session")
def engine_home(once_for_all):
    """Return a function that readies a folder for the data of a Prefect server, and returns it."""
    from tests import engines

    return lambda folder: engines.given(once_for_all("engine", engines.made), folder)
