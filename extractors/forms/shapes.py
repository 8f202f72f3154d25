"""Whether a value looks like its field: what a neighbour's label let in by mistake seldom does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from stdnum import iban as account

from extractors.document import Field, Json
from extractors.forms.values import DOUBT
from extractors.prose import fold

_PAPER = re.compile(
    r"[XYZ]?\d{7,8}[A-Z]|[XYZ]\d{7}[A-Z]|[A-Z]{1,3}\d{5,9}[A-Z]?|[A-Z]{2}\d[A-Z0-9]{6}|\d{7,8}|[0-5]\d{8}"
)
"""DNI, NIE, and the numbers that passports bear."""
_NUMBER = re.compile(r"\d{1,4}(\s?[-/,]\s?\d{1,4})?\s?[A-Za-z]?(\s?bis)?|[sS]\s?[/.]?\s?[nN]\.?")
_PART = re.compile(r"[\wºª°./-]{1,6}(\s[\wºª°./-]{1,10})?|[^\W\d_]{1,12}\.?")
_EMAIL = re.compile(r"[^\s@,;:]+@[^\s@,;:]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+|00)?\d{9,14}")
_NAME = re.compile(r"[^\W\d_][^\d@:;_()\[\]☐☒]{0,59}")
_PLACE = re.compile(r"[^\W\d_][^\d@:;_\[\]☐☒]{1,59}")
_ASKING = re.compile(
    r"\b(?:consta|figura|procede|no tiene|ningun[oa]|document[oa]\w*|pasaporte|apell?idos?|nombre|fecha"
    r"|numero|domicilio|nacimiento|localidad|telefono|dni|nie|nif|firma)\b"
)
"""Words of a label, of a hint beside it, or of an answer that is none."""
_OTHER_PART = re.compile(
    r"(?:puerta|pta|letra|escalera|esc|escal|bloque|blq|portal|numero|num|piso|planta)\b"
)
_PROVINCE_CODES = range(1, 53)


def shaped(name: str, field: Field) -> Field:
    """Return *field*, or without its value and in doubt where that cannot be what *name* asks for."""
    test = _BY_LEAF.get(name.rsplit(".", 1)[-1])
    if test is None or field.value is None or (_text(field.value) and test(str(field.value))):
        return field
    return replace(field, value=None, confidence=min(field.confidence, DOUBT))


def email(text: str) -> bool:
    """Whether *text* is one address of electronic mail."""
    return bool(_EMAIL.fullmatch(text))


def phone(text: str) -> bool:
    """Whether *text* is one telephone number, its blanks, dots and hyphens left out."""
    return bool(_PHONE.fullmatch(re.sub(r"[\s.\-]", "", text)))


def iban(text: str) -> bool:
    """Whether *text* is an IBAN whose check digits agree (ISO 13616, mod 97)."""
    return bool(account.is_valid(text))


def _text(value: Json) -> bool:
    """Whether the value is a text: lists and truth values have no shape."""
    return isinstance(value, str)


def _id_number(text: str) -> bool:
    """Whether *text* can be the number of a DNI, NIE or passport."""
    return bool(_PAPER.fullmatch(text))


def _number(text: str) -> bool:
    """Whether *text* can be the number of a house: short, with figures, or "s/n"."""
    return bool(_NUMBER.fullmatch(text.strip()))


def _part(text: str) -> bool:
    """Whether *text* can be a block, stair, floor or door."""
    if _OTHER_PART.match(fold(text)):  # the neighbour's label, or one whose answer is cut off
        return False
    return bool(_PART.fullmatch(text.strip())) and not re.search(r"\d{4}", text)


def _postal_code(text: str) -> bool:
    """Whether *text* is five figures of which the first two are a province."""
    return bool(re.fullmatch(r"\d{5}", text)) and int(text[:2]) in _PROVINCE_CODES


def _name(text: str) -> bool:
    """Whether *text* can be a name: no figures, no words of a label, no sentence."""
    if not _NAME.fullmatch(text) or _ASKING.search(fold(text)):
        return False
    return not re.search(r"[^\W\d_]{4,}\.\s", text) and len(text.split()) <= 7


def _place(text: str) -> bool:
    """Whether *text* can be a town or a kind of street."""
    return bool(_PLACE.fullmatch(text)) and len(text.split()) <= 8 and not _ASKING.search(fold(text))


def _street(text: str) -> bool:
    """Whether *text* can be the name of a street: it has letters and is none of the other fields."""
    bare = re.sub(r"[\s.\-]", "", text).upper()
    return (
        bool(re.search(r"[^\W\d_]{2}", text)) and not re.search(r"[@:]", text) and not _PAPER.fullmatch(bare)
    )


def _nationality(text: str) -> bool:
    """Whether *text* can be a nationality."""
    return bool(_PLACE.fullmatch(text)) and len(text.split()) <= 6 and not _ASKING.search(fold(text))


_BY_LEAF: Mapping[str, Callable[[str], bool]] = {
    "first_surname": _name,
    "second_surname": _name,
    "given_name": _name,
    "full_name": _name,
    "surnames": _name,
    "id_number": _id_number,
    "number": _number,
    "block": _part,
    "stair": _part,
    "floor": _part,
    "door": _part,
    "postal_code": _postal_code,
    "city": _place,
    "street_type": _place,
    "street_name": _street,
    "place": _place,
    "email": email,
    "mobile": phone,
    "phone": phone,
    "iban": iban,
    "nationality": _nationality,
}
