"""F13: the engine is away, fails, hangs, dies in the middle or has lost its memory; no case knows it."""

import json
import socket

import pytest

from tests.faults.recovery.office import Office, findings
from tests.faults.recovery.papers import KINDS, hand_in
from tests.faults.recovery.stub import wrong

pytestmark = [
    pytest.mark.timeout(280),
    # Prefect's own start-up and shutdown leave sockets and loops to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WAYS = [
    ("errors", True),
    ("errors", False),
    ("busy", True),
    ("nonsense", True),
    ("empty", True),
    ("forbidden", True),
    ("not-found", True),
    ("hangs-up", True),
    ("slow", True),
]
KILLED = -9


@pytest.fixture(scope="module")
def accepted(forge, tmp_path_factory):
    """Return an office with one case of every kind, accepted and not yet read, for each test to copy."""
    made = Office(home=tmp_path_factory.mktemp("accepted") / "office")
    (made.home / "work").mkdir(parents=True)
    assert forge.do("watch", made.home) == 0
    for kind in KINDS:
        hand_in(kind, made.share / "1_ENTRADA")
    assert forge.do("watch", made.home) == 0
    return made


@pytest.fixture
def office(accepted, tmp_path):
    """Return a copy of that office."""
    return accepted.copied(tmp_path / "office")


def untold(office):
    """How many runs the engine is still to be told of."""
    from pipeline.store.runs import owed

    with office.open() as store:
        return owed(store).runs


@pytest.mark.parametrize(("way", "healthy"), WAYS)
def test_a_server_that_goes_wrong_costs_its_runs_and_no_case(forge, office, report, way, healthy):
    """Every case ends in its place; what the server missed is kept, to be told to a better one."""
    patience = 0.2 if way == "slow" else 0.5
    with wrong(way, healthy=healthy) as url:
        assert forge.do("drain", office.home, engine={"url": url, "timeout": patience}) == 0

    found = findings(office)
    report("F13", trials=1, lost=len(found), note=f"el servidor responde mal: {way}")
    assert found == []
    assert untold(office) == len(KINDS)


@pytest.fixture(scope="module")
def place(tmp_path_factory, engine_home):
    """Return where a server of these tests keeps its data, and a port for it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return engine_home(tmp_path_factory.mktemp("engine")), probe.getsockname()[1]


@pytest.mark.flows
def test_a_server_that_comes_late_forgets_and_dies_is_told_all_and_stops_nothing(
    forge, office, place, tmp_path, report
):
    """Down at the start, told afterwards; emptied, told again; killed in the middle of a case."""
    from flows.server import Server

    more, last = office.copied(tmp_path / "more"), office.copied(tmp_path / "last")
    with Server(*place) as server:
        told = {"url": server.environment["PREFECT_API_URL"], "auth": server.secret}
        dead = told | {"url": "http://127.0.0.1:9/api"}
        assert forge.do("drain", office.home, engine=dead) == 0
        server.wait()
        before = untold(office)
        assert forge.do("agree", office.home, engine=told) == 0
        late = runs(forge, office, told)
        assert forge.do("forget", office.home, engine=told) == 0
        emptied = runs(forge, office, told)
        assert forge.do("agree", office.home, engine=told) == 0
        again = runs(forge, office, told)
        cut = {"step": "read", "when": "after"}
        assert forge.do("drain", more.home, engine=told, kill=cut) == KILLED
        assert forge.do("drain", more.home, engine=told) == 0
        closed = runs(forge, office, told)
        assert forge.do("drain", last.home, engine=told, kills_engine=server._process.pid) == 0

    found = findings(office) + findings(more) + findings(last)
    report("F13", trials=4, lost=len(found), note="servidor apagado, vaciado, y muerto a medias")
    assert found == []
    assert (before, untold(office)) == (3, 0)
    assert sorted(late) == sorted(again) == ["approve", "cure", "returned"]
    assert emptied == []
    assert sorted(closed) == sorted([*again, "approve", "cure", "returned", "Crashed"])
    assert untold(last) > 0


@pytest.mark.nightly
@pytest.mark.flows
def test_a_server_whose_database_is_deleted_is_started_anew_and_told_again(forge, office, place, report):
    """The file goes while the server runs: cases end, the server is started again, and shows them."""
    from flows.server import Server

    with Server(*place) as server:
        server.wait()
        server.tend()
        told = {"url": server.environment["PREFECT_API_URL"], "auth": server.secret}
        for file in server.home.glob("prefect.db*"):
            file.unlink()
        assert forge.do("drain", office.home, engine=told | {"timeout": 2.0}) == 0
        server.tend()
        server.wait()
        assert forge.do("agree", office.home, engine=told) == 0
        shown = runs(forge, office, told)

    found = findings(office)
    report("F13", trials=1, lost=len(found), note="base de datos del servidor borrada en marcha")
    assert found == []
    assert sorted(shown) == ["approve", "cure", "returned"]


def runs(forge, office, server):
    """Return the states of all runs that the server shows."""
    assert forge.do("runs", office.home, engine=server) == 0
    return json.loads((office.home / "runs.json").read_text("utf-8"))
