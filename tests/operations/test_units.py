"""The units and the compose file that are shipped: commands of ours, settings that are some, nothing open."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from desk.cli.main import gather
from flows.pool_worker import STOP_SECONDS
from pipeline.configuration import _leaves
from pipeline.settings import Settings

SHIPPED = Path(__file__).parents[2] / "docs" / "operations"
UNITS = sorted(SHIPPED.glob("systemd/*.service"))
OURS = [unit for unit in UNITS if unit.name != "ventanilla-failed@.service"]
LASTING = [unit for unit in OURS if "Restart=always" in unit.read_text("utf-8")]
TIMERS = sorted(SHIPPED.glob("systemd/*.timer"))
COMPOSE = yaml.safe_load((SHIPPED / "compose/compose.yaml").read_text("utf-8"))
PARTS = {name: part for name, part in COMPOSE["services"].items() if part["image"] == "ventanilla"}
SETTINGS = {key for key, _ in _leaves(Settings)}
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
}
WORST = 3.0
"""Of systemd's own count of what a service could do, from 0 to 10; a service of Debian has 9."""


class Unit(configparser.RawConfigParser):
    """A unit; of what is said several times each word is kept."""

    def __init__(self, path):
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",))
        self.optionxform = str
        self.read_string(path.read_text("utf-8"))
        self.lines = path.read_text("utf-8").splitlines()

    def every(self, name):
        """Return all values of a name."""
        return [line.partition("=")[2] for line in self.lines if line.startswith(f"{name}=")]


def known(words):
    """Whether these words call a command of ours with options that it has."""
    command = gather()
    for word in words:
        if isinstance(command, click.Group):
            command = command.commands.get(word)
            assert command is not None, words
        elif word.startswith("--"):
            assert any(word in one.opts for one in command.params), words
    return not isinstance(command, click.Group)


def settings_in(names):
    """Return the settings that variables name."""
    ours = [name for name in names if name.startswith("VENTANILLA_") and name != "VENTANILLA_CONFIG"]
    return {name[11:].lower().replace("__", ".").removesuffix("_file") for name in ours}


def words_of(unit):
    """Return the words after the program in what a unit starts."""
    started = re.search(r"/bin/ventanilla (.*)", unit["Service"]["ExecStart"])[1]
    return started.replace('"', "").rstrip("'").split()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_of_ours_with_settings_that_exist(path):
    """A command or a setting that is renamed breaks this test before it breaks a machine."""
    unit = Unit(path)
    given = [one.partition("=")[0] for one in unit.every("Environment")]
    credentials = {one.partition(":")[0] for one in unit.every("LoadCredential")}
    files = {one.partition("=%d/")[2] for one in unit.every("Environment") if "=%d/" in one}

    assert known(words_of(unit))
    assert settings_in(given) <= SETTINGS
    assert files == credentials <= SETTINGS


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_unit_may_do_nothing_that_it_need_not(path):
    """Its own account, a file system it cannot write but where named, no capability."""
    service = Unit(path)["Service"]

    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["User"] == "ventanilla"


@pytest.mark.parametrize("path", LASTING, ids=lambda path: path.name)
def test_a_unit_that_lasts_is_started_again_for_ever_and_ended_in_order(path):
    """A database away for an hour is no reason to give up; a reader is not killed under a case in hand."""
    unit = Unit(path)

    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Service"]["KillMode"] == "mixed"


@pytest.mark.parametrize("name", ["worker@", "pool"])
def test_a_unit_that_reads_has_longer_to_end_than_its_runs(name):
    """The program asks its runs first and then Prefect's worker; systemd kills only after both."""
    service = Unit(SHIPPED / f"systemd/ventanilla-{name}.service")["Service"]

    assert int(service["TimeoutStopSec"]) > 2 * STOP_SECONDS


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_a_timer_has_its_work_and_makes_up_for_a_machine_that_was_off(path):
    """What was missed is done at the next start; what fails is said."""
    assert Unit(path)["Timer"]["Persistent"] == "yes"
    assert Unit(path.with_suffix(".service"))["Unit"]["OnFailure"] == "ventanilla-failed@%n.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_systemd_finds_a_unit_sound_and_little_exposed(path, tmp_path):
    """Read by systemd itself, with a program where the unit looks for it."""
    program = tmp_path / "ventanilla"
    program.touch(mode=0o755)
    for one in (*UNITS, *TIMERS):
        told = one.read_text("utf-8").replace("/opt/ventanilla/.venv/bin/ventanilla", str(program))
        (tmp_path / one.name).write_text(told)
    unit = tmp_path / path.name

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", f"--threshold={int(WORST * 10)}", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    assert exposed.returncode == 0, exposed.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_of_compose_starts_a_command_of_ours_with_settings_that_exist(name):
    """And every secret that a setting reads from a file is handed to it."""
    part = PARTS[name]
    files = {value.rpartition("/")[2] for key, value in part["environment"].items() if key.endswith("_FILE")}

    assert known(part["command"])
    assert settings_in(part["environment"]) <= SETTINGS
    assert files <= set(part["secrets"]) <= set(COMPOSE["secrets"])


def test_compose_lets_nobody_outside_the_machine_in_and_keeps_no_secret():
    """Ports are this machine's own; whoever opens them puts a proxy with TLS before them."""
    services = COMPOSE["services"].values()
    ports = [port for one in services for port in one.get("ports", ())]
    values = [value for one in services for value in one["environment"].values()]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert not [value for value in values if "://" in value and "@" in value]
    assert {one["file"].partition("/secrets/")[0] for one in COMPOSE["secrets"].values()} == {"."}


def test_compose_waits_for_what_a_part_needs_and_sees_it_die():
    """The record is brought up to date first; what people reach has a check of its health."""
    services = COMPOSE["services"]
    upgraded = {"upgrade": {"condition": "service_completed_successfully"}}

    assert all(services[name]["depends_on"] == upgraded for name in ("desk", "watch", "worker"))
    assert all("healthcheck" in services[name] for name in ("postgres", "engine", "desk", "watch", "worker"))
    assert all(known(services[name]["healthcheck"]["test"][2:]) for name in ("watch", "worker"))
    assert all(part["read_only"] and part["cap_drop"] == ["ALL"] for part in PARTS.values())


def test_the_image_holds_all_that_a_machine_needs_and_runs_as_nobody_special():
    """The packages of the installation, the five folders of the program, an account of its own."""
    image = (SHIPPED / "compose/Dockerfile").read_text("utf-8")
    makefile = (SHIPPED.parents[1] / "Makefile").read_text("utf-8")
    packages = re.search(r"DEBIAN := ((?:.*\\\n)*.*)", makefile)[1].replace("\\", "").split()

    assert set(packages) <= set(image.split())
    assert all(
        f"COPY {name} {name}" in image for name in ("pipeline", "extractors", "validators", "flows", "desk")
    )
    assert "\nUSER ventanilla\n" in image
