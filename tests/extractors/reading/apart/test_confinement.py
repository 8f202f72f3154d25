"""What the child is shown, how the level is chosen, and what the kernel refuses to it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.reading.apart import confine, level, probe
from extractors.reading.files.sealed import sealed
from extractors.reading.refusal import Missing


@pytest.fixture
def trial(monkeypatch):
    """Return a function that lets bubblewrap do as is said."""
    return lambda came: monkeypatch.setattr(level, "tried", lambda: came)


def shown(command: list[str]) -> list[Path]:
    """Return the paths that *command* shows inside the sandbox."""
    return [Path(command[i + 1]) for i, word in enumerate(command) if word == "--ro-bind"]


def test_neither_home_nor_the_folder_of_the_program_is_shown():
    """Data may lie beside the program or in a home: only the packages themselves are seen."""
    private = {Path.home(), Path.cwd(), confine.PACKAGE.parent, Path("/"), Path("/etc"), Path("/tmp")}
    seen = shown(confine.confined(["true"]))
    assert confine.PACKAGE in seen
    assert not [path for path in seen if any(one == path or one.is_relative_to(path) for one in private)]


def test_nothing_can_be_written_but_the_private_folder():
    """The only bindings are read-only; the root and the devices are made so."""
    command = confine.confined(["true"])
    assert "--bind" not in command
    assert [command[i + 1] for i, word in enumerate(command) if word == "--remount-ro"] == ["/dev", "/"]


def test_a_folder_inside_one_that_is_shown_is_not_shown_twice(tmp_path):
    """A second binding on a read-only one could not be made."""
    inner = tmp_path / "a b" / "ñ"
    inner.mkdir(parents=True)
    assert [
        p for p in shown(confine.confined(["true"], [inner, tmp_path])) if tmp_path in (p, *p.parents)
    ] == [tmp_path]


def test_a_program_reached_by_links_is_shown_with_every_link(tmp_path):
    """Python of an environment is a link to one that may lie anywhere."""
    for name in ("real", "middle", "first"):
        (tmp_path / name).mkdir()
    (tmp_path / "real" / "python").touch()
    (tmp_path / "middle" / "python").symlink_to(tmp_path / "real" / "python")
    (tmp_path / "first" / "python").symlink_to("../middle/python")
    found = {path.resolve() for path in confine._links(str(tmp_path / "first" / "python"))}
    assert found == {tmp_path / name for name in ("first", "middle", "real")}


def test_the_better_level_is_taken_where_it_works(trial):
    """Nobody has to ask for it."""
    trial("works")
    assert [level.chosen(wanted) for wanted in ("auto", "bwrap", "limits")] == ["bwrap", "bwrap", "limits"]


@pytest.mark.parametrize("came", ["absent", "refused"])
def test_where_it_does_not_work_papers_are_read_with_limits_unless_it_is_demanded(trial, came):
    """A demand that cannot be met is an environment to mend, not a weaker sandbox in silence."""
    trial(came)
    assert level.chosen("auto") == "limits"
    with pytest.raises(Missing, match="bubblewrap"):
        level.chosen("bwrap")


def test_a_sandbox_that_does_not_confine_is_found_out(monkeypatch):
    """Negative control of the trial: started without bubblewrap, the probe sees what it must not."""
    monkeypatch.setattr(confine, "confined", lambda command: command)
    assert level.tried.__wrapped__() == "refused"


def test_a_bubblewrap_that_may_not_work_is_found_out(monkeypatch, tmp_path):
    """As in a container that forbids namespaces: the program is there and fails."""
    barred = tmp_path / "bwrap"
    barred.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    barred.chmod(0o755)
    monkeypatch.setattr(confine, "program", lambda: str(barred))
    assert level.tried.__wrapped__() == "refused"


def test_the_trial_looks_for_every_package_that_the_readers_import():
    """One that is missing inside would otherwise be missed with the first paper."""
    imported = set()
    for module in confine.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported |= {name.partition(".")[0] for name in names if name}
    by_name = {"onnxruntime", "rapidocr"}  # loaded with the first scan; of the other only the model is read
    spared = {"extractors", "tesserocr"}  # ours; and one without which the program of the same engine reads
    assert imported - sys.stdlib_module_names - spared == set(probe.PACKAGES) - by_name


CALLS = {
    "a connection": "import socket; socket.socket()",
    "a namespace": "import ctypes, os; l = ctypes.CDLL(None, use_errno=True)\n"
    "if l.unshare(0x10000000): raise OSError(ctypes.get_errno(), '')",
    "a mount": "import ctypes, os; l = ctypes.CDLL(None, use_errno=True)\n"
    "if l.mount(b'a', b'/tmp', b'tmpfs', 0, None): raise OSError(ctypes.get_errno(), '')",
}
REFUSING = """
import sys
from extractors.reading.apart import calls
refused = calls.refuse()
try:
    exec(sys.argv[1])
except PermissionError:
    sys.exit(7)
sys.exit(0)
"""


@pytest.mark.parametrize("call", CALLS)
def test_the_kernel_refuses_what_no_reader_needs(call):
    """Refused in a process that asked for it, whatever its account may do elsewhere."""
    assert _ran(REFUSING, CALLS[call]) == 7


def test_what_a_reader_needs_is_left():
    """Threads, programs and pipes between them go on working."""
    needed = "import subprocess, threading; t = threading.Thread(target=int); t.start(); t.join()\n"
    assert _ran(REFUSING, needed + "subprocess.run(['true'], check=True, capture_output=True)") == 0


def test_a_sealed_copy_is_the_file_and_stays_so(tmp_path):
    """The bytes are those of the file; a write, a cut and a mapping to write are refused."""
    paper = tmp_path / "a.pdf"
    paper.write_bytes(os.urandom(300_000))
    with sealed(paper) as copy:
        assert os.pread(copy, 400_000, 0) == paper.read_bytes()
        for change in (lambda: os.write(copy, b"x"), lambda: os.ftruncate(copy, 0)):
            with pytest.raises(PermissionError):
                change()


def _ran(program: str, argument: str) -> int:
    """Return the status of a Python of its own."""
    root = str(confine.PACKAGE.parent)
    done = subprocess.run([sys.executable, "-c", program, argument], env={"PYTHONPATH": root}, check=False)
    return done.returncode
