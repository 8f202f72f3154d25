"""From what an example writes to values and facts: plain, uncertain, absent, empty or illegible.

- `absent`: no paper gives it. `empty`: the paper has a place for it and nobody wrote there.
  `illegible`: something stands there and cannot be read.
- `{says: 2025-03-05, read: 61 %, or: 2025-05-03}`: read with that certainty, and another reading.
- Dates are written out, or as `filing day`, `6 days before filing`, `1 month after filing`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from validators.dates import add_months, add_years
from validators.facts import Evidence, Fact
from validators.tables import Table, TableError

ABSENT, EMPTY, ILLEGIBLE = "absent", "empty", "illegible"
_FACT = ("says", "read", "or")
_RELATIVE = re.compile(r"(\d+) (day|month|year)s? (before|after) filing")
_PERCENT = re.compile(r"(\d{1,3}) ?%")
_MOVED: Mapping[str, Callable[[dt.date, int], dt.date]] = MappingProxyType(
    {"day": lambda day, n: day + dt.timedelta(days=n), "month": add_months, "year": add_years}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a value is written: the case's filing day, the paper, and how surely the paper is read."""

    filed_on: dt.date
    document: str
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of an example and what stands beside it, to be told in an error."""

    table: Table
    word: str
    raw: Any

    def wrong(self, what: str) -> TableError:
        """Return the error *what* at this entry's line."""
        return self.table.wrong(f"{self.word}: {what}", self.word)


def fact(kind: Any, entry: Entry, page: Page, name: str) -> Fact[Any] | None:
    """Return the fact that an entry tells; None for one that is absent."""
    where = (Evidence(page.document, name),)
    raw = entry.raw
    if raw == ABSENT:
        return None
    if raw in (EMPTY, ILLEGIBLE):
        sure = page.certainty if raw == EMPTY else 0.0
        return Fact(value=None, confidence=sure, evidence=where)
    if not isinstance(raw, Table):
        return Fact(value=value(kind, entry, page), confidence=page.certainty, evidence=where)
    raw.expect("says", optional=_FACT)
    others = raw.get("or", [])
    said = Entry(raw, "says", raw["says"])
    return Fact(
        value=None if raw["says"] == EMPTY else value(kind, said, page),
        confidence=share(Entry(raw, "read", raw["read"])) if "read" in raw else page.certainty,
        evidence=where,
        others=tuple(
            value(kind, Entry(raw, "or", one), page)
            for one in (others if isinstance(others, list) else [others])
        ),
    )


def share(entry: Entry) -> float:
    """Return a certainty written in per cent, from 0 to 1."""
    found = _PERCENT.fullmatch(entry.raw) if isinstance(entry.raw, str) else None
    if not found or int(found[1]) > 100:
        raise entry.wrong("a certainty is written like 61 %")
    return int(found[1]) / 100


def value(kind: Any, entry: Entry, page: Page) -> Any:
    """Return the value of an entry, of the type that the fact has.

    Raises:
        TableError: it is of another type, or one of the words for no value at all.
    """
    raw = entry.raw
    if raw is None or raw in (ABSENT, EMPTY, ILLEGIBLE):
        raise entry.wrong(f"a value is needed here; {ABSENT}, {EMPTY} and {ILLEGIBLE} stand for a whole fact")
    if get_origin(kind) is Literal:
        return _word(get_args(kind), entry)
    if get_origin(kind) in {Union, UnionType}:
        return raw if isinstance(raw, list) and all(isinstance(one, str) for one in raw) else _text(entry)
    made = _KINDS.get(kind)
    if made is None:
        raise entry.wrong("this fact has no word of its own")
    return made(entry, page)


def _word(choices: tuple[Any, ...], entry: Entry) -> Any:
    """Return one of a closed list of words."""
    if entry.raw not in choices:
        raise entry.wrong(f"one of {sorted(choices, key=str)}")
    return entry.raw


def _text(entry: Entry) -> str:
    """Return a text."""
    if not isinstance(entry.raw, str):
        raise entry.wrong("a text is needed, between quotation marks if it looks like a number")
    return entry.raw


def date(entry: Entry, filed_on: dt.date) -> dt.date:
    """Return a day, written out or counted from the filing."""
    if type(entry.raw) is dt.date:
        return entry.raw
    if entry.raw == "filing day":
        return filed_on
    found = _RELATIVE.fullmatch(str(entry.raw))
    if not found:
        raise entry.wrong("a day is written like 2026-03-16, `filing day` or `6 days before filing`")
    number, unit, side = found.groups()
    return _MOVED[unit](filed_on, -int(number) if side == "before" else int(number))


def _yes(entry: Entry) -> bool:
    """Return a yes or no."""
    if not isinstance(entry.raw, bool):
        raise entry.wrong("yes or no")
    return entry.raw


def _whole(entry: Entry) -> int:
    """Return a whole number."""
    if not isinstance(entry.raw, int) or isinstance(entry.raw, bool):
        raise entry.wrong("a whole number")
    return entry.raw


def _amount(entry: Entry) -> Decimal:
    """Return an amount or a degree."""
    try:
        return Decimal(_text(entry) if isinstance(entry.raw, str) else _whole(entry))
    except InvalidOperation:
        raise entry.wrong('an amount is written like "8400.00"') from None


_KINDS: Mapping[Any, Callable[[Entry, Page], Any]] = MappingProxyType(
    {
        dt.date: lambda entry, page: date(entry, page.filed_on),
        str: lambda entry, _: _text(entry),
        bool: lambda entry, _: _yes(entry),
        int: lambda entry, _: _whole(entry),
        float: lambda entry, _: share(entry),
        Decimal: lambda entry, _: _amount(entry),
    }
)
