"""The commands that set up and look after one office machine."""

import json
import subprocess
import sys

import pytest

from tests.command import ventanilla


def started(*arguments, cwd):
    """Run the program as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A machine on which `init` was run."""
    place = tmp_path_factory.mktemp("machine")
    done = started("init", "--office", "CEU01", cwd=place)
    assert done.returncode == 0, done.stderr
    return place


def test_init_makes_folders_database_and_settings(machine):
    """After it, an office can drop files."""
    office = machine / "ventanilla/oficinas/CEU01"

    assert {folder.name for folder in office.iterdir() if folder.is_dir()} == {
        "1_ENTRADA",
        "2_EN_CURSO",
        "3_ACEPTADO",
        "4_SUBSANAR",
        "5_DEVUELTO",
    }
    assert (machine / "ventanilla/ventanilla.db").exists()
    assert (machine / "ventanilla.toml").exists()


def test_init_twice_changes_nothing(machine):
    """A second run keeps the settings that an administrator may have edited."""
    before = (machine / "ventanilla.toml").read_bytes()

    assert ventanilla("init", cwd=machine).returncode == 0
    assert (machine / "ventanilla.toml").read_bytes() == before


def test_init_makes_again_the_folders_of_the_offices_that_the_settings_name(tmp_path):
    """After a lost disk it is the remedy that the program names; no other office comes into being."""
    ventanilla("init", "--office", "VAL02", cwd=tmp_path)
    offices = tmp_path / "ventanilla/oficinas"
    (offices / "VAL02").rename(tmp_path / "lost")

    missing = ventanilla("doctor", cwd=tmp_path)
    ventanilla("init", cwd=tmp_path)

    assert missing.returncode == 5
    assert "carpetas de VAL02: no se puede leer 1_ENTRADA" in missing.stdout
    assert [office.name for office in offices.iterdir()] == ["VAL02"]
    assert (offices / "VAL02/1_ENTRADA").is_dir()


def test_doctor_says_how_much_room_is_left_when_drops_wait_for_room(machine):
    """It asks for room as intake does, and says what is missing in numbers."""
    done = ventanilla("doctor", cwd=machine, VENTANILLA_STORAGE__RESERVE=str(1 << 60))

    assert done.returncode == 5
    assert f"la reserva es de {1 << 40} MiB: no se recibe nada" in done.stdout


def test_doctor_finds_an_initialised_machine_well(machine):
    """Nothing that is needed is missing."""
    done = started("doctor", cwd=machine)

    assert done.returncode == 0, done.stdout
    assert "FALTA" not in done.stdout


def test_doctor_names_what_is_missing_with_the_command_that_mends_it(tmp_path):
    """On a bare machine, without the OCR engine on its path."""
    done = ventanilla("doctor", cwd=tmp_path, PATH=str(tmp_path))

    assert done.returncode == 5
    assert "apt-get install -y tesseract-ocr" in done.stdout
    assert "ventanilla init" in done.stdout


def test_config_show_says_where_each_value_comes_from(machine):
    """File, environment or default; a secret is never printed."""
    done = ventanilla(
        "config",
        "show",
        "--origin",
        cwd=machine,
        VENTANILLA_DESK__PORT="8123",
        VENTANILLA_ENGINE__AUTH="muy secreto",
    )

    assert "VENTANILLA_DESK__PORT" in next(line for line in done.stdout.splitlines() if "desk.port" in line)
    assert "ventanilla.toml" in next(line for line in done.stdout.splitlines() if "folders.root" in line)
    assert "muy secreto" not in done.stdout


def test_an_unknown_setting_is_refused_with_a_suggestion(machine):
    """A misspelt key must not be silently ignored."""
    done = ventanilla("config", "show", cwd=machine, VENTANILLA_DESK__PROT="8123")

    assert done.returncode == 2
    assert "port" in done.stderr


def test_calendar_check_lists_what_is_at_hand(machine):
    """Which years are verified and which are estimates."""
    done = ventanilla("calendar", "check", cwd=machine)

    assert "2026  ceuta" in done.stdout
    assert "provisional" in done.stdout


def test_an_empty_machine_has_no_cases(machine):
    """The lists are there before the first case."""
    listed = ventanilla("case", "list", "--json", cwd=machine)

    empty = {"schema_version": 1, "cases": [], "today": [], "may_lack_events": False}
    assert json.loads(listed.stdout) == empty
    assert ventanilla("queue", "list", cwd=machine).returncode == 0


@pytest.mark.parametrize("command", ["show", "requeue"])
def test_a_case_that_does_not_exist_is_said_so(machine, command):
    """With the command that lists those that do."""
    done = ventanilla("case", command, "CEU01-2026-999999", cwd=machine)

    assert done.returncode == 2
    assert "ventanilla case list" in done.stderr
