"""`ventanilla user`, and the first accounts that `init` makes."""

import json
import re

import pytest
from click.testing import CliRunner

from desk.cli.main import gather


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Return what runs a command on a machine of its own, and the first words that `init` said."""
    monkeypatch.chdir(tmp_path)

    def run(*words, said=""):
        return CliRunner().invoke(gather(), words, input=said, catch_exceptions=True)

    run.first = run("init", "--office", "CEU01").stdout
    return run


def test_init_says_once_how_the_first_two_come_in(machine):
    """A second run makes no account and shows no password."""
    words = re.findall(r"Cuenta: +(\w+), contraseña para la primera vez: ([a-z0-9-]{19})\n", machine.first)

    assert [login for login, _ in words] == ["administracion", "revision"]
    assert "Cuenta:" not in machine("init").stdout


def test_an_account_is_made_listed_changed_and_locked(machine):
    """What is not said stays."""
    made = machine("user", "add", "Luis", "--name", "Luis", "--role", "reviewer", "--office", "CEU01")
    machine("user", "change", "luis", "--queue", "review")
    machine("user", "lock", "luis")
    listed = json.loads(machine("user", "list", "--json").stdout)
    luis = next(one for one in listed["accounts"] if one["login"] == "luis")

    assert re.search(r"primera vez: [a-z0-9-]{19}\n", made.stdout)
    assert (luis["roles"], luis["offices"], luis["queues"]) == (["reviewer"], ["CEU01"], ["review"])
    assert luis["locked"]
    assert listed["schema_version"] == 1
    assert machine("user", "unlock", "luis").exit_code == 0


def test_an_office_that_is_not_here_is_told(machine):
    """A slip would leave the account without cases, and nobody would hear why."""
    slip = machine("user", "add", "luis", "--name", "Luis", "--role", "clerk", "--office", "CEU10")
    right = machine("user", "change", "luis", "--office", "CEU01")
    key = machine("key", "add", "gestor", "--office", "CEU10")

    assert "aviso: aquí no hay una oficina CEU10; las hay: CEU01" in slip.stderr
    assert "aviso" not in right.stderr
    assert "una oficina CEU10" in key.stderr


def test_a_password_is_typed_and_never_an_argument(machine):
    """From the input or the terminal; it is changed at the first entrance in any case."""
    given = machine("user", "password", "revision", "--ask", said="la mesa de la esquina\n")
    weak = machine("user", "password", "revision", "--ask", said="revision1234\n")

    assert given.exit_code == 0
    assert "esquina" not in given.output
    assert type(weak.exception).__name__ == "WeakPasswordError"


@pytest.mark.parametrize(
    "words",
    [("lock", "nadie"), ("lock", "administracion"), ("add", "revision", "--name", "X", "--role", "clerk")],
    ids=str,
)
def test_what_cannot_be_is_an_error_of_usage(machine, words):
    """Nobody of that name, the last administrator, a name that is taken."""
    assert machine("user", *words).exception.exit_code == 2


@pytest.mark.parametrize("command", ["desk", "up"])
def test_a_desk_that_anybody_could_enter_does_not_start(machine, monkeypatch, command):
    """The header of a proxy, and nobody said which: the command ends and names the setting."""
    monkeypatch.setenv("VENTANILLA_DESK__PROXY_HEADER", "X-Remote-User")

    error = machine(command).exception

    assert error.exit_code == 2
    assert "desk.proxy_from" in str(error)


def test_the_doctor_says_how_people_come_in_and_that_somebody_gives_rights(machine, monkeypatch):
    """And names the setting that would let anybody in."""
    well = machine("doctor").stdout
    monkeypatch.setenv("VENTANILLA_DESK__PROXY_HEADER", "X-Remote-User")
    ill = machine("doctor")

    assert "[bien ] entrada a la mesa: por contraseña\n" in well
    assert "[bien ] cuentas de la mesa: 2 activas\n" in well
    assert "[FALTA] entrada a la mesa: desk.proxy_header" in ill.stdout
    assert ill.exit_code == 5
