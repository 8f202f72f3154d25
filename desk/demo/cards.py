"""Identity papers, both sides on one page: the foreigner's card (TIE), the DNI, a passport."""

from __future__ import annotations

import datetime as dt

from desk.demo import mrz
from desk.demo.people import Human
from desk.demo.register import COUNTRIES
from desk.demo.sheet import Sheet

_MONO = "Courier"


def foreigner_card(human: Human, *, until: dt.date, permit: str) -> bytes:
    """Return a foreigner's identity card valid until the day given."""
    sheet = Sheet()
    sheet.box(60, 60, 360, 268)
    sheet.text(210, 80, "ESPAÑA", size=12, bold=True, align="middle")
    sheet.text(210, 94, "PERMISO DE RESIDENCIA", size=10, bold=True, align="middle")
    rows = (
        ("APELLIDOS", human.surnames.upper()),
        ("NOMBRE", human.given_name.upper()),
        ("NACIONALIDAD", human.nationality),
        ("SEXO", human.sex),
        ("FECHA DE NACIMIENTO", f"{human.birth_date:%d %m %Y}"),
        ("N.I.E.", human.id_number),
        ("VÁLIDO HASTA", f"{until:%d %m %Y}"),
        ("TIPO DE PERMISO", permit),
    )
    _rows(sheet, rows, 75, 108)
    sheet.box(60, 280, 360, 470)
    sheet.text(75, 300, "NÚM. SOPORTE", size=7)
    sheet.text(75, 312, human.support_number, size=10)
    _zone(sheet, 75, 420, mrz.card("IR", human, until))
    return sheet.done()


def national_card(human: Human, *, until: dt.date) -> bytes:
    """Return a DNI valid until the day given."""
    sheet = Sheet()
    sheet.box(60, 60, 360, 268)
    sheet.text(75, 80, "ESPAÑA", size=12, bold=True)
    sheet.text(345, 80, "DOCUMENTO NACIONAL DE IDENTIDAD", size=9, bold=True, align="right")
    rows = (
        ("DNI", human.id_number),
        ("APELLIDOS", human.surnames.upper()),
        ("NOMBRE", human.given_name.upper()),
        ("NACIONALIDAD", "ESP"),
        ("SEXO", human.sex),
        ("NACIMIENTO", f"{human.birth_date:%d %m %Y}"),
        ("NÚM SOPORT", human.support_number),
        ("VALIDEZ", f"{until:%d %m %Y}"),
    )
    _rows(sheet, rows, 75, 100)
    sheet.box(60, 280, 360, 470)
    sheet.text(75, 300, "DOMICILIO", size=7)
    sheet.text(75, 312, human.home.line.upper(), size=9)
    sheet.text(75, 324, human.home.city.upper(), size=9)
    _zone(sheet, 75, 420, mrz.card("ID", human, until))
    return sheet.done()


def passport(human: Human, *, until: dt.date) -> bytes:
    """Return the data page of a foreign passport valid until the day given."""
    sheet = Sheet()
    sheet.box(60, 60, 440, 330)
    country = COUNTRIES[human.nationality][0].upper()
    sheet.text(75, 82, f"PASSPORT / PASAPORTE   {country}", size=11, bold=True)
    rows = (
        ("Type / Code / Passport No.", f"P   {human.nationality}   {human.passport_number}"),
        ("Surname / Apellidos", human.surnames.upper()),
        ("Given names / Nombre", human.given_name.upper()),
        ("Nationality / Nacionalidad", human.nationality),
        ("Date of birth / Fecha de nacimiento", f"{human.birth_date:%d %m %Y}"),
        ("Sex / Sexo", human.sex),
        ("Date of expiry / Fecha de caducidad", f"{until:%d %m %Y}"),
    )
    _rows(sheet, rows, 75, 105)
    _zone(sheet, 75, 300, mrz.passport(human, until))
    return sheet.done()


def _rows(sheet: Sheet, rows: tuple[tuple[str, str], ...], x: float, y: float) -> None:
    """Write small labels, each with its value below."""
    for label, value in rows:
        sheet.text(x, y, label, size=6)
        sheet.text(x, y + 10, value, size=9, bold=True)
        y += 20


def _zone(sheet: Sheet, x: float, y: float, lines: tuple[str, ...]) -> None:
    """Write the lines for machines in a fixed pitch."""
    for at, line in enumerate(lines):
        sheet.canvas.setFont(_MONO, 12 if len(line) < 40 else 13)
        sheet.canvas.drawString(x, sheet.height - y - 16 * at, line)
