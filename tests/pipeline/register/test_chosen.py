"""The settings of the sources: what is taken, what is refused at start, what is never shown."""

import json

import pytest

from pipeline.errors import UsageError
from pipeline.settings import load, origins

TOML = """
[[register.sources]]
name = "padron-ceuta"
kind = "csv"
where = "/srv/padron/ceuta.csv"
municipalities = ["51/001 Ceuta"]
ground = "Ley 39/2015, art. 28.2"
as_of = 2026-03-01
columns = ["fecha_alta=f_ingreso"]

[[register.sources]]
name = "padron-melilla"
kind = "sql"
where = "postgresql+psycopg://lector:secreto@bd.example/padron"
table = "lectura.padron"
municipalities = ["52/001 Melilla"]
ground = "Convenio de 2025, cláusula 3"
as_of = "live"
seconds = 2
"""


def loaded(folder, text, environ=None):
    (folder / "ventanilla.toml").write_text(text, encoding="utf-8")
    return load(None, environ or {}, folder)


def test_both_kinds_are_read_from_the_file(tmp_path):
    """Tables become sources, a date of TOML a day, codes of province and municipality stay apart."""
    one, other = loaded(tmp_path, TOML).register.sources
    assert one.towns() == {("51", "001"): "Ceuta"}
    assert (one.as_of, one.overrides()) == ("2026-03-01", {"fecha_alta": "f_ingreso"})
    assert (other.table, other.seconds, other.day) == ("lectura.padron", 2.0, other.day)


def test_no_register_is_asked_unless_it_is_set_up(tmp_path):
    """The default is none."""
    assert load(None, {}, tmp_path).register.sources == ()


def test_a_variable_holds_them_as_json(tmp_path):
    """For machines that are set up without files."""
    source = {
        "name": "a",
        "kind": "csv",
        "where": "/a.csv",
        "municipalities": ["51/001 Ceuta"],
        "ground": "Ley",
        "as_of": "column",
    }
    found = load(None, {"VENTANILLA_REGISTER__SOURCES": json.dumps([source])}, tmp_path)
    assert found.register.sources[0].as_of == "column"


def test_a_password_is_never_shown(tmp_path):
    """`config show` names each source and where it is, the password covered."""
    (tmp_path / "ventanilla.toml").write_text(TOML, encoding="utf-8")
    (shown,) = [o.value for o in origins(None, {}, tmp_path) if o.key == "register.sources"]
    assert "secreto" not in shown
    assert "padron-ceuta: /srv/padron/ceuta.csv" in shown


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"51/001 Ceuta"', '"51001"', "postal"),
        ('"51/001 Ceuta"', "", "postal"),
        ('"51/001 Ceuta"', '"51/001"', "postal"),
        ('ground = "Ley 39/2015, art. 28.2"', 'ground = " "', "fundamento"),
        ('ground = "Ley 39/2015, art. 28.2"', "", "ground"),
        ("as_of = 2026-03-01", 'as_of = "live"', "as_of"),
        ("as_of = 2026-03-01", 'as_of = "ayer"', "as_of"),
        ("fecha_alta=f_ingreso", "sueldo=f_ingreso", "sueldo"),
        ('name = "padron-melilla"', 'name = "padron-ceuta"', "dos veces"),
        ('name = "padron-melilla"', 'name = "Padrón"', "nombre"),
        ("postgresql+psycopg://lector:secreto@bd.example/padron", "mysql://bd/padron", "SQLite"),
        ("bd.example/padron", "bd.example/padron?password=x", "password_file"),
        ('table = "lectura.padron"', 'table = "padron; DROP"', "tabla"),
        ('table = "lectura.padron"', "", "tabla"),
        ("seconds = 2", "seconds = 0", "seconds"),
        ("seconds = 2", "segundos = 2", "segundos"),
        ('kind = "sql"', 'kind = "web"', "register.sources"),
    ],
)
def test_a_source_that_is_wrong_is_refused_at_start(tmp_path, right, wrong, told):
    """Nothing starts with a source that would be asked wrongly, and the message says what to mend."""
    assert right in TOML
    with pytest.raises(UsageError, match=told):
        loaded(tmp_path, TOML.replace(right, wrong, 1))
