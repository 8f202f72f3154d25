"""What an office says of itself on its letters: its body, its address, its notice."""

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.letters.casefile import case_file
from pipeline.letters.compose import letter
from pipeline.letters.heads import PLAIN, head

FILE = """
[default]
body = "Administración"

[CEU01]
body = "INGESA de #prueba"
name = "de Ceuta"
lines = ["Dirección Territorial de Ceuta", "Calle Real, 1"]
phone = "956 111 111"

[CEU01.data_protection]
es = "Aviso propio."
"""


@pytest.fixture
def offices(tmp_path):
    """Return a file of headings."""
    path = tmp_path / "cartas.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_an_office_writes_under_its_own_heading(offices, told, page, text):
    """Body first, then its lines; it signs with its notice and its own telephone."""
    shown = text(page(told(), head=head(offices, "CEU01", "956 000 000")))

    assert "INGESA de #prueba Dirección Territorial de Ceuta Calle Real, 1 Oficina de Ceuta" in shown
    assert "Entregue los papeles en la oficina de Ceuta" in shown
    assert "Aviso propio." in shown
    assert "956 111 111" in shown
    assert "956 000 000" not in shown


def test_an_office_without_a_table_has_the_default_one(offices):
    """With the help line of the settings."""
    found = head(offices, "MEL01", "956 000 000")

    assert (found.body, found.phone) == ("Administración", "956 000 000")


def test_a_notice_that_the_language_lacks_stands_in_spanish_and_says_so(offices, told):
    """It is not read out as English."""
    (part,) = letter(case_file(told()), "grant", ("en",), head=head(offices, "CEU01")).parts

    assert part.blocks[-1].line.text == "Aviso propio."
    assert part.blocks[-1].line.language == "es"


def test_without_a_file_the_body_of_the_procedure_writes(told, page, text):
    """And the notice names it as who answers for the data."""
    shown = text(page(told("asistencia_sanitaria"), head=PLAIN))

    assert "Instituto Nacional de la Seguridad Social (INSS) trata sus datos" in shown


@pytest.mark.parametrize(
    "content",
    ["[CEU01]\ncolor = 1", "[CEU01]\nbody = 1", "[CEU01]\nlines = 'x'", "x", "[[", "CEU01 = 1", "\xff"],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    """Letters wait; none goes out under a wrong heading."""
    path = tmp_path / "cartas.toml"
    path.write_text(content, encoding="latin-1")

    with pytest.raises(EnvironmentFault, match=r"letters\.offices"):
        head(path, "CEU01")


def test_a_file_that_is_not_there_is_named(tmp_path):
    """The same."""
    with pytest.raises(EnvironmentFault, match="FileNotFoundError"):
        head(tmp_path / "no.toml", "CEU01")
