"""The engine shows what runs and knows nothing else; whatever it does, each case's work is done once."""

import base64
import datetime as dt
import json
import urllib.error
import urllib.request

import pytest

pytestmark = [
    pytest.mark.flows,
    pytest.mark.timeout(240),
    # Prefect's own start-up and shutdown leave sockets and loops to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CANARY = "Zoraida-Canaria-X7654321K"


@pytest.fixture
def store(tmp_path):
    from pipeline.store import open_store

    with open_store(f"sqlite:///{tmp_path}/cases.db", tmp_path / "blobs") as opened:
        yield opened


@pytest.fixture
def case_id(store):
    """A case in our record, for the engine to run."""
    from pipeline.case import Source
    from pipeline.journal.cases import allocate

    with store.writing() as transaction:
        row = allocate(transaction, "CEU01", Source("a.pdf", "0" * 64, 1), dt.datetime.now(dt.UTC), None)
    return row["id"]


@pytest.fixture
def engine(server, store):
    from flows.case import quiet_heartbeat
    from flows.engine import Engine

    with quiet_heartbeat():
        yield Engine(store)


def runs_named(name):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[name])))


def lines_of(run_id):
    """Return the log of a run."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    with get_client(sync_client=True) as client:
        return client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id])))


def test_a_manager_sees_one_run_per_case_named_tagged_and_ended_by_its_queue(engine, case_id):
    """Office, procedure and queue are tags; the final state has the queue's name."""
    from flows.case import End

    engine.run(case_id, "CEU01", lambda _: End("review", "convenio_especial"))

    (run,) = runs_named(case_id)
    assert run.state.name == "review"
    assert set(run.tags) == {"office:CEU01", "procedure:convenio_especial", "queue:review", "stage:routed"}
    assert run.parameters == {"case_id": case_id}


@pytest.mark.parametrize(
    ("end", "level", "says"),
    [
        (("approve", "convenio_especial", None), "INFO", "Propuesta: aprobar"),
        (("review", "convenio_especial", None), "WARNING", "Revisar"),
        (("returned", "unknown", None), "WARNING", "Devueltos"),
        (("failed", "unknown", "ValueError"), "ERROR", "Falló: ValueError"),
    ],
)
def test_a_run_says_how_it_ended_and_where_its_case_is_at_the_desk(server, store, case_id, end, level, says):
    """In one line, as loud as it must be looked at; its page makes a link of the address."""
    import logging

    from flows.case import End, quiet_heartbeat
    from flows.engine import Engine

    with quiet_heartbeat():
        Engine(store, "https://mesa.example.org").run(case_id, "CEU01", lambda _: End(*end))

    # a server under load may be asked twice for one line: its client repeats what was not answered in time
    told = {(line.level, line.message) for line in lines_of(runs_named(case_id)[0].id)}
    assert told == {(logging.getLevelName(level), f"{says}. https://mesa.example.org/caso/{case_id}")}


def test_what_an_exception_says_never_reaches_the_engine(engine, server, case_id):
    """Its text may hold what a paper says: neither plain nor encoded is it found in the engine's home."""

    def fails(_):
        raise ValueError(CANARY)

    end = engine.run(case_id, "CEU01", fails)

    kept = b"".join(file.read_bytes() for file in server.home.rglob("*") if file.is_file())
    assert (end.outcome, end.failure) == ("failed", "ValueError")
    assert runs_named(case_id)[0].state.name == "failed"
    assert CANARY.encode() not in kept
    assert base64.b64encode(CANARY.encode())[:16] not in kept


def test_a_case_is_worked_on_once_while_the_server_is_away_and_told_when_it_is_back(
    server, store, case_id, monkeypatch
):
    """The journal goes on alone; the run appears afterwards."""
    from flows.case import End
    from flows.engine import Engine

    done = []
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    Engine(store).run(case_id, "CEU01", lambda name: done.append(name) or End("cure"))
    monkeypatch.setenv("PREFECT_API_URL", server.environment["PREFECT_API_URL"])

    assert done == [case_id]
    assert runs_named(case_id) == []
    assert Engine(store).catch_up() == 1
    assert Engine(store).catch_up() == 0
    assert [run.state.name for run in runs_named(case_id)] == ["cure"]


def test_an_engine_that_breaks_in_the_middle_costs_the_run_and_not_the_case(engine, case_id, monkeypatch):
    """The server fails when it is told of the end: the work was done once and its end is known."""
    from flows import engine as module
    from flows.case import End

    done = []

    def broken(case, name, office):
        case.fn(name)
        raise ConnectionError

    monkeypatch.setattr(module, "run", broken)
    end = engine.run(case_id, "CEU01", lambda name: done.append(name) or End("refer"))

    assert end.outcome == "refer"
    assert done == [case_id]


def test_a_server_that_dies_before_it_has_the_tags_costs_two_tags_and_prints_nothing(
    engine, case_id, monkeypatch, caplog
):
    """What leaves a flow the engine prints with all its text; a broken connection must not."""
    import httpx

    from flows import case as module
    from flows.case import End

    def gone():
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(module, "_client", gone)
    end = engine.run(case_id, "CEU01", lambda _: End("refer"))
    monkeypatch.undo()

    assert end.outcome == "refer"
    assert runs_named(case_id)[0].state.name == "refer"
    assert [record.name for record in caplog.records if record.exc_info] == []


def test_the_run_of_a_worker_that_died_does_not_seem_to_go_on(engine, case_id):
    """A killed process cannot close its own run: who takes the case back closes it."""
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    from flows.case import End, report_afterwards

    report_afterwards(case_id, "CEU01", End("review"))
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(runs_named(case_id)[0].id, Running(), force=True)
    engine.lost([case_id])

    assert runs_named(case_id)[0].state.type.value == "CRASHED"


def test_an_engine_that_knows_nothing_is_told_page_after_page(engine, store, monkeypatch):
    """More cases ended than are compared at one look: each has its run in the end, and only one."""
    import sqlalchemy as sa

    from flows import agree
    from pipeline.case import Source
    from pipeline.journal.cases import allocate
    from pipeline.store.events import record
    from pipeline.store.schema import cases

    monkeypatch.setattr(agree, "PAGE", 2)
    now = dt.datetime.now(dt.UTC)
    with store.writing() as transaction:
        new = [
            allocate(transaction, "CEU01", Source("a.pdf", "0" * 64, 1), now, None)["id"] for _ in range(5)
        ]
    with store.write() as connection:
        connection.execute(sa.update(cases).values(stage="routed", queue="review"))
        for case in new:
            record(connection, case, now, "routed")
    agreement = agree.Agreement(store)

    assert [agreement(now) for _ in range(6)] == [2, 2, 1, 0, 0, 0]
    assert [len(runs_named(case)) for case in new] == [1] * 5


@pytest.mark.parametrize("path", ["/api/flow_runs/count", "/api/admin/settings"])
def test_the_engine_answers_nobody_without_its_password(server, path):
    """The runs are for managers of this machine."""
    request = urllib.request.Request(
        server.url + path, data=b"{}", headers={"Content-Type": "application/json"}
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    assert refused.value.code in {401, 403}
    refused.value.close()


def test_the_pages_that_call_an_outside_host_are_not_served(server):
    """V2's pages ask an analytics host even with analytics off; its own setting leaves them reachable."""
    with urllib.request.urlopen(server.url + "/ui-settings", timeout=10) as told:
        settings = json.load(told)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.url + "/v2/", timeout=10)
    refused.value.close()

    assert settings["available_uis"] == ["v1"]
    assert refused.value.code == 404
