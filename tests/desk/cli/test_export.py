"""`ventanilla case export` at a terminal: a file written whole or not at all, its check, two people asked."""

import contextlib
import datetime as dt

import pytest
from click.testing import CliRunner

from desk.cli.main import gather
from desk.people.accounts import add
from desk.people.rights import Role
from pipeline.errors import VentanillaError
from pipeline.settings import Folders, Settings, Storage
from pipeline.store import open_store
from pipeline.watch import Watcher

WORD = "una larga frase de paso"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Terminal:
    """A terminal of a machine with one case that nobody has read yet."""

    def __init__(self, folder):
        self.folder = folder
        database, blobs = f"sqlite:///{folder}/v.db", folder / "blobs"
        settings = Settings(
            folders=Folders(root=folder / "oficinas", offices=("CEU01",)),
            storage=Storage(database=database, blobs=blobs, reserve=0),
        )
        with open_store(database, blobs) as store:
            seconds = [0.0]
            watcher = Watcher(settings, store, clock=lambda: seconds[0])
            watcher.scan_once()
            (folder / "oficinas" / "CEU01" / "1_ENTRADA" / "solicitud.pdf").write_bytes(PDF)
            for seconds[0] in (0.0, 3.0, 6.0):
                watcher.scan_once()
            now = dt.datetime.now(dt.UTC)
            for login, role in (("ana", "reviewer"), ("eva", "auditor")):
                add(store, login, login, roles=[Role(role)], offices=["*"], password=WORD, at=now)
            with store.read() as connection:
                self.number = connection.exec_driver_sql("SELECT number FROM cases").scalar_one()
        self.around = {
            "VENTANILLA_FOLDERS__ROOT": str(folder / "oficinas"),
            "VENTANILLA_STORAGE__DATABASE": database,
            "VENTANILLA_STORAGE__BLOBS": str(blobs),
        }

    def __call__(self, *words, typed=""):
        """Run the command; return how it ended, and what it said."""
        line = ["case", "export", *words]
        with contextlib.chdir(self.folder):
            done = CliRunner(env=self.around).invoke(gather(), line, input=typed)
        fault = done.exception if isinstance(done.exception, VentanillaError) else None
        return (fault.exit_code if fault else done.exit_code), done.output + str(fault or "")

    def files(self):
        """Return the names of the archives that lie there, whole or in part."""
        return sorted(path.name for path in self.folder.iterdir() if ".zip" in path.name)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    """Return a terminal."""
    return Terminal(tmp_path_factory.mktemp("terminal"))


def test_a_refused_export_leaves_nothing_and_says_what_to_set(terminal):
    """Neither a file nor a part of one."""
    code, said = terminal(terminal.number, "--unsigned", "--out", "a.zip")

    assert code == 2
    assert "DIR3" in said
    assert terminal.files() == []


def test_a_file_is_written_for_its_owner_alone_never_over_another_and_checked(terminal):
    """What it lacks is said; a file that nobody signed is not proved, and says so."""
    code, said = terminal(terminal.number, "--unsigned", "--without-codes", "--out", "b.zip")
    again, _ = terminal(terminal.number, "--unsigned", "--without-codes", "--out", "b.zip")
    checked, verdict = terminal("--verify", "b.zip")
    files = terminal.files()
    mode = (terminal.folder / "b.zip").stat().st_mode & 0o777
    (terminal.folder / "b.zip").unlink()

    assert (code, again, checked) == (0, 2, 3)
    assert "no está firmado" in said
    assert "SIN CAMBIOS" in verdict
    assert (files, mode) == (["b.zip"], 0o600)


def test_two_people_type_their_passwords_for_a_persons_data(terminal):
    """The number is typed too, so that no list of processes shows it."""
    asked = ("--subject", "-", "--asked-by", "ana", "--approved-by", "eva")
    told = ("--reason", "access", "--reference", "2026-E-7", "--out", "c.zip")

    right = terminal(*asked, *told, typed=f"12345678Z\n{WORD}\n{WORD}\n")
    files = terminal.files()
    (terminal.folder / "c.zip").unlink(missing_ok=True)
    wrong = terminal(*asked, *told, typed=f"12345678Z\n{WORD}\notra\n")
    unsaid = terminal(*asked, typed="12345678Z\n")

    assert right == (0, "c.zip: 0 expedientes, 0 papeles propios\n")
    assert files == ["c.zip"]
    assert (wrong[0], unsaid[0]) == (2, 2)
    assert terminal.files() == []
