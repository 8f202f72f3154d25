"""A warm process that forks: each job is done by a process of its own, which may be told to kill itself.

Everything is loaded once, and every paper is read once by the real readers; what a trial kills is a real
process at work on a real record and real folders. A job is a line of JSON, its answer how the child ended.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[3]
READINGS: dict[str, Any] = {}


class Forge:
    """The parent's side: `do` sends a job and returns the exit status (-9 for a killed child)."""

    def __init__(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "VENTANILLA_"))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.recovery.forge"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, job: str, home: Path, **more: Any) -> int:
        """Have *job* done in the office at *home*, and return how it ended."""
        return self.together([{"job": job, "home": str(home), **more}])[0]

    def together(self, jobs: list[dict[str, Any]]) -> list[int]:
        """Have several done at the same time, and return how each ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(jobs) + "\n")
        self._process.stdin.flush()
        return [int(end) for end in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Recorded:
    """Stands where the sandbox stands, and gives what the real one read of the same bytes."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, path: Path, name: str) -> Any:
        """Return the reading of those bytes."""
        from extractors import wire

        del name
        return wire.unpacked(READINGS[hashlib.sha256(path.read_bytes()).hexdigest()])


def record() -> None:
    """Read every paper that the trials hand in."""
    from extractors import wire
    from extractors.bounds import Bounds
    from extractors.reading.apart.sandbox import Sandbox
    from tests.faults.recovery.papers import everything

    with Sandbox(Bounds()) as sandbox, tempfile.TemporaryDirectory() as folder:
        for name, data in everything():
            path = Path(folder) / f"paper{Path(name).suffix}"
            path.write_bytes(data)
            READINGS[hashlib.sha256(data).hexdigest()] = wire.packed(sandbox.read(path, name))


def rehearse() -> None:
    """Take in and work on one case of every kind, so that the children find all that is loaded and compiled.

    Only the compiler of pages is left out: it starts threads, and a process with threads must not fork.
    """
    from pipeline.letters import typeset
    from tests import compiled  # noqa: F401 - statements are compiled here, not by each child
    from tests.faults.recovery.office import Office
    from tests.faults.recovery.papers import KINDS, hand_in

    setting, typeset._compiled = typeset._compiled, lambda *_: b"%PDF-1.7"
    with tempfile.TemporaryDirectory() as folder:
        made = Office(home=Path(folder) / "office")
        (made.home / "work").mkdir(parents=True)
        _watch(made.home, {})
        for kind in KINDS:
            hand_in(kind, made.share / "1_ENTRADA")
        _watch(made.home, {})
        _drain(made.home, {})
    typeset._compiled = setting
    assert threading.active_count() == 1


def main() -> None:
    """Do jobs until there are no more."""
    import typst

    import flows.drain
    import pipeline.receipts.packet
    import pipeline.watch
    from tests.faults.recovery import kills

    del pipeline, typst, kills
    flows.drain.Sandbox = Recorded  # type: ignore[attr-defined,misc]
    flows.drain.quiet_heartbeat = nullcontext  # no engine is told of anything; switching it off costs 0.1 s
    record()
    rehearse()
    gc.freeze()  # a child that looks for garbage among all this would copy it
    for line in sys.stdin:
        children = [_started(job) for job in json.loads(line)]
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        sys.stdout.write(json.dumps(ends) + "\n")
        sys.stdout.flush()


def _started(job: dict[str, Any]) -> int:
    """Start a child that does *job*, and return its number."""
    from tests.faults.recovery import kills

    if child := os.fork():
        return child
    status = 1
    try:
        if job.get("wrong"):
            kills.note_first()
        kills.arm(job.get("kill"))
        JOBS[job["job"]](Path(job["home"]), job)
        status = 0
    except BaseException:  # noqa: BLE001 - the child tells and ends, whatever it was
        traceback.print_exc()
    finally:
        os._exit(status)


def _drain(home: Path, job: dict[str, Any]) -> None:
    """Work until nothing waits."""
    from flows.drain import drain
    from tests.faults.recovery import kills
    from tests.faults.recovery.office import settings_of

    if "kills_engine" in job:
        kills.engine_while_reading(job["kills_engine"])
    with engine(job.get("engine")):
        drain(settings_of(home, **job.get("settings", {})), threading.Event(), until_idle=True)


@contextmanager
def engine(server: dict[str, Any] | None) -> Iterator[None]:
    """Use the Prefect server at `url`, with its `auth`, for as long as `timeout` seconds a call."""
    from prefect.settings import temporary_settings

    if server is None:
        yield
        return
    os.environ["PREFECT_API_URL"] = server["url"]
    told = {
        "api.url": server["url"],
        "api.auth_string": server.get("auth"),
        "api.request_timeout": server.get("timeout", 10.0),
        "client.max_retries": 0,
        "flows.heartbeat_frequency": None,
        "logging.to_api.enabled": False,
    }
    with temporary_settings(told):
        yield


def _watch(home: Path, job: dict[str, Any]) -> None:
    """Look often enough for all that lies there to be taken."""
    from pipeline.store import open_store
    from pipeline.watch import Watcher
    from tests.faults.recovery.office import settings_of

    settings = settings_of(home, **job.get("settings", {}))
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        watcher = Watcher(settings, store)
        for _ in range(3):
            watcher.scan_once()


def _agree(home: Path, job: dict[str, Any]) -> None:
    """Tell the engine what it does not know."""
    from flows.engine import Engine
    from pipeline.store import open_store
    from tests.faults.recovery.office import settings_of

    settings = settings_of(home)
    with engine(job["engine"]), open_store(settings.storage.database, settings.storage.blobs) as store:
        while Engine(store).catch_up():
            pass


def _forget(home: Path, job: dict[str, Any]) -> None:
    """Have the engine forget every run, as when its database is lost."""
    from prefect.client.orchestration import get_client

    del home
    with engine(job["engine"]), get_client(sync_client=True) as client:
        for run in client.read_flow_runs():
            client.request("DELETE", f"/flow_runs/{run.id}")


def _runs(home: Path, job: dict[str, Any]) -> None:
    """Write down the states of all runs that the engine shows."""
    from prefect.client.orchestration import get_client

    with engine(job["engine"]), get_client(sync_client=True) as client:
        states = [str(run.state.name) for run in client.read_flow_runs() if run.state]
    (home / "runs.json").write_text(json.dumps(states), "utf-8")


JOBS: dict[str, Callable[[Path, dict[str, Any]], None]] = {
    "drain": _drain,
    "watch": _watch,
    "agree": _agree,
    "forget": _forget,
    "runs": _runs,
}

if __name__ == "__main__":
    main()
