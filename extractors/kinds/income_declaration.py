"""What a person earned in a year: declared, or certified by the tax office."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.document import Field
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import identified
from extractors.kinds._values import Parsed, Parser, first
from extractors.kinds._words import data, labels, score, titled
from extractors.page import Page
from extractors.prose import Prose, fold

_FILE = "income_declaration.yaml"
TOLD = 0.92
"""Certainty of the only amount, or the only year, of a sentence about income."""
_IN_WORDS = 0.85
"""Certainty of a declaration of income that has no labels."""
_MONTHLY = re.compile(r"\b(?:mensual\w*|mensuais|al mes|ao mes|cada mes|por mes|trimestral\w*)\b")
"""An amount of a month is not that of a year."""
_OTHER_MONEY = re.compile(
    r"\b(?:dirhams?|dh|mad|dolar\w*|usd|libras|gbp|pesos?|bolivares|soles|reales|francos?|rublos?|yuan\w*)\b"
)
"""An amount in other money is not that many euros."""
_DOUBT = 0.5
"""The certainty of an amount beside which the paper tells of another one."""
_NEAR = 60
"""Signs around an amount, a clause on either side, in which it is said to be a month's."""
_IN_YEAR = re.compile(r"\b(?:ano|anos|ejercicio|exercicio|ejercicio fiscal)\s+(20\d\d)\b")
_EUROS = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+(?:,\d{2})?|\d+(?:,\d{2})?)\s*(?:€|euros\b)")


def starts(page: Page) -> float:
    """The title and a label; or a declaration under its title that gives one amount in a sentence."""
    sure = score(page, _FILE)
    told = titled(page, data(_FILE)["declared"]) and _one(Prose([page]), _EUROS, _amount) is not None
    return max(sure, _IN_WORDS) if told and not page.widgets else sure


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return whose income it is, of which year, and how much; a sentence counts where it gives one amount."""
    places, prose = spots(pages, labels(_FILE)), Prose(pages)
    amount = first(places.get("annual_income", ()), _amount) or _one(prose, _EUROS, _amount)
    found = {
        "year": first(places.get("year", ()), _year) or _one(prose, _IN_YEAR, _year),
        "annual_income": _doubted(amount, prose) if amount is not None else None,
    }
    return identified(places, prose) | {field: value for field, value in found.items() if value is not None}


def _doubted(amount: Field, prose: Prose) -> Field:
    """Return an amount, in doubt where the paper tells of a greater one, of months or of other money."""
    told = (_amount(prose.text[slice(*match.span(1))]) for match in _EUROS.finditer(prose.folded))
    greater = any(Decimal(one.value) > Decimal(amount.value) for one in told if one)
    if greater or _MONTHLY.search(prose.folded) or _OTHER_MONEY.search(prose.folded):
        return replace(amount, confidence=min(_DOUBT, amount.confidence))
    return amount


def _one(prose: Prose, pattern: re.Pattern[str], parser: Parser) -> Field | None:
    """Return the only value of a kind that the sentences give, None where they give none or several."""
    found = {match[1]: match for match in pattern.finditer(prose.folded)}
    if len(found) != 1:
        return None
    (match,) = found.values()
    if _MONTHLY.search(prose.folded[max(match.start() - _NEAR, 0) : match.end() + _NEAR]):
        return None
    parsed = parser(prose.text[match.start(1) : match.end(1)])
    return prose.field(match.start(1), match.end(1), parsed.value, TOLD) if parsed else None


def _year(text: str) -> Parsed | None:
    """Return a year in four figures."""
    found = re.match(r"(20\d\d)(?!\d)", text)
    return Parsed(int(found[1]), 0.95) if found else None


def _amount(text: str) -> Parsed | None:
    """Return an amount written 1.234,56 as a decimal string; other ways of writing it are refused."""
    found = re.match(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?(?=\s|€|$)", text)
    if found is None or _MONTHLY.search(fold(text)):
        return None
    return Parsed(f"{found[1].replace('.', '')}.{found[2] or '00'}", 0.95)


KIND = Kind(name="income_declaration", starts=starts, continues=numbered_on, read=read)
