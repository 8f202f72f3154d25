"""From the text of a field to its value, by the last part of the field's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from extractors.document import Json
from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.prose import fold

DOUBT = 0.3
"""Certainty of a value that the text does not yield: the text is kept, the value is None."""
_SURE_DATE = 0.9


class Value(NamedTuple):
    """What a text means and how sure that is, 0 to 1, were the text itself certain."""

    value: Json
    sure: float


def meaning(name: str, text: str, choices: Mapping[str, str]) -> Value:
    """Return what *text* means in the field *name*; an empty text is a certain None."""
    if not text:
        return Value(None, 1.0)
    if choices:
        return _choice(text, choices)
    leaf = name.rsplit(".", 1)[-1]
    special = _BY_LEAF.get("date" if leaf.endswith(("_date", "signed_on")) else leaf)
    return special(text) if special else Value(text, 1.0)


def date(text: str) -> Value:
    """Return the one date that *text* is, ISO; a year of two figures leaves the century open."""
    found = dates_in(_spelled(text))
    if len(found) != 1 or found[0].value is None or found[0].certainty < _SURE_DATE:
        return Value(None, DOUBT)
    beside = len(re.sub(r"\W", "", _spelled(text))) - len(re.sub(r"\W", "", found[0].text))
    return Value(found[0].value.isoformat(), 1.0 if beside == 0 else 0.85)


def _spelled(text: str) -> str:
    """Write eight figures, or figures parted by blanks or odd signs, as day/month/year."""
    if re.fullmatch(r"\d{8}", re.sub(r"\s", "", text)):
        run = re.sub(r"\s", "", text)
        return f"{run[:2]}/{run[2:4]}/{run[4:]}"
    parts = re.fullmatch(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4})", text)
    return "/".join(parts.groups()) if parts else text


def _id_number(text: str) -> Value:
    """Return a document number without blanks, dots or hyphens."""
    number = re.sub(r"[\s.\-·]", "", text).upper()
    return Value(number, 1.0 if re.fullmatch(r"[A-Z0-9/]{4,20}", number) else 0.6)


def _iban(text: str) -> Value:
    """Return an IBAN without blanks."""
    iban = re.sub(r"[\s\-.]", "", text).upper()
    return Value(iban, 1.0 if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", iban) else 0.6)


def _digits(text: str) -> Value:
    """Return a post code or mobile number without the blanks of its cells."""
    number = re.sub(r"[\s.\-]", "", text)
    return Value(number, 1.0 if re.fullmatch(r"\+?\d{4,15}", number) else 0.6)


def _amount(text: str) -> Value:
    """Return euros as a decimal text: a comma parts the cents, points part the thousands."""
    plain = re.sub(r"[\s€]|euros?|eur", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"\d+\.\d{2}", plain):  # as a program writes it
        return Value(plain, 0.95)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+\.\d{2}", plain):  # groups are of three: the last point is a comma
        plain = f"{plain[:-3]},{plain[-2:]}"
    if not re.fullmatch(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?", plain):
        return Value(None, DOUBT)
    amount = Decimal(plain.replace(".", "").replace(",", "."))
    return Value(str(amount.quantize(Decimal("0.01"))), 1.0)


def _nationality(text: str) -> Value:
    """Return the country's alpha-3 code, else the text."""
    return Value(country(text) or text, 1.0)


def _choice(text: str, choices: Mapping[str, str]) -> Value:
    """Return the one choice whose code or name *text* is or tells."""
    if text.strip() in choices:
        return Value(choices[text.strip()], 1.0)
    told = {slug for slug in choices.values() if slug in fold(text)}
    return Value(told.pop(), 1.0) if len(told) == 1 else Value(None, DOUBT)


_BY_LEAF: Mapping[str, Callable[[str], Value]] = {
    "date": date,
    "id_number": _id_number,
    "iban": _iban,
    "postal_code": _digits,
    "mobile": _digits,
    "annual_income": _amount,
    "nationality": _nationality,
}
