"""`ventanilla retention`: what it says before and after, and who may open what is blocked."""

import contextlib
import datetime as dt
import json
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from desk.cli.kept_for import kept_for
from desk.cli.main import gather
from desk.people.accounts import AccountError, add
from desk.people.rights import Role
from pipeline.errors import EnvironmentFault
from pipeline.folders.places import Place, make
from pipeline.folders.publish import clear
from pipeline.intake.chosen import Folders, Storage
from pipeline.journal.rows import uncleared
from pipeline.settings import Settings, load
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from pipeline.watch import Watcher

LONG_AGO = dt.datetime(2010, 3, 16, 9, 30, tzinfo=dt.UTC)
PIA = "una frase larga de pia"
PASSWORDS = {"ana": "una frase larga de ana", "eva": "otra frase larga de eva", "luis": "frase larga de luis"}
TERMS = (
    '[retention]\nkeys = "claves"\n[[retention.terms]]\nprocedure = "*"\nblock_years = 5\nerase_years = 40\n'
)


@pytest.fixture
def machine(tmp_path, monkeypatch, quick_passwords):
    """Return the folder of a machine with a case that was returned in 2010, and an account."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ventanilla.toml").write_text(
        '[storage]\ndatabase = "sqlite:///v.db"\nblobs = "blobs"\nreserve = 0\n'
        '[folders]\nroot = "share"\noffices = ["CEU01"]\n'
    )
    settings = Settings(
        folders=Folders(root=tmp_path / "share", offices=("CEU01",)),
        storage=Storage(database=f"sqlite:///{tmp_path}/v.db", blobs=tmp_path / "blobs", reserve=0),
    )
    place = make(tmp_path / "share", "CEU01")
    with open_store(settings.storage.database, tmp_path / "blobs") as store:
        hour = [0.0]
        watcher = Watcher(settings, store, now=lambda: LONG_AGO, clock=lambda: hour[0])
        (place.path / "1_ENTRADA" / "solicitud.pdf").write_bytes(b"%PDF-1.4 rota\n%%EOF\n")
        watcher.scan_once()
        hour[0] = 30.0
        watcher.scan_once()
        claimed = claim(store, "w", 60, LONG_AGO)
        returned = Result(stage="returned", report={"returned": {"code": "corrupt"}})
        assert finish(store, claimed, returned, LONG_AGO)
        release(store, claimed, LONG_AGO)
        for entered in uncleared(store, claimed.case.id):
            clear(store, Place(tmp_path / "share", "CEU01"), entered, LONG_AGO)
        add(store, "pia", "Pía", roles=[Role.ADMINISTRATOR], offices=["*"], password=PIA, at=LONG_AGO)
    return tmp_path


@pytest.fixture
def run(machine):
    """Return a function that runs a command there; what is typed goes after it, Pía's password by itself."""
    app = gather()
    return lambda *words, typed=f"{PIA}\n": CliRunner().invoke(app, ["retention", *words], input=typed)


def decided(machine):
    """Let the body decide its periods."""
    with (machine / "ventanilla.toml").open("a") as file:
        file.write(TERMS)


def test_without_periods_it_says_that_the_body_decides(run):
    """And does nothing; doctor says it too, as something to be known."""
    said = [run("show").output, run("run", "--by", "pia").output]

    assert all("Los decide el organismo" in one for one in said)
    (check,) = kept_for(load())
    assert (check.well, check.needed) == (False, False)


def test_a_case_is_shown_tried_blocked_and_shown(run, machine):
    """The trial writes nothing; what lies in the office's folders is listed for whoever answers for it."""
    decided(machine)
    left = machine / "share" / "CEU01" / "5_DEVUELTO" / "CEU01-2010-000001"
    left.mkdir(parents=True)
    tried = run("run", "--dry-run", "--by", "pia").output
    before = run("show").output
    done = run("run", "--by", "pia").output

    assert tried.splitlines()[:2] == ["Por bloquear en la próxima ejecución: 1.", "  CEU01-2010-000001"]
    assert before.startswith("Vivos: 1. Bloqueados: 0. Suprimidos: 0.\nPor bloquear")
    assert done.startswith("Bloqueados: 1. Suprimidos: 0. Papeles quitados: 1.\n")
    assert "5_DEVUELTO/CEU01-2010-000001" in done
    assert run("show").output.startswith("Vivos: 0. Bloqueados: 1. Suprimidos: 0.\n")
    assert "returned; recibido el 16/03/2010" in run("show", "CEU01-2010-000001").output
    assert "5_DEVUELTO/CEU01-2010-000001" in run("show", "--folders").output
    assert [one.well for one in kept_for(load())] == [True, False, False, True]


def test_a_hold_is_placed_shown_and_ended(run, machine):
    """By an account that is known, with the number of the proceedings."""
    decided(machine)
    held = run("hold", "CEU01-2010-000001", "--why", "court", "--reference", "PO 1/2012", "--by", "pia")
    shown = run("show").output
    ended = run("release", "CEU01-2010-000001", "--reason", "sentencia firme", "--by", "pia")
    stranger = run("hold", "CEU01-2010-000001", "--why", "court", "--reference", "x", "--by", "nadie")

    assert held.output == "CEU01-2010-000001: retenido.\n"
    assert "Por bloquear en la próxima ejecución: 0." in shown
    assert "Retenido: CEU01-2010-000001, proceso judicial, PO 1/2012; pia" in shown
    assert ended.output == "CEU01-2010-000001: ya no está retenido.\n"
    assert isinstance(stranger.exception, AccountError)


def test_nothing_is_erased_or_let_go_in_the_name_of_somebody_who_does_not_show_it(run, machine):
    """A wrong password, and one of somebody without the right, change nothing; a trial needs none."""
    decided(machine)
    with open_store(f"sqlite:///{machine}/v.db", machine / "blobs") as store:
        add(store, "luis", "Luis", roles=[Role.CLERK], offices=["*"], password=PASSWORDS["luis"], at=LONG_AGO)
    held = run("hold", "CEU01-2010-000001", "--why", "court", "--reference", "PO 1/2012", "--by", "pia")
    refused = [
        run("run", "--by", "pia", typed="no es esa\n"),
        run("run", "--by", "luis", typed=f"{PASSWORDS['luis']}\n"),
        run("release", "CEU01-2010-000001", "--reason", "x", "--by", "pia", typed="no es esa\n"),
    ]
    shown = run("show").output

    assert held.exit_code == 0
    assert {type(one.exception) for one in refused} == {AccountError}
    assert shown.startswith("Vivos: 1. Bloqueados: 0.")
    assert "Retenido: CEU01-2010-000001" in shown
    assert run("run", "--dry-run", "--by", "pia", typed="").exit_code == 0


def test_a_blocked_case_is_opened_with_the_passwords_of_two_people(run, machine):
    """An administrator and an auditor; a clerk, a wrong word and the same person twice open nothing."""
    decided(machine)
    run("run", "--by", "pia")
    with open_store(f"sqlite:///{machine}/v.db", machine / "blobs") as store:
        for login, role in (("ana", Role.ADMINISTRATOR), ("eva", Role.AUDITOR), ("luis", Role.CLERK)):
            add(store, login, login, roles=[role], offices=["*"], password=PASSWORDS[login], at=LONG_AGO)

    def opened(first, second, *words):
        people = ("--by", first, "--second", second, "--reference", "Juzgado 1, PO 1/2012")
        return run("open", "CEU01-2010-000001", "juez", *people, typed="".join(f"{one}\n" for one in words))

    refused = [
        opened("ana", "eva", PASSWORDS["ana"], "no es esa"),
        opened("ana", "luis", PASSWORDS["ana"], PASSWORDS["luis"]),
        opened("eva", "ana", PASSWORDS["eva"], PASSWORDS["ana"]),
    ]
    nothing = (machine / "juez").exists()
    done = opened("ana", "eva", PASSWORDS["ana"], PASSWORDS["eva"])

    assert {type(one.exception) for one in refused} == {AccountError}
    assert not nothing
    with contextlib.closing(sqlite3.connect(machine / "v.db")) as raw:
        ((who, told),) = raw.execute("SELECT who, detail FROM audit WHERE did = 'blocked-opened'")
    assert (who, json.loads(told)) == ("ana", {"second": "eva", "reference": "Juzgado 1, PO 1/2012"})
    assert "archivos. Entréguelos y borre la carpeta" in done.output
    assert b"rota" in b"".join(one.read_bytes() for one in (machine / "juez" / "papers").iterdir())


def test_doctor_says_when_the_keys_are_not_there(run, machine):
    """Another folder than that of the cases that are blocked."""
    decided(machine)
    run("run", "--by", "pia")
    (machine / "claves").rename(machine / "apartadas")
    (machine / "claves").mkdir(mode=0o700)
    check = next(iter(kept_for(load())))

    assert (check.well, check.needed) == (False, True)
    assert isinstance(run("run", "--by", "pia").exception, EnvironmentFault)


def test_a_copy_from_before_says_which_cases_it_brought_back(run, machine):
    """What was blocked since is live again: told after restoring and by doctor, until retention has run."""
    decided(machine)
    app = gather()
    (machine / "vieja").mkdir()
    CliRunner().invoke(app, ["db", "backup", "vieja/copia.tar"], catch_exceptions=False)
    run("run", "--by", "pia")
    for one in machine.glob("v.db*"):
        one.unlink()
    shutil.rmtree(machine / "blobs")
    restored = CliRunner().invoke(app, ["db", "restore", "vieja/copia.tar"])
    told = [one.seen for one in kept_for(load())]
    again = run("run", "--by", "pia").output
    after = [one.seen for one in kept_for(load())]

    assert "1 expedientes que se habían bloqueado o suprimido vuelven a estar vivos" in restored.output
    assert "1 expedientes que se bloquearon están vivos otra vez: los trajo una copia" in told
    assert again.startswith("Bloqueados: 1.")
    assert not any("vivos otra vez" in one for one in after)
