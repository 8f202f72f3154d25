"""Words of a paper that take back, or limit, what it says elsewhere."""

from importlib import import_module

import pytest

from extractors.said.mentions import touched

UNSURE = 0.5


def kind(name):
    """Return what the reader of a kind gives on a paper."""
    return import_module(f"extractors.kinds.{name}").KIND.read


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Matrimonio declarado nulo", ["divorce"]),
        ("El matrimonio cesó el 4 de mayo de 2021", ["divorce"]),
        ("Inscripción cancelada", ["divorce"]),
        ("Filiación impugnada", ["filiation"]),
    ],
)
def test_a_note_in_fewer_words_is_told_as_well(letter, line, told):
    """Notes are written in many ways; a tie that they may end is looked at."""
    found = kind("family_record")(letter("CERTIFICADO DE MATRIMONIO", "Contrayente A: Luis Gil", line))
    assert found["marginal_notes"].value == told


@pytest.mark.parametrize(
    "line",
    [
        "Se deniega el acogimiento",
        "Propuesta de resolución",
        "El acogimiento cesa en junio",
        "Con duración de dos meses",
        "",
    ],
)
def test_a_decision_that_is_refused_proposed_or_over_is_not_surely_one(letter, line):
    """Without such words it is sure."""
    lines = ("JUNTA DE ANDALUCÍA", "RESOLUCIÓN DE ACOGIMIENTO FAMILIAR", "Menor: Ana Gil", line)
    found = kind("court_decision")(letter(*lines))["subject"]
    assert (found.confidence <= UNSURE) == bool(line)


@pytest.mark.parametrize("line", ["Denegado", "Revisable a partir del 1 de enero de 2025", ""])
def test_a_degree_that_is_taken_back_or_ends_twice_is_in_doubt(letter, line):
    """The label gives 2030; another day in a sentence leaves both open."""
    lines = (
        "CERTIFICADO DEL GRADO DE DISCAPACIDAD",
        "Grado de discapacidad: 70 %",
        "Válido hasta: 01/01/2030",
    )
    found = kind("disability_certificate")(letter(*lines, line))
    least = min(found[name].confidence for name in ("degree", "valid_until"))
    assert (least <= UNSURE) == bool(line)


@pytest.mark.parametrize(
    "line",
    [
        "Cantidad expresada en dirhams",
        "Importe mensual",
        "Además percibe 20.000,00 € de alquileres",
        "De ellos, 200,00 € de intereses",
        "",
    ],
)
def test_an_amount_beside_more_or_other_money_is_in_doubt(letter, line):
    """A smaller amount may be a part of it and takes nothing away."""
    lines = ("DECLARACIÓN RESPONSABLE DE INGRESOS", "Ejercicio: 2025", "Ingresos anuales: 1.000,00 €")
    found = kind("income_declaration")(letter(*lines, line))["annual_income"]
    assert (found.confidence <= UNSURE) == (line != "" and "200,00" not in line)


@pytest.mark.parametrize(
    "line",
    [
        "No obstante, tiene cobertura en España por convenio.",
        "Válido hasta el 1 de marzo de 2026.",
        "",
    ],
)
def test_a_letter_that_limits_what_it_says_is_in_doubt(letter, line):
    """A treaty's right, or an end of the paper's worth, is for a person to weigh."""
    lines = ("CERTIFICADO DE NO EXPORTACIÓN DEL DERECHO", "El derecho no es exportable a España.", line)
    found = kind("non_export_certificate")(letter(*lines))["not_exportable"]
    assert (found.confidence < 0.9) == bool(line)


@pytest.mark.parametrize(
    ("words", "void"),
    [
        ("CANCELADA", True),
        ("sin que conste que haya sido cancelada", False),
        ("NO VÁLIDO", True),
        ("Documento no válido sin firma", False),
        ("Denunciada por extravío", True),
        ("Desisto", True),
        ("Certificado provisional", True),
        ("Residencia provisional", False),
    ],
)
def test_a_mark_that_takes_a_papers_worth_away(words, void):
    """What a paper says of how it may be used is no mark."""
    assert ("void_mark" in touched(words)) == void
