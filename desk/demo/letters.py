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
    rows = (
        ("Institución competente", institution),
        ("País", country),
        ("Apellidos", human.surnames),
        ("Nombre", human.given_name),
        ("Fecha de nacimiento", long_day(human.birth_date)),
        ("Fecha de expedición", long_day(issued_on)),
    )
    at = 190.0
    for label, value in rows:
        sheet.text(80, at, f"{label}:", size=10)
        sheet.text(230, at, value, size=10, bold=True)
        at += 20
    words = (
        "Esta institución certifica que la persona citada no tiene derecho a exportar la prestación de "
        "asistencia sanitaria a España: el derecho no es exportable."
    )
    at = sheet.paragraph(80, at + 15, words, 435)
    sheet.sign((80, at + 20, 240, at + 80), institution)
    sheet.seal(380, at + 50, (country.upper(),))
    return sheet.done()
