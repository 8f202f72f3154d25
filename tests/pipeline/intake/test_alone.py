"""The counter alone: the standard library, the folders and a database, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store import open_store
from pipeline.store.cases import lines

ROOT = Path(__file__).parents[3]
LOADED = """
import sys
before = set(sys.modules)
import pipeline.intake.__main__
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(name for name in new - sys.stdlib_module_names if not name.startswith("_sysconfigdata")))
"""


def run(code):
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_counter_imports_nothing_but_the_standard_library():
    """No database library, no parser, no template, no law: a small machine has none of them to lose."""
    assert run(LOADED) == ["pipeline"]


WATCHER = """
import sys
import desk.cli.parts, pipeline.watch, pipeline.store
print(*sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""
HEAVY = ("prefect", "numpy", "cv2", "pypdfium2", "pikepdf", "tesserocr", "onnxruntime", "fsspec", "starlette")


def test_the_watcher_of_an_edge_machine_loads_neither_engine_nor_readers():
    """It has the folders, the database and the papers, and may be a small machine."""
    line = [sys.executable, "-c", WATCHER, *HEAVY]
    assert subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split() == []


def counter(home, database, *more):
    """Start the counter on the folders in *home* and wait for its end."""
    command = [sys.executable, "-m", "pipeline.intake", "--root", str(home / "share"), "--office", "CEU01"]
    command += ["--database", database, "--blobs", str(home / "blobs"), "--reserve", "0"]
    command += ["--stability", "0", "--folder", "0", "--scan", "0.01", *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_it_takes_what_is_ready_and_ends(tmp_path, database, pdf):
    """The rest of the program finds the case in the same record."""
    drop = tmp_path / "share" / "CEU01" / "1_ENTRADA"
    (tmp_path / "share" / "CEU01" / "2_EN_CURSO").mkdir(parents=True)
    drop.mkdir()
    (drop / "a.pdf").write_bytes(pdf)

    done = counter(tmp_path, database, "--until-idle")

    assert (done.returncode, done.stderr, list(drop.iterdir())) == (0, "", [])
    with open_store(database, tmp_path / "blobs") as store:
        assert [line.source_name for line in lines(store)] == ["a.pdf"]


def test_a_database_that_is_not_there_is_made_as_the_program_makes_it(tmp_path):
    """The first start of an office needs no other command."""
    (tmp_path / "share").mkdir()

    done = counter(tmp_path, f"sqlite:///{tmp_path}/db/v.db", "--once")

    assert (done.returncode, done.stderr) == (0, "")
    with open_store(f"sqlite:///{tmp_path}/db/v.db", tmp_path / "blobs", migrate=False) as store:
        assert lines(store) == ()


def test_a_database_lost_beside_its_papers_is_not_made_again(tmp_path):
    """It would count from 1 again; the counter says so and what to do, with the code of a missing thing."""
    paper = tmp_path / "blobs" / "ab" / f"{'c' * 62}.sha256"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"")
    (tmp_path / "share").mkdir()

    done = counter(tmp_path, f"sqlite:///{tmp_path}/v.db", "--once")

    assert done.returncode == 5
    assert "ventanilla db restore" in done.stderr
    assert not (tmp_path / "v.db").exists()


def test_a_drop_without_its_end_does_not_keep_it_for_ever(tmp_path, database, pdf):
    """`--until-idle` waits as long as something may become ready, and no longer."""
    (tmp_path / "share").mkdir()
    counter(tmp_path, database, "--once")
    (tmp_path / "share" / "CEU01" / "1_ENTRADA" / "a.pdf").write_bytes(pdf[:100])
    (tmp_path / "share" / "CEU01" / "1_ENTRADA" / "Nueva carpeta").mkdir()

    done = counter(tmp_path, database, "--until-idle", "--patience", "0.2")

    assert (done.returncode, done.stderr) == (0, "")
    left = (tmp_path / "share" / "CEU01" / "1_ENTRADA").iterdir()
    assert [path.name for path in left] == ["Nueva carpeta"]
