"""How the engine does, in one word: there, behind, away, refusing, failing, another version."""

import dataclasses
import datetime as dt

import pytest

from flows.standing import standing
from pipeline.engine_chosen import Engine
from pipeline.settings import Settings, Storage
from pipeline.store.runs import TOLD, UNTOLD, missed, owed
from tests.faults.recovery.stub import wrong

AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
pytestmark = [
    # Prefect's own start-up and shutdown leave sockets and loops to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def store(tmp_path):
    """Return an empty record."""
    from pipeline.store import open_store

    with open_store(f"sqlite:///{tmp_path}/cases.db", tmp_path / "blobs") as opened:
        yield opened


@pytest.fixture
def case(store):
    """Return the id of a case."""
    from pipeline.case import Source
    from pipeline.journal.cases import allocate

    with store.writing() as transaction:
        return allocate(transaction, "CEU01", Source("a.pdf", "0" * 64, 1), AT, None)["id"]


def note(store, case, kind, at):
    """Keep that the engine missed a run, or was told of it."""
    from pipeline.store.events import record

    with store.write() as connection:
        record(connection, case, at, kind, outcome="review", procedure="unknown", failure=None)


def told(store, api="", auth="", environ=None):
    """Return how the engine of those settings does."""
    return standing(Settings(engine=Engine(api=api, auth=auth)), store, environ or {})


@pytest.mark.parametrize(
    ("way", "state"),
    [
        ("forbidden", "refuses"),
        ("errors", "fails"),
        ("busy", "fails"),
        ("nonsense", "fails"),
        ("empty", "fails"),
        ("hangs-up", "away"),
        ("old", "other-version"),
    ],
)
def test_a_server_that_is_not_ours_or_goes_wrong_is_told_apart(store, way, state):
    """Each asks another thing of who looks after it."""
    with wrong(way) as api:
        found = told(store, api)

    assert (found.state, found.well) == (state, False)


def test_a_server_that_does_not_answer_is_away(store):
    """Nobody listens there."""
    assert told(store, "http://127.0.0.1:9/api").state == "away"


def test_what_is_owed_is_counted_with_the_moment_of_the_oldest(store, case):
    """Told afterwards, it is owed no more; missed again, it is."""
    later = AT + dt.timedelta(hours=3)
    assert owed(store) == (0, None)

    note(store, case, UNTOLD, AT)
    assert owed(store) == (1, AT)
    note(store, case, TOLD, AT)
    assert owed(store) == (0, None)
    note(store, case, UNTOLD, later)

    assert owed(store) == (1, later)
    assert told(store, "http://127.0.0.1:9/api").since == later


def test_what_was_told_long_before_is_not_gone_through_again(store, case):
    """A look from a moment on passes over what lies more than an hour before it."""
    note(store, case, UNTOLD, AT)

    assert len(missed(store, 10, AT + dt.timedelta(minutes=59))) == 1
    assert missed(store, 10, AT + dt.timedelta(minutes=61)) == []


@pytest.mark.flows
@pytest.mark.timeout(240)
def test_a_real_server_is_well_behind_or_refuses(server, store, case):
    """With its password and nothing owed, with something owed, with another password."""
    api = server.environment["PREFECT_API_URL"]
    well = told(store, api, server.secret)
    note(store, case, UNTOLD, AT)

    assert (well.state, well.owed) == ("well", 0)
    assert well.version
    assert told(store, api, server.secret).state == "behind"
    assert told(store, api, "gestion:otra").state == "refuses"


def test_the_address_is_that_of_the_environment_of_the_settings_or_our_own(store, tmp_path):
    """What `up` gives its parts, what an administrator wrote, what lies beside the papers."""
    from flows.environment import found, home

    own = Settings(storage=Storage(blobs=tmp_path / "blobs"))
    away = dataclasses.replace(own, engine=Engine(api="http://10.0.0.5:4200/api/", auth="a:b"))
    environ = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_API_AUTH_STRING": "c:d"}
    before = found(own, {})
    home(own).mkdir(parents=True)
    (home(own) / "auth").write_text("gestion:uno\n")

    assert before == ("http://127.0.0.1:4200/api", "")
    assert found(own, {}) == ("http://127.0.0.1:4200/api", "gestion:uno")
    assert found(away, {}) == ("http://10.0.0.5:4200/api", "a:b")
    assert found(away, environ) == ("http://127.0.0.1:1/api", "c:d")
