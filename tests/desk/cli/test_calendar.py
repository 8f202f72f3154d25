"""`ventanilla calendar`: a published list goes in by one command, and what was seen is told apart."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.command import ventanilla
from validators import calendar as days

PUBLISHED = """fecha;nombre
2027-01-01;Año Nuevo
2027-01-06;Epifanía
09/03/2027;Eid al-Fitr
2027-03-25;Jueves Santo
2027-03-26;Viernes Santo
2027-05-01;Fiesta del Trabajo
2027-05-17;Eid al-Adha
2027-06-14;Lunes siguiente a San Antonio
2027-08-05;Nuestra Señora de África
2027-10-12;Fiesta Nacional
2027-11-01;Todos los Santos
2027-12-06;Constitución
2027-12-08;Inmaculada
2027-12-25;Navidad
"""


def calendar(place, *arguments):
    """Run `ventanilla calendar` in a folder."""
    return ventanilla("calendar", *arguments, cwd=place)


def test_a_list_without_the_days_of_the_state_leaves_dates_provisional(tmp_path):
    """The five days of a city alone: the clerk is told what else is missing; with the State's, nothing is."""
    own = [line for line in PUBLISHED.splitlines() if any(day in line for day in ("03-25", "09/03", "05-17"))]
    own += ["2027-06-14;Lunes siguiente a San Antonio", "2027-08-05;Nuestra Señora de África"]
    (tmp_path / "lista.csv").write_text("\n".join(own), encoding="utf-8")
    told = ("--place", "Ceuta", "--year", "2027", "--source", "BOCCE")
    alone = calendar(tmp_path, "add", "lista.csv", *told).stdout
    (tmp_path / "lista.csv").write_text(PUBLISHED, encoding="utf-8")
    whole = calendar(tmp_path, "add", "lista.csv", *told, "--replace").stdout

    assert "falta la lista del Estado (state) de 2027" in alone
    assert "Guardado" in whole
    assert "falta la lista" not in whole


@pytest.fixture
def published(tmp_path):
    """A list as an administrator saved it."""
    (tmp_path / "ceuta_2027.csv").write_text(PUBLISHED, encoding="utf-8")
    return tmp_path


def test_a_published_list_is_loaded_and_then_listed(published):
    """It says which days come and go; `check` says that it was loaded, and that it is verified."""
    done = calendar(published, "add", "ceuta_2027.csv", "--source", "BOCCE 6.512")
    assert done.returncode == 0, done.stderr
    assert "- 02/09/2027 Día de Ceuta" in done.stdout
    listed = calendar(published, "check").stdout.splitlines()
    line = next(line for line in listed if line.startswith("2027  ceuta"))
    assert line.split() == ["2027", "ceuta", "14", "días", "verificado", "cargado", "BOCCE", "6.512"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "ceuta_2027.csv"), "falta el año o la fuente"),
        (("add", "ceuta_2027.csv", "--source", "x", "--place", "cueta"), "¿Quería decir"),
        (
            ("add", "ceuta_2027.csv", "--source", "x", "--year", "2028"),
            "línea 2: el día 2027-01-01 no es del año de la lista",
        ),
        (("prepare", "atlantis", "2028"), "Lugar desconocido"),
    ],
)
def test_what_is_missing_or_wrong_is_a_usage_error(published, arguments, said):
    """With the remedy, and nothing written."""
    done = calendar(published, *arguments)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert not (published / "ventanilla").exists()


def test_a_draft_can_be_completed_and_loaded(tmp_path):
    """What `prepare` writes, `add` takes, as a draft."""
    (tmp_path / "draft.yaml").write_text(calendar(tmp_path, "prepare", "state", "2028").stdout)
    done = calendar(tmp_path, "add", "draft.yaml")
    assert (done.returncode, "state 2028: provisional (antes: no había)" in done.stdout) == (0, True)


def test_a_loaded_list_moves_the_deadlines_of_what_is_processed_next(tmp_path):
    """One day off more in the month of a count: its last day is a working day later, and the day is named."""
    shipped = Path(days.__file__).with_name("days") / "state_2026.yaml"
    (tmp_path / "list.yaml").write_text(shipped.read_text() + "  2026-10-14: Día sin precedente\n")
    before = clock(tmp_path)
    done = calendar(tmp_path, "add", "list.yaml", "--replace")
    after = clock(tmp_path)

    assert done.returncode == 0, done.stderr
    assert (before["resolve_by"], after["resolve_by"]) == ("2026-11-04", "2026-11-05")
    assert [day["name"] for day in after["days_off"] if day["date"] == "2026-10-14"] == ["Día sin precedente"]


def clock(place):
    """The deadlines of a form of Melilla filed in September 2026, processed in a folder."""
    package = Path(__file__).parents[3] / "fixtures" / "submissions" / "complete_011.zip"
    with zipfile.ZipFile(package) as papers:
        form = papers.extract("solicitud.pdf", place)
    told = ("--filed-on", "2026-09-22", "--office", "MEL01", "--json")
    return json.loads(ventanilla("process", form, *told, cwd=place).stdout)["cases"][0]["deadlines"]
