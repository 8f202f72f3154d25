"""What may stand in a place to write in, by the last part of its name: its sort, its signs, its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from extractors.certainty import Sort
from extractors.forms.template import Zone
from extractors.reading.words.engine import Model

FIGURES = "0123456789"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = _CAPITALS + _CAPITALS.lower() + "ÁÉÍÓÚÜÑÇÀÈÒÏÂÊÔÃÕÄÖáéíóúüñçàèòïâêôãõäö"


class Manner(NamedTuple):
    """How to read a place: only `signs` may stand in it, any where it is empty; `sort` for its certainty."""

    sort: Sort
    signs: str = ""
    model: Model = "spa"


_NAME = Manner("name", _LETTERS + "'’-.ºª")
_CODE = Manner("code", FIGURES + _CAPITALS + ".-/")
_NUMBER = Manner("number", FIGURES + "+.-/")
_DAY = Manner("date", FIGURES + "/.-")
_TEXT = Manner("text")
_EMAIL = Manner("text", FIGURES + _CAPITALS + _CAPITALS.lower() + "@._-+", "eng")
WORDED_DAY = Manner("date")
"""A day of which the month is written as a word."""

_BY_LEAF: Mapping[str, Manner] = {
    "first_surname": _NAME,
    "second_surname": _NAME,
    "given_name": _NAME,
    "nationality": Manner("text", _LETTERS + "'’-.()"),
    "id_number": _CODE,
    "iban": Manner("code", FIGURES + _CAPITALS),
    "social_security_number": _NUMBER,
    "postal_code": Manner("number", FIGURES),
    "mobile": _NUMBER,
    "phone": _NUMBER,
    "annual_income": Manner("amount", FIGURES + ".,€"),
    "email": _EMAIL,
}


def manner(zone: Zone) -> Manner:
    """Return how to read *zone*."""
    leaf = zone.name.rsplit(".", 1)[-1]
    return _DAY if day(zone) else _BY_LEAF.get(leaf, _TEXT)


def day(zone: Zone) -> bool:
    """Whether *zone* holds a day, or its day, month or year."""
    return zone.name.endswith(("_date", "signed_on"))
