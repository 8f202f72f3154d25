"""`ventanilla db` and what `doctor` says of the record, as an administrator meets them."""

import datetime as dt
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli.main import gather
from desk.cli.record import antivirus, database, waiting
from desk.cli.today import today
from pipeline.errors import EnvironmentFault, MustWait, UsageError
from pipeline.files import Files
from pipeline.life.gap import brought_back
from pipeline.settings import load
from pipeline.store.blobs import Blobs
from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.store.restore import restore
from pipeline.store.waits import put_aside
from pipeline.waiting import WAITS
from tests.faults.record.office import made, paper


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Return an office with one case accepted; it is copied, never changed."""
    office = made(tmp_path_factory.mktemp("watched") / "office")
    office.drop("a.pdf", paper("solicitud"))
    with office.open() as store:
        office.look(store)
    return office


@pytest.fixture
def machine(watched, tmp_path, monkeypatch):
    """Return a machine with that office, whose settings the commands find."""
    office = watched.copied(tmp_path / "office")
    monkeypatch.chdir(office.home)
    for key, value in {
        "FOLDERS__ROOT": office.home / "share",
        "STORAGE__DATABASE": f"sqlite:///{office.database}",
        "STORAGE__BLOBS": office.home / "blobs",
    }.items():
        monkeypatch.setenv(f"VENTANILLA_{key}", str(value))
    return office


def db(*arguments):
    """Run `ventanilla db`; errors that `main` would tell are raised."""
    return CliRunner().invoke(gather(), ["db", *map(str, arguments)], catch_exceptions=False)


def test_a_record_in_order_is_found_so(machine):
    """Exit code 0 and one sentence."""
    done = db("check")

    assert (done.exit_code, done.stdout) == (0, "La base de datos y los papeles están enteros.\n")


def test_a_changed_paper_is_found(machine):
    """Its bytes are no longer those that its name says."""
    (blob,) = (machine.home / "blobs").glob("??/*.sha256")
    blob.write_bytes(b"otra cosa")

    done = db("check")
    assert done.exit_code == 1
    assert "falta o está cambiado" in done.stdout
    assert "db restore" in done.stdout


def test_a_damaged_file_is_found(machine):
    """SQLite's own check speaks first."""
    with sqlite3.connect(machine.database) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(machine.database.read_bytes())
    data[5000:60000] = bytes(55000)
    machine.database.write_bytes(data)

    done = db("check")
    assert done.exit_code == 1
    assert "[MAL  ] El archivo de la base de datos no se puede leer (SQLITE_CORRUPT)" in done.stdout


def test_a_name_in_the_file_that_is_no_text_any_more_is_damage(machine, tmp_path):
    """SQLite's driver fails on it before SQLite can tell: it is told all the same, and not copied."""
    with sqlite3.connect(machine.database) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = machine.database.read_bytes()
    machine.database.write_bytes(data.replace(b"TABLE submissions", b"TABLE subm\xffssions"))

    done = db("check")
    assert done.exit_code == 1
    assert "[MAL  ] El archivo de la base de datos no se puede leer" in done.stdout
    with pytest.raises(EnvironmentFault, match="no se puede copiar"):
        db("backup", tmp_path / "copia.tar")
    assert list(tmp_path.glob("*copia*")) == []


def test_nothing_is_received_into_a_damaged_database(machine):
    """The watcher stops with what to do; other parts may not have met the damage yet."""
    with sqlite3.connect(machine.database) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_cases_office'").fetchone()
    data = bytearray(machine.database.read_bytes())
    data[(page - 1) * 4096 + 8 : page * 4096] = bytes(4096 - 8)
    machine.database.write_bytes(data)

    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "watch"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 5
    assert "La base de datos está dañada" in done.stderr
    assert "ventanilla db check" in done.stderr


def test_papers_that_no_row_knows_are_only_told(machine):
    """They may be a copy that was cut; nothing is removed."""
    with machine.open() as store:
        store.blobs.keep(machine.home / "share" / "CEU01" / "ESTADO.html")

    done = db("check")
    assert done.exit_code == 0
    assert "[aviso] 1 papeles guardados no son de ningún expediente" in done.stdout
    assert len(list((machine.home / "blobs").glob("??/*.sha256"))) == 2


def test_a_missing_database_is_no_new_one(machine):
    """`check` says that it is gone, and what to do; `backup` too."""
    machine.database.unlink()

    with pytest.raises(EnvironmentFault, match="no se crea otra"):
        db("check")
    with pytest.raises(EnvironmentFault, match="no se puede copiar"):
        db("backup", "copia.tar")
    assert not machine.database.exists()
    assert list(machine.home.glob("*.tar")) == []


def test_copied_lost_and_brought_back(machine):
    """The case is there again with its number, and the next one has the next."""
    assert db("backup", "copia.tar").exit_code == 0
    assert "La copia está entera: 1 papeles" in db("restore", "--verify", "copia.tar").stdout
    machine.database.unlink()
    shutil.rmtree(machine.home / "blobs")

    said = db("restore", "copia.tar")
    assert said.exit_code == 0
    assert "No se anota ningún silencio" in said.stdout
    assert db("check").exit_code == 0
    with machine.open() as store:
        assert [line.number for line in lines(store)] == ["CEU01-2026-000001"]


def test_after_a_copy_a_person_answers_for_the_record(machine):
    """Until then list and doctor say that no silence is recorded; twice nobody has to say it."""
    db("backup", "copia.tar")
    machine.database.unlink()
    db("restore", "copia.tar")

    assert "no se anota ningún silencio" in CliRunner().invoke(gather(), ["case", "list"]).stdout
    listed = json.loads(CliRunner().invoke(gather(), ["case", "list", "--json"]).stdout)
    assert (listed["may_lack_events"], listed["today"]) == (True, [])
    (check,) = today(load())
    assert (check.well, check.needed) == (False, False)
    assert "db restored --by" in check.remedy

    assert "Desde mañana" in db("restored", "--by", "ana").stdout
    assert list(today(load())) == []
    assert "copia" not in CliRunner().invoke(gather(), ["case", "list"]).stdout
    with pytest.raises(UsageError, match="ninguna copia"):
        db("restored", "--by", "ana")


def test_a_copy_says_of_itself_that_it_was_brought_back_before_it_stands_in_its_place(machine):
    """Whoever is stopped right after the file has its name leaves a record that knows what it is."""
    db("backup", "copia.tar")
    machine.database.unlink()
    restore(Path("copia.tar"), machine.database, Blobs(root=machine.home / "blobs", files=Files()))

    with machine.open() as store:
        assert brought_back(store)


def test_lost_without_a_copy_the_numbers_go_on(machine):
    """What the folders show is told, so that somebody looks for it."""
    machine.database.unlink()

    done = db("restore", "--without-copy")
    assert done.exit_code == 0
    assert "CEU01-2026-000001: está en las carpetas y no en la base de datos." in done.stdout
    assert db("check").exit_code == 0


def test_a_copy_is_never_written_over(machine):
    """Nor is a database restored over another."""
    assert db("backup", "copia.tar").exit_code == 0

    with pytest.raises(UsageError, match="Ya existe"):
        db("backup", "copia.tar")
    with pytest.raises(UsageError, match="hay ya una base de datos"):
        db("restore", "copia.tar")
    with pytest.raises(UsageError, match="Falta la copia"):
        db("restore")


def test_a_database_on_a_server_is_copied_by_its_own_tools(machine, monkeypatch):
    """It is said which."""
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", "postgresql+psycopg://v@localhost/v")

    with pytest.raises(UsageError, match="pg_dump"):
        db("backup", "copia.tar")


def test_a_database_on_a_server_is_checked_like_a_file(machine, monkeypatch, postgres_store_url):
    """Papers and rows; this one has a paper and no row yet."""
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", postgres_store_url)
    monkeypatch.setenv("VENTANILLA_FOLDERS__ROOT", str(machine.home / "none"))

    done = db("check")
    assert done.exit_code == 0
    assert "no son de ningún expediente" in done.stdout


def test_a_server_whose_dump_was_restored_is_told_so_and_waits_for_a_person(
    machine, monkeypatch, postgres_store_url
):
    """Older than the folders it shows by itself; told, its numbers go on and a person answers for it."""
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", postgres_store_url)
    assert [check.well for check in today(load())] == [False]

    assert "CEU01-2026-000001" in db("restore", "--without-copy").stdout
    assert [check.well for check in today(load())] == [False]
    db("restored", "--by", "ana")
    assert list(today(load())) == []


def test_a_database_that_is_up_to_date_stays_so(machine):
    """`upgrade` may be run at any time."""
    assert "está al día" in db("upgrade").stdout


@pytest.mark.parametrize("why", WAITS)
def test_the_doctor_says_how_many_cases_wait_and_for_what(machine, why):
    """With what can be done about it."""
    with machine.open() as store:
        now = dt.datetime.now(dt.UTC)
        later = None if WAITS[why].person else now + dt.timedelta(days=1)
        put_aside(store, claim(store, "a", 60, now), MustWait(why, "", "", later), now)

    (check,) = waiting(load())
    assert (check.what, check.seen, check.remedy) == ("expedientes que esperan: 1", *WAITS[why][:2])


def test_the_doctor_tells_a_lost_database_in_its_own_words(machine):
    """Not only the kind of the error."""
    machine.database.unlink()

    found = database(load())
    assert not found.well
    assert "no se crea otra" in found.seen
    assert "db restore" in found.remedy


@pytest.mark.parametrize(
    ("mode", "needed", "seen"),
    [
        ("off", False, "no se usa"),
        ("optional", False, "no responde: se sigue sin él"),
        ("required", True, "no responde: los expedientes esperan"),
    ],
)
def test_the_doctor_asks_the_antivirus(monkeypatch, mode, needed, seen):
    """Without one it is an advice; required and away, something is missing."""
    monkeypatch.setenv("VENTANILLA_ANTIVIRUS__MODE", mode)
    monkeypatch.setenv("VENTANILLA_ANTIVIRUS__SOCKET", "/nowhere/clamd.ctl")

    found = antivirus(load())
    assert (found.well, found.needed, found.seen) == (False, needed, seen)
