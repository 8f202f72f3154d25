"""Deployments on the real server, and one real worker of Prefect's that runs one drain to its end."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from desk.demo.cases import STORIES
from tests.waiting import until

pytestmark = [
    pytest.mark.flows,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
BY_THE_CLOCK = {"repaso", "plazos", "informes", "resumen", "conservacion", "autocontrol"}


@pytest.fixture
def client(server):
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A machine's folder with its settings, as `worker --pool` finds them: relative paths and all."""
    home = tmp_path_factory.mktemp("maquina")
    (home / "ventanilla.toml").write_text(
        '[folders]\nroot = "oficinas"\noffices = ["CEU01", "MEL01"]\nstability_seconds = 0.0\n'
        '[storage]\ndatabase = "sqlite:///cases.db"\nblobs = "papeles"\nreserve = 1048576\n'
        "[pool]\ndrains = 1\nidle_seconds = 1\n"
    )
    return home


@pytest.fixture
def settings(home, monkeypatch):
    from pipeline.settings import load

    monkeypatch.chdir(home)
    return load(environ={}, folder=home)


@pytest.fixture
def store(settings):
    from pipeline.store import open_store

    with open_store(settings.storage.database, settings.storage.blobs) as store:
        yield store


@pytest.fixture
def on_server(server, settings):
    """The deployments, made or made again."""
    from flows.deploying import deployed

    return deployed(settings)


def test_a_dry_run_names_what_it_would_change_and_changes_nothing(on_server, settings, client):
    """Seven drains are wanted: the queue still takes one."""
    from flows.deploying import deployed

    more = replace(settings, pool=replace(settings.pool, drains=7))
    told = deployed(more, dry_run=True)

    assert [one for one in told if one.change != "same"] == [("cola expedientes", "changed")]
    assert client.read_work_queue_by_name("expedientes", "ventanilla").concurrency_limit == 1


def test_a_second_deployment_changes_nothing(on_server, settings):
    """What stands is left alone, schedules too."""
    from flows.deploying import deployed

    assert {one.change for one in deployed(settings)} == {"same"}


def test_queues_go_by_urgency_and_deployments_by_the_hours_of_madrid(on_server, client):
    """Urgent first; no path of this machine anywhere; each says in Spanish what it does."""
    queues = [
        client.read_work_queue_by_name(name, "ventanilla") for name in ("urgentes", "tareas", "expedientes")
    ]
    found = {one.name: one for one in client.read_deployments()}
    zones = {one.schedule.timezone for name in BY_THE_CLOCK for one in found[name].schedules}

    assert [queue.priority for queue in queues] == [1, 2, 3]
    assert [queue.concurrency_limit for queue in queues] == [1, 2, 1]
    assert set(found) == BY_THE_CLOCK | {"expedientes", "urgentes"}
    assert zones == {"Europe/Madrid"}
    assert not any(found[name].schedules for name in ("expedientes", "urgentes"))
    assert all(re.fullmatch(r"flows\.scheduled\.\w+\.\w+", one.entrypoint) for one in found.values())
    assert all(one.path is None and not one.pull_steps and one.description for one in found.values())


def test_the_server_schedules_what_goes_by_the_clock(on_server, client):
    """The next hours of each flow are there: without mending, the server's scheduler fails at every try."""
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterStateName
    from prefect.client.schemas.filters import FlowRunFilterState as ByState

    scheduled = FlowRunFilter(state=ByState(name=FlowRunFilterStateName(any_=["Scheduled"])))

    def flows():
        runs = client.read_flow_runs(flow_run_filter=scheduled)
        return {run.deployment_id for run in runs if run.auto_scheduled}

    assert until(lambda: len(flows()) == len(BY_THE_CLOCK))


def test_what_is_no_longer_listed_is_removed_and_what_was_paused_stays_paused(on_server, settings, client):
    """A manager's pause outlives a new version; an old deployment of ours does not."""
    from flows.deploying import deployed

    plazos = client.read_deployment_by_name("plazos/plazos")
    client.create_deployment(
        flow_id=plazos.flow_id,
        name="de-antes",
        entrypoint="flows.scheduled.gone.gone",
        tags=["ventanilla"],
        work_pool_name="ventanilla",
    )
    client.pause_deployment(plazos.id)

    changes = {one.what: one.change for one in deployed(settings) if one.change != "same"}

    paused = client.read_deployment_by_name("plazos/plazos").paused
    client.resume_deployment(plazos.id)
    assert changes == {"despliegue de-antes": "gone"}
    assert paused


def test_two_machines_that_ask_at_once_get_the_drains_that_are_needed(on_server, client):
    """Both see none: the server makes two, not four; and none more while those are on their way."""
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    from flows.asking import OPEN, ask

    now = dt.datetime.now(dt.UTC)
    machines = [threading.Thread(target=ask, args=(2, now)) for _ in range(2)]
    for machine in machines:
        machine.start()
    for machine in machines:
        machine.join()

    deployment = client.read_deployment_by_name("tanda/expedientes")
    mine = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    runs = client.read_flow_runs(deployment_filter=mine, flow_run_filter=OPEN)
    assert len(runs) == 2
    assert ask(2, now) == 0
    for run in runs:
        client.delete_flow_run(run.id)


def test_a_machine_that_looked_before_another_asked_asks_for_the_same_drains(on_server, client, monkeypatch):
    """What it saw is a moment old when it asks: the drain made meanwhile is not made again."""
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    from flows import asking

    now, looked = dt.datetime.now(dt.UTC), asking._runs
    first = asking.ask(1, now)
    monkeypatch.setattr(asking, "_runs", lambda *told: [] if told[2] is asking.OPEN else looked(*told))
    asking.ask(2, now)

    deployment = client.read_deployment_by_name("tanda/expedientes")
    mine = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    runs = client.read_flow_runs(deployment_filter=mine, flow_run_filter=asking.OPEN)
    for run in runs:
        client.delete_flow_run(run.id)
    assert (first, len(runs)) == (1, 2)


def test_a_drain_whose_process_died_is_shown_as_crashed_and_another_is_asked_for_at_once(
    on_server, store, client
):
    """It bore the name of its process; one that lives is left alone."""
    from prefect.states import Running

    from flows.asking import ask
    from flows.scheduled.drain import WORKER
    from flows.sweeping import LOST, Sweeping
    from pipeline.workers import me

    told = [sys.executable, "-c", "from pipeline.workers import me; print(me())"]
    dead = subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
    drain = client.read_deployment_by_name("tanda/expedientes").id
    runs = [client.create_flow_run_from_deployment(drain) for _ in range(2)]
    for run, worker in zip(runs, (dead, me()), strict=True):
        client.set_flow_run_state(run.id, Running(), force=True)
        client.update_flow_run_labels(run.id, {WORKER: worker})

    Sweeping(store)(dt.datetime.now(dt.UTC))

    lost, lives = (client.read_flow_run(run.id).state for run in runs)
    assert (lost.name, lost.message, lives.name) == ("Crashed", LOST, "Running")
    assert ask(2, dt.datetime.now(dt.UTC)) == 1
    for run in client.read_flow_runs():
        if run.deployment_id == drain:
            client.delete_flow_run(run.id)


def test_deploying_to_a_server_that_is_away_is_told_in_a_sentence(home):
    """Exit 5, the address, what to do; no traceback."""
    line = [sys.executable, "-m", "desk.cli", "deploy"]
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "VENTANILLA_"))}
    api = {"VENTANILLA_ENGINE__API": "http://127.0.0.1:9/api"}

    done = subprocess.run(line, env=surroundings | api, cwd=home, capture_output=True, text=True, check=False)

    assert done.returncode == 5
    assert "El servidor de Prefect no atiende en http://127.0.0.1:9/api" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_worker_of_prefects_runs_a_drain_that_ends_when_nothing_is_left(
    server, on_server, settings, store, home, client
):
    """Each case has its run beside the drain's, tagged with its name; the drain says how many it did."""
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags

    from flows.asking import ask
    from flows.pool import environment
    from pipeline.store.cases import lines
    from pipeline.watch import Watcher

    stories = [STORIES[0], STORIES[-1]]
    watcher = Watcher(settings, store)
    watcher.scan_once()
    for story in stories:
        story.write(settings.folders.root / story.office / "1_ENTRADA")
    assert until(lambda: watcher.scan_once() or len(lines(store)) == len(stories))
    ask(1, dt.datetime.now(dt.UTC))
    line = [sys.executable, "-m", "flows.pool_worker", "maquina", "1"]
    surroundings = {**os.environ, **environment(server.environment)}

    def drains():
        tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=["stage:lectura"]))
        return [run for run in client.read_flow_runs(flow_run_filter=tagged) if run.state.is_final()]

    with subprocess.Popen(line, env=surroundings, cwd=home, start_new_session=True) as worker:
        try:
            ended = until(drains)
        finally:
            os.killpg(worker.pid, signal.SIGTERM)

    cases = {one.id: one.queue or one.stage for one in lines(store)}
    beside = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"tanda:{ended[0].name}"]))
    runs = {run.name: run for run in client.read_flow_runs(flow_run_filter=beside)}
    assert [(run.state_name, run.state.message) for run in ended] == [("Completed", "2 expedientes")]
    assert {name: run.state_name for name, run in runs.items()} == cases
    assert sorted(cases.values()) == sorted(story.queue or "returned" for story in stories)
    assert all(run.parent_task_run_id is None for run in runs.values())
    assert (home / "papeles").is_dir()
