"""Of a parser nothing is left: no process, no file, no paper changed, nothing found in the sandbox."""

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.reading.apart import child, confine, processes
from extractors.reading.apart.child import Child, Readers
from extractors.reading.apart.private import Private
from extractors.reading.apart.sandbox import Sandbox
from tests.faults.parsers import BOUNDS, LEVELS, Misbehaving

pytestmark = pytest.mark.usefixtures("little_room")
DEADLINE = 60.0


@pytest.mark.parametrize("wanted", LEVELS)
def test_a_reader_that_somebody_killed_costs_no_paper(bad, put, wanted):
    """Killed once, it may not have been the paper: it is read again. Killed twice, it is given up."""
    with bad.sandbox(wanted) as one:
        assert one.read(put("die_once"), "a").code is None
        assert one.read(put("kill_everybody"), "a").code == "memory"


def test_inside_the_sandbox_there_is_nothing_to_find(bad, put, spied):
    """No file but the one, no network, no other process, no new namespace, nothing to write on."""
    with bad.sandbox("bwrap") as one:
        assert one.read(put("spy"), json.dumps(spied)).flags == ()


def test_the_same_spy_finds_much_without_the_sandbox(bad, put, spied):
    """Negative control: the spy is able to find what the sandbox hides. The network is closed to both."""
    with bad.sandbox("limits") as one:
        found = set(one.read(put("spy"), json.dumps(spied)).flags)
    assert "reached-program" not in found
    assert {"saw-file", "saw-folder", "is-somebody"} <= found


@pytest.mark.parametrize("wanted", LEVELS)
def test_nobody_changes_a_paper_by_reading_it(bad, put, wanted):
    """What the reader holds is a sealed copy: no way leads from it to the file."""
    paper = put("change_the_paper")
    with bad.sandbox(wanted) as one:
        assert one.read(paper, "a").flags == ()
    assert paper.read_text() == "change_the_paper"


@pytest.mark.parametrize("wanted", LEVELS)
@pytest.mark.parametrize("mode", ["hang", "leave_and_hang"])
def test_with_the_program_goes_all_that_it_started(put, tmp_path, wanted, mode, report):
    """SIGKILL to the program while a paper is read: no process and no temporary file outlives it."""
    temporary, own = tmp_path / "tmp", tmp_path / "own"
    temporary.mkdir()
    own.mkdir()
    bad = Misbehaving(own)
    command = [sys.executable, __file__, bad.name, str(bad.folder), wanted, str(put(mode))]
    with subprocess.Popen(command, env=_environment(temporary), stdout=subprocess.PIPE) as program:
        program.stdout.readline()
        _until(lambda: len(bad.running()) >= (3 if mode == "hang" else 4) - (wanted == "limits"))
        program.kill()
    _until(lambda: not bad.running())
    _until(lambda: not list(temporary.iterdir()))
    report("F15", trials=1, lost=len(bad.running()), note="the program killed while a paper is read")
    assert bad.running() == []


def test_what_a_stopped_machine_left_is_swept_and_what_is_in_use_is_not(tmp_path, monkeypatch):
    """A folder that nobody holds goes when the next is made; one that is held stays."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = Private()
    left = tmp_path / "ventanilla-reading-left"
    left.mkdir()
    (left / "page.pgm").write_bytes(b"a paper of somebody")
    other = tmp_path / "another-program"
    other.mkdir()
    Private().remove()
    assert [held.path.is_dir(), left.exists(), other.is_dir()] == [True, False, True]
    held.remove()


UNLIMITED = {"grow": {None}, "burn": {None}, "fill_a_little": {None}}


@pytest.mark.parametrize("mode", UNLIMITED)
def test_without_limits_the_same_proof_fails(tmp_path, put, mode, monkeypatch, report):
    """Negative control: with no limits a parser takes what it wants, and its file is taken for read."""
    monkeypatch.setattr(child, "_TOGETHER", 99)
    monkeypatch.setattr(confine, "ROOM", 512 << 20)
    free = Misbehaving(tmp_path, "unlimited")
    with free.sandbox("limits", replace(BOUNDS, wall_seconds=60)) as one:
        code = one.read(put(mode), "a").code
    report("F15", trials=1, lost=1, control=True, note="limits off: nothing stops the parser")
    assert code in UNLIMITED[mode]


def test_without_sweeping_somebody_is_left(tmp_path, put, monkeypatch, report):
    """Negative control: with nobody to end it the grandchild is seen to outlive its paper."""
    monkeypatch.setattr(Child, "_crowded", lambda _: False)
    free = Misbehaving(tmp_path, "unlimited")
    with free.sandbox("limits") as one:
        trial = free.trial(one, put, "leave")
    processes.kill(free.running())
    report("F15", trials=1, lost=trial.left, control=True, note="nothing swept: a grandchild stays")
    assert trial.left == 1


@pytest.fixture
def spied(tmp_path):
    """Return what the spy is to look for."""
    hidden = tmp_path / "presentacion.json"
    hidden.write_text("{}")
    hidden.chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield {
            "file": str(hidden),
            "port": door.getsockname()[1],
            "package": str(confine.PACKAGE),
            "pid": os.getpid(),
        }


def _environment(temporary: Path) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": root}


def _until(true):
    """Wait until *true*, far longer than it should take."""
    until = time.monotonic() + DEADLINE
    while not true() and time.monotonic() < until:
        time.sleep(0.05)


def _read_for_ever(name: str, folder: str, wanted: str, paper: str) -> None:
    """Be the program that reads a paper and is killed."""
    own = type("Own", (Sandbox,), {"readers": Readers(name, (Path(folder),))})
    with own(replace(BOUNDS, wall_seconds=60), wanted) as one:
        sys.stdout.write("reading\n")
        sys.stdout.flush()
        one.read(Path(paper), "a")


if __name__ == "__main__":
    _read_for_ever(*sys.argv[1:])
