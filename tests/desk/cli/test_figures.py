"""`ventanilla figures`, as an administrator meets it."""

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from desk.cli.main import gather
from pipeline.figures.tables import day_counts
from pipeline.store import open_store
from tests.pipeline.figures.conftest import Record


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Return the record of a machine whose settings the command finds, with one case that was counted."""
    monkeypatch.chdir(tmp_path)
    for key, value in {
        "VENTANILLA_FOLDERS__ROOT": tmp_path / "share",
        "VENTANILLA_STORAGE__DATABASE": f"sqlite:///{tmp_path}/v.db",
        "VENTANILLA_STORAGE__BLOBS": tmp_path / "blobs",
    }.items():
        monkeypatch.setenv(key, str(value))
    with open_store(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs") as one:
        record = Record(one)
        record.came()
        record.tidy()
        yield one


def run(*words):
    """Run the command and return its exit code and what it says."""
    done = CliRunner().invoke(gather(), ["figures", *words], catch_exceptions=False)
    return done.exit_code, done.output


def test_figures_that_are_right_are_said_to_be(store):
    """And nothing changes."""
    assert run() == (0, "Las sumas cuadran con los expedientes.\n")


def test_wrong_figures_are_put_right_and_counted(store):
    """It came, it lies open, it has no last day: three sums; the second time they are right."""
    with store.write() as connection:
        connection.execute(sa.update(day_counts).values(number=7))

    assert run()[1] == "Sumas corregidas: 3.\n"
    assert run()[1] == "Las sumas cuadran con los expedientes.\n"


def test_every_case_can_be_counted_again(store):
    """The command says how many will be."""
    assert "Expedientes que se volverán a contar mientras el programa trabaja: 1." in run("--anew")[1]
