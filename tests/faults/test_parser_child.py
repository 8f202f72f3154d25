"""Whatever a parser does, the file gets one code, nothing of it is left, and the next file is read."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from extractors.bounds import Bounds
from extractors.reading.apart import child, confine, level, processes
from extractors.reading.apart.child import Child, Readers
from extractors.reading.apart.private import Private
from extractors.reading.apart.sandbox import Sandbox

PARSER = Path(__file__).parent / "misbehaving" / "parser.py"
BOUNDS = Bounds(cpu_seconds=1, wall_seconds=4, memory=512 << 20, pages=20)
LEVELS = ("bwrap", "limits")
TRIALS = 3
DEADLINE = 60.0

MODES = {
    "crash": {"corrupt"},
    "abort": {"memory"},
    "exit_quietly": {"corrupt"},
    "grow": {"memory"},
    "hang": {"timeout"},
    "burn": {"timeout"},
    "bomb": {"memory", "timeout"},
    "scattered_bomb": {"memory", "timeout"},
    "flood": {None},
    "fill": {"corrupt", "memory"},
    "fill_one": {"corrupt", "memory"},
    "leave": {None},
    "leave_and_crash": {"corrupt"},
    "leave_and_hang": {"timeout"},
    "kill_the_keeper": {None, "corrupt", "memory", "timeout"},
    "kill_everybody": {"memory"},
    "say_without_end": {"memory"},
    "nest": {"corrupt", "memory"},
    "swell": {"memory"},
    "step_for_ever": {"corrupt"},
    "hang_up": {"timeout"},
}
DOCUMENT = {"file": "a", "sha256": "", "pages": [1], "kind": "other", "kind_confidence": 1, "language": None}
DOCUMENT |= {"reader": "text", "fields": {}, "flags": [], "mentions": {}}


def _claim(**changed):
    """Return the line of a reader that read one document, *changed* in some way."""
    document = DOCUMENT | {key: value for key, value in changed.items() if key in DOCUMENT}
    whole = {"code": None, "flags": [], "documents": [document]}
    return json.dumps({"reading": whole | {"code": changed.get("code")}})


LIES = {
    "no JSON": "{oops",
    "no object": "[1, 2]",
    "no reading": '{"reading": 7}',
    "no such code": _claim(code="approved"),
    "text of a paper in a flag": _claim(flags=["a b c"]),
    "surer than sure": _claim(kind_confidence=1e9),
    "no number": _claim(kind_confidence=float("nan")),
    "page of another file": _claim(pages=[9999]),
}


class Trial(NamedTuple):
    """What a bad paper and a good one after it came to, and who was still there between them."""

    code: str | None
    left: int
    next: str | None


class Misbehaving:
    """Sandboxes whose readers load the bad parser under a name by which their processes are known."""

    def __init__(self, folder: Path, kind: str = "misbehaving") -> None:
        self.name = f"{kind}_{uuid4().hex}"
        shutil.copy(PARSER, folder / f"{self.name}.py")
        self.folder = folder
        folder.chmod(0o755)

    def sandbox(self, wanted: str, bounds: Bounds = BOUNDS) -> Sandbox:
        """Return a sandbox of the level *wanted*."""
        own = type("Own", (Sandbox,), {"readers": Readers(self.name, (self.folder,))})
        return own(bounds, wanted)

    def running(self) -> list[int]:
        """Return all processes of these sandboxes on the machine, wherever they went."""
        found = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return processes.living([pid for pid in found if self.name.encode() in _command_line(pid)])

    def left(self, box: Sandbox) -> int:
        """Return how many of them are neither bubblewrap, keeper nor reader."""
        child_ = box._child
        own = [child_.pid, *processes.below(child_.pid)] if child_ is not None else []
        parts = 3 if child_ is not None and child_.folder is None else 2
        return len(set(self.running()) - set(own)) + max(len(processes.living(own)) - parts, 0)

    def trial(self, box: Sandbox, put, mode: str, name: str = "a") -> Trial:
        """Read a bad paper, look who is left, and read a good one."""
        code = box.read(put(mode), name).code
        return Trial(code, self.left(box), box.read(put("fine"), "b").code)


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """The bad parser, where the sandbox may see it."""
    return Misbehaving(tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module", params=LEVELS)
def box(request, bad):
    """One sandbox of each level, which has to outlive all that is done to it."""
    with bad.sandbox(request.param) as one:
        yield one


@pytest.fixture
def put(tmp_path):
    """Return a function that writes a paper that asks for something."""

    def write(asked: str) -> Path:
        path = tmp_path / f"{asked}.pdf"
        path.write_text(asked)
        return path

    return write


@pytest.fixture(autouse=True)
def little_room(monkeypatch):
    """Full is full at 32 MiB as it is at 256."""
    monkeypatch.setattr(confine, "ROOM", 32 << 20)


def test_the_stronger_sandbox_works_here():
    """Where this fails, half of the proof below would be none."""
    assert level.tried() == "works"


@pytest.mark.parametrize("mode", MODES)
def test_a_parser_that_misbehaves_costs_its_file_and_nothing_else(box, bad, put, mode, report):
    """One code, nobody left, the next file read; three times over."""
    trials = [bad.trial(box, put, mode) for _ in range(TRIALS if "timeout" not in MODES[mode] else 1)]
    failed = sum(
        trial.code not in MODES[mode] or trial.left > 0 or trial.next is not None for trial in trials
    )
    report("F15", trials=len(trials), lost=failed, note="codes given, limits kept, nobody left")
    assert {trial.code for trial in trials} <= MODES[mode]
    assert [trial.left for trial in trials] == [0] * len(trials)
    assert [trial.next for trial in trials] == [None] * len(trials)


@pytest.mark.parametrize("lie", LIES)
def test_a_reader_that_lies_is_not_believed(box, bad, put, lie, report):
    """What no reader of ours could have said makes the file corrupt."""
    trial = bad.trial(box, put, "lie", LIES[lie])
    report("F15", trials=1, lost=trial != Trial("corrupt", 0, None), note="lies not believed")
    assert trial == Trial("corrupt", 0, None)


def test_what_no_lie_would_change_is_believed(box, put):
    """The lies above are refused for what is false in them: the same answer without it is taken."""
    assert len(box.read(put("lie"), _claim()).documents) == 1


def test_an_answer_given_before_the_question_is_nobodys(box, put):
    """A reader that was taken over cannot leave its word for the next applicant's paper."""
    assert box.read(put("speak_twice"), "a").flags == ()
    assert box.read(put("fine"), "b").flags == ()


def test_pages_that_each_come_in_time_do_not_make_a_file_endless(box, put, monkeypatch):
    """A whole file has its time too: that of one unit, and a little more for each that is done."""
    monkeypatch.setattr(child, "PAGE_SECONDS", 0.01)
    assert box.read(put("dawdle"), "a").code == "timeout"
    assert box.read(put("fine"), "b").code is None


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
