"""One office machine and many on PostgreSQL do the same day's work, a worker killed in the middle."""

import base64
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from desk.demo.cases import STORIES
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.schema import cases, outbox
from tests.faults.rig.watching import environment

pytestmark = [pytest.mark.flows, pytest.mark.timeout(400)]
ROOT = Path(__file__).parents[2]
PATIENCE = 150
OFFICES = ("CEU01", "MEL01")
FEW = (STORIES[0], STORIES[1], STORIES[-1])
"""One to approve, one to cure, one that goes back."""


def free_port():
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Shape:
    """Some processes of the program over one record and one share. Used as a context: they end with it."""

    def __init__(self, home, database, *commands, **settings):
        self.share, self.blobs, self.database = home / "oficinas", home / "blobs", database
        self.home, self._commands, self._processes = home, commands, []
        self.api, self.auth = settings["engine.api"], settings["engine.auth"]
        self.desk = free_port()
        given = {
            "folders.root": self.share,
            "folders.offices": ",".join(OFFICES),
            "folders.scan_seconds": 0.2,
            "folders.stability_seconds": 0.1,
            "storage.database": database,
            "storage.blobs": self.blobs,
            "storage.reserve": 0,
            "letters.help_phone": "956 000 000",
            # on a busy machine what goes back would have had its receipt before it was read
            "work.receipt_seconds": 600,
            "desk.port": self.desk,
        }
        self.environment = environment(given | settings) | {"HOME": str(home)}

    def __enter__(self):
        for command in self._commands:
            self.start(*command)
        self.until(lambda: all((self.share / office / "5_DEVUELTO").is_dir() for office in OFFICES))
        self.store = open_store(self.database, self.blobs)
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            process.wait(60)
        self.store.close()

    def start(self, *command):
        """Start one part, as an administrator would."""
        line = [sys.executable, "-m", "desk.cli", *command]
        with (self.home / "said").open("ab") as said:
            started = subprocess.Popen(line, cwd=self.home, env=self._env(), stdout=said, stderr=said)
        self._processes.append(started)

    def run(self, *command):
        """Run one command to its end."""
        line = [sys.executable, "-m", "desk.cli", *command]
        subprocess.run(line, cwd=self.home, env=self._env(), check=True, stdout=subprocess.DEVNULL)

    def _env(self):
        """Return the environment of a part."""
        return self.environment | {"PYTHONPATH": str(ROOT)}

    def until(self, done, what="the shape does not get there"):
        """Wait until *done*."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"{what}: {(self.home / 'said').read_text()[-2000:]}"
            time.sleep(0.2)

    def owner(self):
        """Return the process that has a case in hand, None if none has."""
        with self.store.read() as connection:
            found = connection.execute(sa.select(cases.c.lease_owner).where(cases.c.lease_owner.is_not(None)))
            first = found.scalars().first()
        return int(first.split(":")[-2]) if first else None

    def all_done(self, stories):
        """Tell whether each story has ended and nobody has anything in hand or owes anything."""
        with self.store.read() as connection:
            owed = connection.execute(sa.select(outbox.c.seq).where(outbox.c.done_at.is_(None))).first()
        found = lines(self.store)
        ended = [line for line in found if line.stage in {"routed", "returned"} and not line.working]
        return len(ended) == len(stories) and owed is None

    def asked(self, path, body=None):
        """Return what the engine answers."""
        who, told = secrets.token_hex(8), {"Content-Type": "application/json"}
        told["Authorization"] = "Basic " + base64.b64encode(self.auth.encode()).decode()
        if body is not None:
            told["Prefect-Csrf-Client"] = who
            told["Prefect-Csrf-Token"] = self.asked(f"csrf-token?client={who}")["token"]
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.api}/{path}", data, told), timeout=10
        ) as said:
            return json.load(said)

    def desk_answers(self):
        """Tell whether the desk is well."""
        address = f"http://127.0.0.1:{self.desk}/healthz"
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as said:
            return said.status == 200
        return False

    def ended_runs(self, names):
        """Return the engine's completed runs of these names, each with the name of its state."""
        runs = {"name": {"any_": names}, "state": {"type": {"any_": ["COMPLETED"]}}}
        with suppress(OSError):
            found = self.asked("flow_runs/filter", {"flow_runs": runs})
            return sorted((run["name"], run["state"]["name"]) for run in found)
        return []


def day(shape, stories):
    """Hand *stories* in, kill a worker in the middle of one, and see that each case ends once and is seen."""
    for story in stories:
        story.write(shape.share / story.office / "1_ENTRADA")
    shape.until(shape.owner, "nobody takes a case")
    killed = shape.owner()
    os.kill(killed, signal.SIGKILL)
    shape.until(lambda: shape.all_done(stories), "the cases do not end")
    found = {line.source_name: line for line in lines(shape.store)}
    runs = sorted((line.id, line.queue or "returned") for line in found.values())
    shape.until(
        lambda: shape.ended_runs([name for name, _ in runs]) == runs,
        "the engine does not show each case once",
    )
    shape.until(lambda: not list(shape.share.glob("*/2_EN_CURSO/*")), "originals are left in the way")
    shape.until(shape.desk_answers, "the desk does not answer")

    returned = sum(story.queue is None for story in stories)
    assert {name: line.queue for name, line in found.items()} == {s.name: s.queue for s in stories}
    assert len(list(shape.share.glob("*/3_ACEPTADO/*/ACUSE_*.zip"))) == len(stories) - returned
    assert len(list(shape.share.glob("*/5_DEVUELTO/*"))) == returned


def one_machine(home, stories):
    """Do the day with `ventanilla up`, everything on SQLite."""
    port = free_port()
    told = {"engine.port": port, "engine.api": "", "engine.auth": ""}
    with Shape(home, f"sqlite:///{home}/v.db", ("up",), **told) as shape:
        (place,) = home.glob("prefect/*/auth")
        shape.api, shape.auth = f"http://127.0.0.1:{port}/api", place.read_text().strip()
        day(shape, stories)


def many(home, url, api, auth, stories, *more):
    """Do the day with the parts of many machines, on the record of PostgreSQL, and *more* commands."""
    parts = (("watch",), ("watch",), ("desk",), *more)
    return Shape(home, url, *parts, **{"engine.api": api, "engine.auth": auth, "work.workers": 1})


def test_many_machines_do_a_day_s_work(server, postgres_store_url, tmp_path):
    """Two watchers, two workers, a desk, and an engine that all of them reach."""
    api, workers = f"{server.url}/api", (("worker",), ("worker",))
    with many(tmp_path, postgres_store_url, api, server.secret, FEW, *workers) as shape:
        day(shape, FEW)


@pytest.mark.nightly
def test_one_machine_does_a_day_s_work(tmp_path):
    """By day the demonstration shows the same without a worker that is killed."""
    one_machine(tmp_path, STORIES)


@pytest.mark.nightly
def test_a_pool_of_machines_does_a_day_s_work(postgres, postgres_url, postgres_store_url, tmp_path):
    """As compose lays it out: the engine on PostgreSQL too, drains run by Prefect's own workers."""
    engine = {"engine.port": free_port(), "engine.auth": "gestion:de-noche"}
    runner = {"engine.database": postgres_url.replace("+psycopg", "+asyncpg")}
    address = f"http://127.0.0.1:{engine['engine.port']}/api"
    (tmp_path / "motor").mkdir()
    own = {
        **environment({**engine, **runner, "storage.blobs": tmp_path / "motor" / "blobs"}),
        "PYTHONPATH": str(ROOT),
    }
    line = [sys.executable, "-m", "desk.cli", "engine"]
    with (tmp_path / "motor" / "said").open("wb") as said:
        serving = subprocess.Popen(
            line, cwd=tmp_path, env=own, stdout=said, stderr=said, start_new_session=True
        )
    try:
        shape = many(tmp_path, postgres_store_url, address, engine["engine.auth"], STORIES)
        shape.until(lambda: shape_answers(shape), "the engine does not answer")
        with shape:
            shape.run("deploy")
            for _ in range(2):
                shape.start("worker", "--pool")
            day(shape, STORIES)
    finally:
        os.killpg(serving.pid, signal.SIGINT)
        serving.wait(60)


def shape_answers(shape):
    """Tell whether the engine of a shape answers."""
    with suppress(OSError):
        return bool(shape.asked("admin/version"))
    return False
