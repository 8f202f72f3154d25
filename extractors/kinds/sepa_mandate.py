"""A direct debit order, or a bank's paper that names the holder of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from stdnum import iban
from stdnum.es import iban as spanish_iban

from extractors.document import Field, Reading
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._values import PROVED, UNPROVED, first, name
from extractors.kinds._words import labels, score
from extractors.page import Page
from extractors.prose import Prose

_FILE = "sepa_mandate.yaml"
_SHAPE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\s?\d{2}(?:[ \t-]?[A-Z0-9]{4}){2,7}(?:[ \t-]?[A-Z0-9]{1,3})?(?![A-Z0-9])"
)
_SPANISH = re.compile(r"(?<![A-Z0-9])ES\s?(?:\d[ \t-]?){22}(?!\d)")
_CREDITOR = re.compile(r"[A-Z]{2}\d{2}ZZZ|[A-Z]{2}\d{5}[A-Z]")
"""Identifiers of creditors look like accounts (SEPA Direct Debit Core Rulebook, AT-02)."""


class _Account(NamedTuple):
    """An account number as found: its place, its value without blanks, whether its digits hold."""

    start: int
    end: int
    value: str
    valid: bool


def starts(page: Page) -> float:
    """The title of a mandate or of a bank's certificate, with an account and its holder."""
    return score(page, _FILE)


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the account and its holder; several accounts are not settled."""
    prose = Prose(pages)
    found = {
        "iban": _iban(prose),
        "holder_name": first(spots(pages, labels(_FILE)).get("holder_name", ()), name),
    }
    return {field: value for field, value in found.items() if value is not None}


def _iban(prose: Prose) -> Field | None:
    """Return the one valid account of the paper, else the first as read, unproved."""
    accounts = list(_accounts(prose.text))
    valid = [account for account in accounts if account.valid]
    if not accounts:
        return None
    chosen = (valid or accounts)[0]
    field = prose.field(chosen.start, chosen.end, chosen.value, PROVED if valid else UNPROVED)
    others = {account.value: account for account in valid if account.value != chosen.value}
    if not others:
        return field
    readings = tuple(
        Reading(reader="text", text=prose.text[a.start : a.end], value=a.value, confidence=0.5)
        for a in (chosen, *others.values())
    )
    return Field(
        value=field.value, text=field.text, confidence=0.5, page=field.page, box=field.box, readings=readings
    )


def _accounts(text: str) -> Iterator[_Account]:
    """Yield what looks like an account; a Spanish one also by its own two control digits."""
    end = 0
    for match in sorted((*_SPANISH.finditer(text), *_SHAPE.finditer(text)), key=lambda m: m.start()):
        value = re.sub(r"[\s-]", "", match.group())
        if match.start() < end or _CREDITOR.match(value):
            continue
        end = match.end()
        valid = spanish_iban.is_valid(value) if value.startswith("ES") else iban.is_valid(value)
        yield _Account(match.start(), match.end(), value, valid)


KIND = Kind(name="sepa_mandate", starts=starts, read=read)
