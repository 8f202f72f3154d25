"""Known forms with something in nearly every place: many values a page, in any face, size and ink."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

from benchmarks import calibrate_hard
from desk.demo.editions import Widget, blank, editions
from desk.demo.forms import written
from desk.demo.sheet import Face, Sheet
from fixtures import faces, people

_INKS = ((0.0, 0.0, 0.0), (0.1, 0.1, 0.1), (0.25, 0.25, 0.25), (0.09, 0.11, 0.42))
_SIZES = (8.5, 9.0, 9.5, 10.0, 11.0)
_LEAST = 6.5
"""Points of the smallest letters that anybody squeezes into a box."""
_HOSTS = ("correo.example", "gmail.com", "hotmail.es", "correo.gal", "outlook.com")
_DOORS = ("A", "B", "C", "F", "D", "1", "2", "Izda.", "Dcha", "Ctro", "izq")
_FLOORS = ("1", "2", "3", "5", "8", "10", "Bajo", "1º", "3º", "6º", "Ático", "Entlo")
_NATIONS = ("Española", "Marroquí", "Brasileña", "Ecuatoriana", "Peruana", "Chilena", "Portuguesa")
_HARD = 0.8
"""Share of the places of a hard form that hold what readers stumble over."""
_BORN = dt.date(1930, 1, 1), dt.date(2015, 12, 31)
_SIGNED = dt.date(2015, 1, 1), dt.date(2029, 12, 31)
_SURNAMES = tuple(name for names in people.SURNAMES.values() for name in names)
_GIVEN = tuple(name for names in people.GIVEN.values() for name in names)


class Sheetful(NamedTuple):
    """A filled form, the face it is filled in, and what was written in which of its boxes."""

    edition: str
    face: str
    data: bytes
    written: tuple[tuple[Widget, str], ...]


def filled(chance: Random, family: faces.Family, writing: faces.Writing, *, hard: bool = False) -> Sheetful:
    """Return a form by lot with something in nearly every place to write in, in one face and one ink.

    A *hard* one holds in many places what readers stumble over.
    """
    edition = chance.choice(sorted(editions()))
    plain, bold = chance.choice(faces.of(family, writing))
    sheet = Sheet(Face(plain=plain, bold=bold, size=chance.choice(_SIZES)))
    ink, capitals = chance.choice(_INKS), chance.random() < 0.4
    boxes = [box for box in editions()[edition] if box.kind in {"text", "comb"}]
    texts = {field: text for field, text in _texts(chance, boxes, hard=hard).items() if chance.random() < 0.9}
    told: list[tuple[Widget, str]] = []
    for page in range(1, max(box.page for box in editions()[edition]) + 1):
        sheet.canvas.setFillColorRGB(*ink)
        for box in (box for box in boxes if box.page == page and box.field in texts):
            text = _part(box, texts[box.field])
            text = text.upper() if capitals and "@" not in text else text
            told += [(box, text)] if _entered(sheet, chance, box, text) else []
        if page < max(box.page for box in editions()[edition]):
            sheet.turn()
    return Sheetful(edition, plain, _merged(edition, sheet.done()), tuple(told))


def _texts(chance: Random, boxes: list[Widget], *, hard: bool) -> dict[str, str | dt.date]:
    """Return something for every field that the boxes hold."""
    return {box.field: _something(chance, box.field.rsplit(".", 1)[-1], hard=hard) for box in boxes}


def _something(chance: Random, leaf: str, *, hard: bool) -> str | dt.date:
    """Return a value by lot for the last part of a field's name, mostly a *hard* one where asked."""
    told = calibrate_hard.something(chance, leaf) if hard and chance.random() < _HARD else None
    if told is not None:
        return told
    if leaf.endswith(("_date", "signed_on")):
        return people.day_between(chance, *(_BORN if leaf == "birth_date" else _SIGNED))
    return _BY_LEAF[leaf](chance)


def _part(box: Widget, value: str | dt.date) -> str:
    """Return what stands in one box: a text, or the part of a day that belongs there."""
    return written(box, value)


def _entered(sheet: Sheet, chance: Random, box: Widget, text: str) -> bool:
    """Draw a text in its box, smaller where it would run over; say whether it is there, and has a room."""
    x0, y0, x1, y1 = box.box
    low = (y0 + y1) / 2 + 0.35 * sheet.face.size + chance.uniform(-1.2, 1.2)
    if box.kind == "comb":
        if len(text) > box.cells:
            return False
        pitch = (x1 - x0) / box.cells
        for at, sign in enumerate(text):
            sheet.text(x0 + pitch * (at + 0.5) + chance.uniform(-0.6, 0.6), low, sign, align="middle")
        return True
    size = min(sheet.face.size, sheet.face.size * (x1 - x0 - 5) / max(sheet.wide(text), 1.0))
    if size < _LEAST or not all(faces.covers(sheet.face.plain, sign) for sign in text):
        return False
    sheet.text(x0 + 2 + chance.uniform(0, 2.5), low, text, size=size)
    return True


def _merged(edition: str, ink: bytes) -> bytes:
    """Return the blank with what was entered drawn on it, and no form left."""
    writer, overlay = PdfWriter(), PdfReader(BytesIO(ink))
    for page, over in zip(PdfReader(BytesIO(blank(edition))).pages, overlay.pages, strict=True):
        kept = writer.add_page(page)
        kept.pop("/Annots", None)
        kept.merge_page(over)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _name(chance: Random) -> str:
    """Return a surname, a given name, or two of them."""
    return " ".join(chance.sample(chance.choice((_SURNAMES, _GIVEN)), chance.choice((1, 1, 2))))


def _street(chance: Random) -> str:
    """Return the name of a street."""
    return str(chance.choice((chance.choice(people.STREETS)[1], f"{_name(chance)}", "Gral. Polavieja")))


def _town(chance: Random) -> str:
    """Return a town."""
    return chance.choice(sorted(people.TOWNS))


def _email(chance: Random) -> str:
    """Return an e-mail address."""
    name = chance.choice(("ana", "j.garcia", "maria_lopez", "yusuf", "n.benali"))
    return f"{name}{chance.randint(1, 9999)}@{chance.choice(_HOSTS)}"


def _phone(chance: Random) -> str:
    """Return a telephone number."""
    return f"{chance.choice('679')}{chance.randint(0, 99_999_999):08d}"


def _social_security(chance: Random) -> str:
    """Return an affiliation number whose last two figures hold."""
    place, own = chance.randint(1, 52), chance.randint(10**7, 10**8 - 1)
    return f"{place:02d}{own:08d}{(place * 10**8 + own) % 97:02d}"


def _identity(chance: Random) -> str:
    """Return a number of a DNI, a NIE or a passport."""
    passport = "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=2)) + f"{chance.randint(0, 9_999_999):07d}"
    return chance.choice((people.national_number(chance), people.foreign_number(chance), passport))


def _amount(chance: Random) -> str:
    """Return euros as people write them."""
    return f"{Decimal(chance.randint(0, 6_000_000)) / 100:,.2f}".translate(str.maketrans(",.", ".,"))


_BY_LEAF: Mapping[str, Callable[[Random], str]] = {
    "first_surname": _name, "second_surname": _name, "given_name": _name, "street_name": _street,
    "city": _town, "place": _town, "province": _town, "territorial_office": _town, "email": _email,
    "phone": _phone, "mobile": _phone, "id_number": _identity, "iban": people.account,
    "social_security_number": _social_security, "annual_income": _amount,
    "postal_code": lambda chance: f"{chance.randint(1000, 52999):05d}",
    "number": lambda chance: str(chance.randint(1, 240)),
    "block": lambda chance: chance.choice((str(chance.randint(1, 30)), *"ABC")),
    "stair": lambda chance: chance.choice((str(chance.randint(1, 9)), *"ABCD")),
    "floor": lambda chance: chance.choice(_FLOORS), "door": lambda chance: chance.choice(_DOORS),
    "street_type": lambda chance: chance.choice(("Calle", "Avenida", "Plaza", "Paseo", "C/", "Rúa", "Avda.")),
    "nationality": lambda chance: chance.choice(_NATIONS),
    "procedure": lambda _: "Convenio especial de prestación de asistencia sanitaria",
}  # fmt: skip
