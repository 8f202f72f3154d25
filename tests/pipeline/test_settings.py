"""Where settings come from, and what is refused."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.limits import Limits
from pipeline.settings import load, origins


def loaded(tmp_path, flags=None, environ=None):
    return load(flags, environ or {}, tmp_path)


def test_without_anything_the_contract_s_defaults_hold(tmp_path):
    """The limits are those of the contract."""
    assert loaded(tmp_path).limits == Limits(package=100 << 20, unpacked=300 << 20, members=200, ratio=100)


def test_each_source_yields_to_a_stronger_one(tmp_path):
    """Flag, environment, .env, file, default: the first that speaks."""
    (tmp_path / "ventanilla.toml").write_text(
        "[desk]\nport = 1\nhost = 'file'\n[engine]\nport = 1\n[work]\nworkers = 7"
    )
    (tmp_path / ".env").write_text("# local\nexport VENTANILLA_DESK__PORT=2\nVENTANILLA_ENGINE__PORT='2'\n")
    environ = {"VENTANILLA_DESK__PORT": "3", "PATH": "/bin"}

    found = loaded(tmp_path, {"desk.port": 4}, environ)

    assert (found.desk.port, found.engine.port, found.desk.host, found.work.workers) == (4, 2, "file", 7)
    assert loaded(tmp_path, None, environ).desk.port == 3


def test_a_key_that_does_not_exist_is_refused_with_the_nearest(tmp_path):
    """A slip of the pen is not silently a default."""
    with pytest.raises(UsageError, match=r"folders\.root"):
        loaded(tmp_path, None, {"VENTANILLA_FOLDERS__ROOTS": "/x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK__PORT", "ocho"),
        ("DESK__PORT", "-1"),
        ("FOLDERS__SCAN_SECONDS", "nan"),
        ("POLICY__BOUNDARY_DAY", "maybe"),
        ("POLICY__ACCEPTANCE", "1.01"),
        ("POLICY__ACCEPTANCE", "0.49"),
        ("POLICY__CERTIFICATE_AGE_MONTHS", "121"),
        ("LETTERS__LANGUAGES", "es,xx"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(tmp_path, name, value):
    """The message names the setting and what is expected."""
    with pytest.raises(UsageError, match="Se espera"):
        loaded(tmp_path, None, {f"VENTANILLA_{name}": value})


@pytest.mark.parametrize(
    "text", ["[desk]\nport = true", "[desk]\nport = 1.5", "desk = 3", "[desk", "[desk]\nhost = 3"]
)
def test_a_file_that_says_something_else_is_refused(tmp_path, text):
    """Wrong types, wrong shape, no TOML at all."""
    (tmp_path / "ventanilla.toml").write_text(text)

    with pytest.raises(UsageError):
        loaded(tmp_path)


def test_a_named_file_must_be_there(tmp_path):
    """A wrong path is not silently the defaults."""
    with pytest.raises(UsageError, match="VENTANILLA_CONFIG"):
        loaded(tmp_path, None, {"VENTANILLA_CONFIG": str(tmp_path / "no.toml")})


def test_paths_and_lists_are_typed(tmp_path):
    """Text from the environment becomes what the program works with."""
    environ = {
        "VENTANILLA_FOLDERS__ROOT": "/srv",
        "VENTANILLA_FOLDERS__OFFICES": "CEU01, MEL01",
        "VENTANILLA_STORAGE__WORK": "",
    }
    found = loaded(tmp_path, None, environ)

    assert (found.folders.root, found.folders.offices) == (Path("/srv"), ("CEU01", "MEL01"))
    assert found.storage.work is None


def test_secrets_are_never_shown(tmp_path):
    """Neither a secret, read from its file, nor the password inside an address."""
    (tmp_path / "secret").write_text("abracadabra\n")
    environ = {
        "VENTANILLA_DESK__SECRET_FILE": str(tmp_path / "secret"),
        "VENTANILLA_STORAGE__DATABASE": "postgresql://ana:tomate@host/db",
    }

    shown = {one.key: one for one in origins(None, environ, tmp_path)}

    assert loaded(tmp_path, None, environ).desk.secret == "abracadabra"
    assert shown["desk.secret"].value == "********"
    assert shown["storage.database"].value == "postgresql://ana:********@host/db"
    assert shown["storage.database"].origin == "environment VENTANILLA_STORAGE__DATABASE"
    assert shown["desk.port"].origin == "default"
