"""Whatever a paper does to its reader, the answer is a code and the next paper is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from extractors.bounds import Bounds
from extractors.reading.apart import answers, child, confine, processes
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.refusal import Missing

QUICK = Bounds(cpu_seconds=20, wall_seconds=20)


@pytest.fixture(scope="module")
def shared():
    """One sandbox for the papers that harm no time."""
    with Sandbox(QUICK) as box:
        yield box


@pytest.fixture
def put(tmp_path):
    """Put bytes into a file and return its path."""

    def write(data: bytes, name: str = "a.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_a_paper_is_read_as_it_would_be_here(shared, put, paper):
    """Documents cross the pipe whole, under the name that was given."""
    reading = shared.read(put(paper.typed()), "carpeta/padrón.pdf")
    (document,) = reading.documents
    assert (document.file, document.pages, document.language) == ("carpeta/padrón.pdf", (1,), "es")
    assert len(document.sha256) == 64


def test_a_paper_that_crashes_its_reader_is_named_and_the_next_is_read(shared, put, paper):
    """A form that draws itself brings PDFium down; only that file pays."""
    assert shared.read(put(paper.self_recursive()), "a").code in {"memory", "corrupt", "timeout"}
    assert shared.read(put(paper.typed()), "b").code is None


def test_a_paper_that_takes_too_long_is_given_up(put, paper):
    """Strokes without end: the wall clock ends the child, the next paper gets a new one."""
    with Sandbox(Bounds(wall_seconds=2)) as box:
        assert box.read(put(paper.endless_lines(2000)), "a").code == "timeout"
        assert box.read(put(paper.typed()), "b").code is None


def test_cpu_time_is_limited_too(put, paper):
    """Each unit of work has its CPU seconds, whatever the clock says."""
    with Sandbox(Bounds(cpu_seconds=2)) as box:
        assert box.read(put(paper.endless_lines(2000)), "a").code == "timeout"


def test_a_paper_that_wants_too_much_memory_is_named(put, paper):
    """Pixels within the limits that do not fit the child's memory."""
    picture = Image.new("RGBA", (9000, 9000), "white")
    with Sandbox(Bounds(memory=700 << 20)) as box:  # the readers themselves take 530 MB of address space
        assert box.read(put(paper.saved(picture, "PNG", compress_level=1)), "a").code == "memory"
        assert box.read(put(paper.typed()), "b").code is None


def test_an_answer_without_end_is_cut_off(shared, put, paper, monkeypatch):
    """The parent reads no more than it has agreed to."""
    monkeypatch.setattr(answers, "LONGEST", 300)
    assert shared.read(put(paper.typed()), "a").code == "memory"


@pytest.mark.parametrize(("data", "code"), [(b"hola", "unsupported-type"), (b"%PDF-1.7\n", "corrupt")])
def test_codes_cross_the_pipe(shared, put, data, code):
    """What reading refuses is answered by its code and nothing else."""
    reading = shared.read(put(data), "a")
    assert (reading.code, reading.documents) == (code, ())


def test_nothing_stays_behind(put, paper):
    """With the sandbox go its processes, and its folder."""
    with Sandbox(QUICK, "limits") as box:
        box.read(put(paper.typed()), "a")
        keeper, folder = box._child.pid, box._child.folder.path
        started = [keeper, *processes.below(keeper)]
        assert folder.is_dir()
        assert len(started) == 2
    assert processes.living(started) == []
    assert not folder.exists()


def test_a_file_that_is_not_there_is_no_bad_paper(shared, tmp_path):
    """The caller's mistake is the caller's to hear of."""
    with pytest.raises(FileNotFoundError):
        shared.read(tmp_path / "nada.pdf", "nada.pdf")


def test_no_paper_is_blamed_for_a_child_that_cannot_start(put, paper, monkeypatch):
    """A broken installation is told, not turned into returned applications."""
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    with Sandbox(QUICK) as box, pytest.raises(Missing, match="cannot start"):
        box.read(put(paper.typed()), "a")


def test_no_scan_is_blamed_for_a_missing_ocr_program(put, paper, monkeypatch):
    """Without tesseract a scan is not unreadable: the machine is not ready."""
    confine.program()  # found once for all tests, before the path is gone
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setenv("TESSDATA_PREFIX", "/nonexistent")
    scan = paper.saved(paper.pictured(paper.typed()))
    with Sandbox(QUICK) as box:
        assert box.read(put(paper.typed(["Carta a quien corresponda"])), "a").code is None
        with pytest.raises(Missing, match="tesseract"):
            box.read(put(scan, "a.jpg"), "b")


def test_the_child_knows_no_proxy_and_no_secret(monkeypatch):
    """Only what it needs to find programs is passed on."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    monkeypatch.setenv("DB_PASSWORD", "secret")
    given = confine.environment("folder")
    assert {"HTTPS_PROXY", "DB_PASSWORD"}.isdisjoint(given)
    assert (given["OMP_THREAD_LIMIT"], given["OPENBLAS_NUM_THREADS"], given["TMPDIR"]) == ("1", "1", "folder")


def test_a_child_that_was_killed_while_idle_costs_no_paper(shared, put, paper):
    """The next file gets a new child and is read."""
    shared.read(put(paper.typed()), "a")
    os.kill(shared._child.pid, 9)
    assert shared.read(put(paper.typed()), "b").code is None


def test_a_read_abandoned_while_its_child_starts_is_interrupted(put, paper, monkeypatch):
    """Who abandons just then sees no child to kill; the file must not be read to its end all the same."""
    start = child.Child
    with Sandbox(QUICK) as box:

        def started(*arguments):
            box.abandon()
            return start(*arguments)

        monkeypatch.setattr("extractors.reading.apart.sandbox.Child", started)
        with pytest.raises(InterruptedError):
            box.read(put(paper.typed()), "a.pdf")


@pytest.mark.parametrize(
    ("answers_", "told"),
    [(["killed", None, "read"], "read"), ([None, "killed", "read"], "read"), ([None, None], "ends before")],
)
def test_a_reader_that_ended_is_replaced_with_its_keeper_once(answers_, told, monkeypatch):
    """One killed by who knows whom is, too; one after the other costs no file its reading."""
    said, ends = iter(answers_), []

    def ask(_):
        answer = next(said)
        if answer == "killed":
            raise answers.Lost(None, killed=True)
        return answer

    box = Sandbox(Bounds())
    monkeypatch.setattr(box, "_there", lambda: None)
    monkeypatch.setattr(box, "_end", lambda: ends.append(True))
    if told == "read":
        assert box._asked(ask) == told
    else:
        with pytest.raises(Missing, match=told):
            box._asked(ask)
    assert len(ends) == answers_.count(None)
