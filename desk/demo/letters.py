"""A foreign institution's letter: the right to health care cannot be exported."""

from __future__ import annotations

import datetime as dt

from desk.demo.people import Human
from desk.demo.register import COUNTRIES, long_day
from desk.demo.sheet import Face, Sheet

INSTITUTIONS = {
    "MAR": "Caisse Nationale de Sécurité Sociale (CNSS)",
    "BRA": "Instituto Nacional do Seguro Social (INSS)",
    "PER": "Seguro Social de Salud (EsSalud)",
}


def non_export_letter(human: Human, *, issued_on: dt.date) -> bytes:
    """Return the letter that the institution of the person's country writes, in Spanish."""
    sheet = Sheet(Face(size=11))
    country = COUNTRIES[human.nationality][0]
    institution = INSTITUTIONS[human.nationality]
    sheet.text(80, 80, institution, size=13, bold=True)
    sheet.text(80, 96, country, size=10)
    sheet.text(300, 150, "CERTIFICADO DE NO EXPORTACIÓN DEL DERECHO", size=12, bold=True, align="middle")
    at = 190.0
    for words in (
        f"La institución {institution}, competente en asistencia sanitaria en {country}, certifica:",
        (
            f"Que {human.full_name}, con fecha de nacimiento {long_day(human.birth_date)}, no tiene derecho "
            "a la exportación de la prestación de asistencia sanitaria a España: el derecho no es exportable "
            "y esta institución no asume el coste de la asistencia que reciba fuera de su territorio."
        ),
        f"Fecha de expedición: {long_day(issued_on)}.",
    ):
        at = sheet.paragraph(80, at, words, 435) + 8
    sheet.sign((80, at + 20, 240, at + 80), institution)
    sheet.seal(380, at + 50, (country.upper(),))
    return sheet.done()
