"""What an example says of a date, an amount or the parts of a judgement, beside the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from validators.examples.values import ABSENT
from validators.tables import Table


def differing(said: Any, found: Any, where: str) -> Iterator[str]:
    """Yield one sentence for each value that is not as an example says.

    *said* is what the file holds: a value, a list, or the words of the parts of *found* that matter.
    """
    if isinstance(said, Table):
        for word, raw in said.items():
            if not hasattr(found, word):
                raise said.wrong(f"{where} has no {word!r}", word)
            yield from differing(raw, getattr(found, word), f"{where}.{word}")
    elif isinstance(said, list):
        yield from _list(said, found, where)
    elif not _same(said, found):
        yield f"{where}: {_shown(found)} instead of {_shown(said)}"


def _list(said: list[Any], found: Sequence[Any], where: str) -> Iterator[str]:
    """Yield what differs in a list, item by item."""
    if len(said) != len(found):
        yield f"{where}: {len(found)} instead of {len(said)}"
        return
    for number, (one, other) in enumerate(zip(said, found, strict=True), 1):
        yield from differing(one, other, f"{where} {number}")


def _same(said: Any, found: Any) -> bool:
    """Whether a value is the one that is written; amounts are compared as numbers, to the cent."""
    if said == ABSENT:
        return found is None
    if isinstance(found, Decimal) and isinstance(said, str):
        try:
            return Decimal(said) == found
        except InvalidOperation:
            return False
    if isinstance(found, str) and isinstance(said, str):
        return said == found
    return type(said) is type(found) and bool(said == found)


def _shown(one: Any) -> str:
    """Return a value as an example writes it."""
    if one is None:
        return ABSENT
    if isinstance(one, bool):
        return "yes" if one else "no"
    return one.isoformat() if isinstance(one, dt.date) else str(one)
