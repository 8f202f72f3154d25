"""What every proof of the promise tells: which fault, how many trials, what was lost and what was doubled."""

import json
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from extractors.reading.apart import confine
from tests.faults.parsers import Misbehaving
from tests.faults.record.office import DROPS, made
from tests.faults.recovery.forge import Forge
from tests.faults.rig.trial import SCENES, office_with_a_case

REPORTS = "VENTANILLA_FAULTS"
"""Names the folder that `benchmarks/faults.py` gathers from; without it nothing is written."""
_ROWS = pytest.StashKey[list[dict[str, object]]]()


@pytest.fixture
def report(request):
    """Return a function that adds a line to the table of faults, whether the test then passes or not.

    Call it before the assertions: ``report("F15", trials=24, lost=0, doubled=0, note="...")``. A negative
    control says ``control=True``: what it loses is what it is there to lose.
    """
    rows = request.node.stash.setdefault(_ROWS, [])

    def told(
        fault: str, *, trials: int, lost: int = 0, doubled: int = 0, note: str = "", control: bool = False
    ):
        row = {"fault": fault, "trials": trials, "lost": lost, "doubled": doubled, "note": note}
        rows.append(row | {"control": control})

    return told


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Write what a test told, with how it ended, to the folder that is asked for."""
    outcome = yield
    folder = os.environ.get(REPORTS)
    if folder and (call.when == "call" or outcome.failed):
        rows = item.stash.get(_ROWS, []) or [{"fault": "", "trials": 0, "lost": 0, "doubled": 0, "note": ""}]
        with (Path(folder) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
            for row in rows:
                told = {"control": False} | row | {"test": item.nodeid, "outcome": outcome.outcome}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
    return outcome


@pytest.fixture(scope="session")
def offices(tmp_path_factory):
    """Return a function that gives an office with one case in it, made once and copied."""
    made, number = office_with_a_case(tmp_path_factory.mktemp("faults") / "office")
    return lambda home: (made.copied(home), number)


@pytest.fixture
def scene(request, offices, tmp_path):
    """Return the scene of the name that the test is parametrised with."""
    return SCENES[request.param](*offices(tmp_path / "scene"))


class Copies:
    """Copies of databases on the server of the tests, by their addresses."""

    def __init__(self, server):
        self._server = server

    def copied(self, url):
        return self._server.url(self._server.fresh(self._name(url)))

    def forget(self, url):
        self._server.drop(self._name(url))

    def _name(self, url):
        return urlsplit(url).path.lstrip("/")


@pytest.fixture(scope="session")
def served_office(postgres, tmp_path_factory):
    """Return an office with one case in it whose journal is on a server, and the number of the case."""
    url = postgres.url(postgres.fresh())
    return office_with_a_case(tmp_path_factory.mktemp("faults") / "served", url)


@pytest.fixture
def served_scene(request, postgres, served_office, tmp_path):
    """Return the scene of the name that the test is parametrised with, its journal on a server."""
    office, number = served_office
    copies = Copies(postgres)
    url = copies.copied(office.url)
    scene = SCENES[request.param](office.copied(tmp_path / "scene", url), number)
    yield replace(scene, server=copies)
    copies.forget(url)


@pytest.fixture(scope="session")
def forge():
    """Return the process that makes the workers that die: all its tests are of the group `recovery`."""
    made = Forge()
    yield made
    made.close()


def dropped(folder):
    """Return an office in *folder* in which three cases were dropped."""
    office = made(folder / "office")
    for name, data in DROPS.items():
        office.drop(name, data)
    return office


@pytest.fixture(scope="session")
def received(tmp_path_factory):
    """Return an office with three cases accepted and none read; it is copied, never changed."""
    office = dropped(tmp_path_factory.mktemp("received"))
    with office.open() as store:
        office.look(store)
    return office


@pytest.fixture(scope="session")
def worked(tmp_path_factory, sandbox):
    """Return an office with three cases done; it is copied, never changed."""
    office = dropped(tmp_path_factory.mktemp("worked"))
    with office.open() as store:
        office.look(store)
        office.work(store, sandbox)
    return office


@pytest.fixture
def office(worked, tmp_path):
    """Return a copy of the office in which all is done."""
    return worked.copied(tmp_path / "office")


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """The bad parser, where the sandbox may see it."""
    return Misbehaving(tmp_path_factory.mktemp("bad"))


@pytest.fixture
def put(tmp_path):
    """Return a function that writes a paper that asks for something."""

    def write(asked: str) -> Path:
        path = tmp_path / f"{asked}.pdf"
        if not path.exists():  # two sandboxes may be reading it
            path.write_text(asked)
        return path

    return write


@pytest.fixture
def little_room(monkeypatch):
    """Full is full at 32 MiB as it is at 256."""
    monkeypatch.setattr(confine, "ROOM", 32 << 20)
