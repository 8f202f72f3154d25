"""`ventanilla process` as its user runs it: real files in, one answer out, nothing kept."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from desk.demo.cases import STORIES
from tests.command import ventanilla


def started(*arguments, cwd):
    """Run the program as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", "desk.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def cases(done):
    return json.loads(done.stdout)["cases"]


@pytest.fixture(scope="module")
def dropped(tmp_path_factory):
    """Every story of the demonstration, written once."""
    folder = tmp_path_factory.mktemp("dropped")
    return {story.name: story.write(folder) for story in STORIES}


@pytest.fixture(scope="module")
def told(dropped, tmp_path_factory):
    """All stories through one call, as an office would."""
    done = started("process", "--json", *dropped.values(), cwd=tmp_path_factory.mktemp("empty"))
    return {case["source"]["name"]: case for case in cases(done)}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_each_story_ends_in_its_queue(story, told):
    """One submission for every queue, and one that goes back."""
    case = told[story.name]

    assert (case["queue"], (case["returned"] or {}).get("code")) == (story.queue, story.code)


def test_cases_are_told_in_the_order_they_were_given(dropped, told):
    """Several cases are read at once; the answer keeps the order of the command."""
    assert list(told) == list(dropped)


def test_the_exit_code_says_that_something_was_returned(dropped, tmp_path):
    """4 of the contract's codes. Nothing is written where it runs."""
    done = ventanilla("process", dropped[STORIES[-1].name], cwd=tmp_path)

    assert done.returncode == 4
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_and_date_give_the_same_json(dropped, told, tmp_path):
    """Only the id differs between two runs, alone or among others."""
    (again,) = cases(ventanilla("process", "--json", dropped[STORIES[3].name], cwd=tmp_path))

    assert {**again, "id": None} == {**told[STORIES[3].name], "id": None}


def test_explain_shows_each_rule_with_its_article_and_how_its_value_was_read(dropped, tmp_path):
    """A reviewer can follow a reason to the page; where all that is proposed is `approve` the code is 0."""
    done = started("process", "--explain", dropped[STORIES[0].name], cwd=tmp_path)

    assert done.returncode == 0
    assert "CE-RES-02" in done.stdout
    assert "Orden SSI/1475/2014" in done.stdout
    assert "texto del PDF" in done.stdout
    assert "  Residencia\n      Año anterior a la solicitud: del " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("process", "no-existe.zip"), "no-existe.zip"),
        (("process", "--filed-on", "31/02/2026", "."), "--filed-on"),
        (("process", "--procedure", "otra", "."), "--procedure"),
        (("process", "--no-existe"), "--no-existe"),
        (("process",), "PATH"),
        (("otra-orden",), "otra-orden"),
    ],
)
def test_a_wrong_command_is_told_in_one_line_and_ends_in_2(arguments, says, tmp_path):
    """What is wrong and what to write instead, no traceback."""
    done = ventanilla(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("vacio.pdf", b"", "empty"),
        ("roto.zip", b"PK\x03\x04" + b"\0" * 40, "corrupt"),
        ("roto.pdf", b"%PDF-1.7\nnot a PDF at all", "corrupt"),
        ("carta.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "unsupported-type"),
        ("foto.jpg", b"MZ" + b"\0" * 600, "type-mismatch"),
    ],
)
def test_a_file_that_cannot_be_read_is_returned_with_its_code(name, data, code, tmp_path):
    """Every file gets an answer from the closed list, whatever is in it."""
    (tmp_path / name).write_bytes(data)

    done = ventanilla("process", "--json", name, cwd=tmp_path)

    assert done.returncode == 4
    assert cases(done)[0]["returned"]["code"] == code
    assert "Traceback" not in done.stderr


def test_an_interrupted_run_ends_at_once_and_leaves_nothing(dropped, tmp_path):
    """Ctrl-C while papers are read: exit code 130, no child, no temporary file with what was in them."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "process", *[str(path) for path in dropped.values()] * 20],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        # whoever runs the tests in the background of a shell hands down a Ctrl-C that is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads
    )
    waited = time.monotonic()
    while not list(temporary.glob("ventanilla-work*/*")) and time.monotonic() - waited < 60:
        time.sleep(0.05)

    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=20)

    assert running.returncode == 130
    assert b"Traceback" not in said[1]
    assert list(temporary.iterdir()) == []


def test_what_a_killed_run_had_unpacked_goes_with_the_next(dropped, tmp_path):
    """Papers of somebody do not stay in the folder for temporary files."""
    own = {**os.environ, "TMPDIR": str(tmp_path)}
    first = [sys.executable, "-m", "desk.cli", "process", *map(str, dropped.values())]
    run = subprocess.Popen(first, cwd=tmp_path, env=own, stdout=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not list(tmp_path.glob("ventanilla-work*/*")) and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    left = list(tmp_path.glob("ventanilla-work*"))
    nothing = tmp_path / "nada.txt"
    nothing.write_bytes(b"")

    subprocess.run([*first[:4], str(nothing)], cwd=tmp_path, env=own, capture_output=True, check=False)
    assert left
    assert list(tmp_path.glob("ventanilla-work*")) == []


def test_a_package_in_which_no_paper_opens_goes_back(dropped, tmp_path):
    """Locked papers only: nothing was received technically, whatever their number."""
    locked = dropped[STORIES[-1].name].read_bytes()
    with zipfile.ZipFile(tmp_path / "cerrado.zip", "w") as package:
        package.writestr("uno.pdf", locked)
        package.writestr("dos.pdf", locked)

    done = ventanilla("process", "--json", "cerrado.zip", cwd=tmp_path)

    assert cases(done)[0]["returned"]["code"] == "encrypted"
