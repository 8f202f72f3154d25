"""One office machine: what runs in it stays alive, and ends with it, however it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import until

pytestmark = [pytest.mark.timeout(200)]


@pytest.fixture
def machine(tmp_path):
    """Return `ventanilla up` with its watcher and its list, without workers and engine."""
    settings = {
        "VENTANILLA_FOLDERS__ROOT": str(tmp_path / "oficinas"),
        "VENTANILLA_FOLDERS__OFFICES": "CEU01",
        "VENTANILLA_STORAGE__DATABASE": f"sqlite:///{tmp_path}/v.db",
        "VENTANILLA_STORAGE__BLOBS": str(tmp_path / "blobs"),
        "VENTANILLA_STORAGE__RESERVE": "0",
        "VENTANILLA_DESK__PORT": "0",
        "VENTANILLA_WORK__WORKERS": "0",
        "VENTANILLA_ENGINE__API": "http://127.0.0.1:9/api",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "up"],
        env={**os.environ, **settings},
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


def parts(folder):
    """Return the processes that work in *folder*, by the word of their command."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_text().split("\0")
            if str(folder) in (place / "environ").read_text(errors="ignore") and "desk.cli" in command:
                found[int(place.name)] = command[-2]
        except OSError:
            continue
    return found


def test_a_part_that_is_killed_is_started_again_and_none_outlives_the_machine(machine, tmp_path):
    """`kill -9` of the watcher brings another; `kill -9` of the whole leaves nobody on its own."""
    listed = tmp_path / "oficinas" / "CEU01" / "ESTADO.html"
    until(lambda: set(parts(tmp_path).values()) == {"up", "watch", "desk"}, "the parts do not start")
    until(listed.exists, "the watcher does not look")
    (watcher,) = (pid for pid, name in parts(tmp_path).items() if name == "watch")

    os.kill(watcher, signal.SIGKILL)
    until(lambda: "watch" in parts(tmp_path).values() and watcher not in parts(tmp_path), "no new watcher")
    os.kill(machine.pid, signal.SIGKILL)
    machine.wait()

    until(lambda: parts(tmp_path) == {}, f"left behind: {parts(tmp_path)}")
