"""Certificates that deny, except, suspend or outlive themselves."""

from __future__ import annotations

import pytest

from extractors.document import Field
from extractors.lines import Box
from extractors.said.reserving import RESERVES, reserved, short_term

_KIND = "padron_certificate"
_HONEST = (
    "La inscripción en el padrón no constituye prueba de residencia legal en España",
    "ni les atribuirá ningún derecho que no les confiera la legislación vigente.",
    "Los extranjeros no comunitarios sin autorización de residencia permanente renovarán.",
    "No constan otras inscripciones. Este documento no requiere firma manuscrita.",
    "Vive en la calle Nueva sin número, de forma continua y sin interrupción.",
    "Validez de tres meses. Figura inscrita no padrón municipal.",
)


def test_what_registers_always_print_reserves_nothing(letter):
    """Law, form and what is said of nothing being amiss."""
    assert reserved(_KIND, letter(*_HONEST), {}) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Este certificado caduca a los tres días de su expedición.",
        "Plazo de vigencia: 5 días naturales.",
        "Se expide exclusivamente para su escolarización.",
        "El documento queda sustituido por el de 12 de marzo.",
        "La eficacia de la inscripción se encuentra suspendida.",
        "Consta como contacto, no como residente.",
        "Ha causado baja por cambio de residencia.",
        "Fecha de alta: léase 2025.",
        "A alta queda condicionada á comprobación.",
    ],
)
def test_a_certificate_that_takes_something_back_is_read_by_a_person(letter, words):
    """Its sentence is the mention; no other kind of paper is asked."""
    pages = letter(*_HONEST, words)
    assert words[5:20] in reserved(_KIND, pages, {})[RESERVES].text
    assert reserved("non_export_certificate", pages, {}) == {}


@pytest.mark.parametrize(
    ("words", "reserves"),
    [
        ("Este documento caduca el 31 de enero.", True),
        ("Válido hasta el 15 de marzo.", True),
        ("Surte efectos hasta finales de mes.", True),
        ("Vixente ata o 30/04/2026", True),
        ("2026ko apirilaren 1era arte balio du.", True),
        ("Válido hasta el 06/06/2026", True),
        ("Válido hasta el 07/06/2026", False),
    ],
)
def test_a_certificate_that_names_its_last_day_is_read(letter, words, reserves):
    """Unless that day lies three months ahead, as the law has it; one without its year lies nowhere."""
    issued = {"issued_on": Field(value="2026-03-10", text="", confidence=1.0, page=1, box=Box(0, 0, 1, 1))}
    assert bool(reserved(_KIND, letter(words), issued)) is reserves


def test_a_baja_that_ends_a_stay_is_none(letter):
    """It was read, and the stay ends by it."""
    stays = Field(value=[{"to": "2024-05-01"}], text="", confidence=0.9, page=1, box=Box(0, 0, 1, 1))
    assert reserved(_KIND, letter("Causó baja por cambio de residencia."), {"periods": stays}) == {}


def test_causa_baja_as_the_heading_of_a_column_is_no_verb(letter):
    """A table of stays has it beside its other headings; in a sentence it ends the entry."""
    assert (
        reserved(_KIND, letter("Fecha alta Causa alta Procedencia Fecha baja Causa baja Destino"), {}) == {}
    )
    assert RESERVES in reserved(_KIND, letter("Causa alta el 02/03/2020 y causa baja por traslado."), {})


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("validez: 89 dias", True),
        ("validez: 90 dias", False),
        ("valido noventa dias", False),
        ("caduca a los dos meses", True),
        ("caduca a los tres meses", False),
        ("valido 24 horas", True),
    ],
)
def test_a_term_under_three_months_is_short(words, short):
    """The law takes a certificate for three months."""
    assert (short_term(words) is not None) is short
