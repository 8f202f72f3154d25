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


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("[desk]\nroot = '/x'", "folders.root"),
        ("[folder]\nroot = '/x'", "folders.root"),
        ("workers = 3", "work.workers"),
        ("[sandbox]\nlevel = 'bwrab'", "bwrap"),
        ("[letters]\nzone = 'Europe/Madird'", "Europe/Madrid"),
        ("[storage]\ndatabase = 'postgres://db/v'", "postgresql"),
        ("[desk]\naddress = 'mesa.example.org'", "https://mesa.example.org"),
        ("[desk]\nhosts = ['https://mesa.example.org']", "mesa.example.org"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_origin_and_what_was_meant(tmp_path, text, suggested):
    """A key of another section, a word that is almost one, an address that is none."""
    file = tmp_path / "ventanilla.toml"
    file.write_text(text)

    with pytest.raises(UsageError) as refused:
        loaded(tmp_path)

    assert str(file) in refused.value.what
    assert suggested in refused.value.remedy


def test_a_variable_without_its_section_is_no_silent_default(tmp_path):
    """One underscore for two is a slip; a variable like no setting is another program's."""
    with pytest.raises(UsageError, match=r"VENTANILLA_DESK_PORT[^¿]*¿Quería decir desk\.port"):
        loaded(tmp_path, None, {"VENTANILLA_DESK_PORT": "8080"})
    assert loaded(tmp_path, None, {"VENTANILLA_BACKUP_DISK": "/dev/sdb"}) == loaded(tmp_path)


def test_a_wrong_secret_is_not_repeated(tmp_path):
    """Neither a secret, nor a value that holds somebody's login, is in the message."""
    for text in ("[desk]\nsecret = 1979", "[storage]\ndatabase = 'postgres://ana:1979@db/v'"):
        (tmp_path / "ventanilla.toml").write_text(text)
        with pytest.raises(UsageError) as refused:
            loaded(tmp_path)
        assert "1979" not in str(refused.value)


def test_a_file_that_may_not_be_read_is_refused_and_named(tmp_path, monkeypatch):
    """Settings of another account are a sentence, not a failure of the program."""

    def denied(self, **_):
        raise PermissionError

    (tmp_path / "ventanilla.toml").write_text("")
    monkeypatch.setattr(Path, "read_text", denied)

    with pytest.raises(UsageError, match="permisos"):
        loaded(tmp_path)


def test_a_number_that_is_too_small_is_told_the_least(tmp_path):
    """`-1` is a whole number: that one is expected would help nobody."""
    with pytest.raises(UsageError) as refused:
        loaded(tmp_path, None, {"VENTANILLA_WORK__WORKERS": "-1"})

    assert refused.value.remedy == "Se espera un número entero, 0 o más."


def test_a_secret_given_twice_is_refused_and_not_shown(tmp_path):
    """Which of the two would hold nobody could tell."""
    (tmp_path / "auth").write_text("gestion:uno")
    twice = {"VENTANILLA_ENGINE__AUTH": "gestion:dos", "VENTANILLA_ENGINE__AUTH_FILE": str(tmp_path / "auth")}

    with pytest.raises(UsageError, match="VENTANILLA_ENGINE__AUTH_FILE") as refused:
        loaded(tmp_path, None, twice)

    assert "gestion" not in refused.value.what


def test_settings_that_do_not_go_together_are_told_with_where_they_were_given(tmp_path):
    """What a section refuses as a whole has an origin too."""
    (tmp_path / "ventanilla.toml").write_text("[digest]\nat = '25:30'\n")

    with pytest.raises(UsageError, match=r"digest\.at.*ventanilla\.toml"):
        loaded(tmp_path)
