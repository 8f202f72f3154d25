"""What family papers say besides their people: who issued them, what was noted on them, and for how long."""

from dataclasses import replace
from importlib import import_module

import pytest

from extractors.family.origin import issuer, legalised
from extractors.family.people import UNSURE


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("Apostille (Convention de La Haye du 5 octobre 1961)", True),
        ("Este documento deberá ser legalizado", False),
    ],
)
def test_an_apostille_is_sure_with_its_convention_alone(letter, line, sure):
    """A paper may say of itself that it must be legalised."""
    assert (legalised(letter("ACTE DE MARIAGE", line)).confidence >= 0.9) is sure


@pytest.mark.parametrize(
    ("lines", "code"),
    [(("ROYAUME DU MAROC", "ACTE DE NAISSANCE"), "MAR"), (("REINO DE ESPAÑA", "REGISTRO CIVIL"), "ESP")],
)
def test_the_state_at_the_head_issued_the_paper(letter, lines, code):
    """A line of its own."""
    assert issuer(letter(*lines)[0]).value == code


def test_a_title_in_another_tongue_leaves_the_state_open(letter):
    """Foreign, of nobody knows where: no value, hardly sure."""
    assert issuer(letter("ACTE DE NAISSANCE", "Commune de Nador")[0]).confidence < 0.5


def test_two_amounts_in_a_declaration_are_none(letter):
    """Which of them is the income of the year is for a person to read."""
    read = import_module("extractors.kinds.income_declaration").KIND.read
    pages = letter(
        "DECLARACIÓN RESPONSABLE DE INGRESOS", "Percibí 3.200,50 euros y una ayuda de 400,00 euros."
    )
    assert "annual_income" not in read(pages)


def kind(name):
    """Return what the reader of a kind gives on a paper."""
    return import_module(f"extractors.kinds.{name}").KIND.read


def test_a_marginal_note_of_divorce_is_told(letter):
    """The civil status before the marriage is no note, and neither is one that is denied."""
    lines = ("CERTIFICADO DE MATRIMONIO", "Contrayente A: Luis Ortega Gil, estado civil divorciado")
    read = kind("family_record")
    assert read(letter(*lines, "Disuelto por sentencia de divorcio"))["marginal_notes"].value == ["divorce"]
    assert "marginal_notes" not in read(letter(*lines, "No consta sentencia de divorcio"))


@pytest.mark.parametrize(
    "line",
    [
        "Casados sin capitulaciones, disuelto por sentencia de divorcio",
        "Nota de divorcio: sentencia de 3 de abril de 2022",
        "Los cónyuges se divorciaron en 2021",
        "Separación judicial de fecha 3 de abril de 2022",
    ],
)
def test_no_other_denial_hides_a_note(letter, line):
    """What is left out of the note would leave a spouse who is none."""
    found = kind("family_record")(letter("CERTIFICADO DE MATRIMONIO", "Contrayente A: Luis Gil", line))
    assert found["marginal_notes"].value == ["divorce"]


@pytest.mark.parametrize(
    "line",
    ["Sin nota de divorcio", "Sin anotación marginal de divorcio inscrito", "No consta nota de divorcio"],
)
def test_a_note_that_is_denied_is_none(letter, line):
    """Certificates say that nothing is noted."""
    assert "marginal_notes" not in kind("family_record")(letter("CERTIFICADO DE MATRIMONIO", line))


def test_a_cancelled_registration_is_not_surely_one(letter):
    """Nor is the day on which it was cancelled the day of the entry."""
    read = kind("partner_registration")
    found = read(
        letter("CERTIFICADO DE PAREJA DE HECHO", "inscripción que fue cancelada el 3 de abril de 2022")
    )
    assert found["proof"].confidence <= UNSURE
    assert "registered_on" not in found


def test_the_end_of_a_foster_care_is_not_surely_foster_care(letter):
    """A person reads what the decision decides."""
    pages = letter("RESOLUCIÓN DE ACOGIMIENTO FAMILIAR", "Se acuerda el cese del acogimiento de la menor.")
    assert kind("court_decision")(pages)["subject"].confidence <= UNSURE


@pytest.mark.parametrize("line", ["Ingresos brutos: 1.200,00 € mensuales", "Cobro 1.200,00 euros al mes."])
def test_an_income_of_a_month_is_none_of_a_year(letter, line):
    """Times twelve or fourteen is for a person to say."""
    assert "annual_income" not in kind("income_declaration")(letter("DECLARACIÓN DE INGRESOS", line))


@pytest.mark.parametrize(
    ("words", "until"),
    [("con carácter provisional hasta el 3 de mayo de 2025", "2025-05-03"), ("revisable", None)],
)
def test_a_degree_for_a_time_says_until_when_or_leaves_it_open(letter, words, until):
    """A degree that is not for good is never taken for one."""
    pages = letter("CERTIFICADO DEL GRADO DE DISCAPACIDAD", f"grado de discapacidad del 70 %, {words}")
    assert kind("disability_certificate")(pages)["valid_until"].value == until


def test_which_record_it_is_stands_at_its_title(letter):
    """The office above the title is not what tells a marriage from a birth."""
    page, *_ = letter("REGISTRO CIVIL DE CEUTA", "CERTIFICADO DE MATRIMONIO", "Fecha: 05/06/2010")
    words = tuple(w._replace(confidence=0.6) if w.text == "MATRIMONIO" else w for w in page.words)
    record = kind("family_record")([replace(page, words=words)])["record"]
    assert (record.value, record.text, record.confidence) == ("marriage", "CERTIFICADO DE MATRIMONIO", 0.6)
