"""Days that lead the lines of a list of movements, with the words right behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors.languages.dates import FoundDate
from extractors.padron.vocabulary import Mark
from extractors.prose import Prose

_ITEM = re.compile(r"\s*(?:[-–—•*·▪○●]\s*|\d{1,2}\s?[.)ºª-]+\s+)?")
_TELLS = re.compile(r"(?:[ ]*[.:–—|-])?[ ]+[A-ZÀ-Ý]")
"""What stands before and behind the day that leads a line of a list."""


def leading(prose: Prose, dates: Sequence[FoundDate]) -> frozenset[int]:
    """Return the places of the *dates* of a list of movements: each begins a line, one after the other.

    What stands on the line above tells nothing of such a day.
    """
    lead = [
        _ITEM.fullmatch(prose.text[prose.text.rfind("\n", 0, date.start) + 1 : date.start])
        and _TELLS.match(prose.text, date.end)
        for date in dates
    ]
    first = next((at for at, leads in enumerate(lead) if leads), len(lead))
    count = sum(1 for _ in takewhile(bool, lead[first:]))
    return (
        frozenset(range(first, first + count))
        if count > 1 and not any(lead[first + count :])
        else frozenset()
    )


def beside(prose: Prose, date: FoundDate, marks: Sequence[Mark]) -> Mark | None:
    """Return the words right behind the *date* that leads its line, None where they tell nothing known."""
    return next(
        (m for m in marks if m.start >= date.end and not prose.text[date.end : m.start].strip(" .:–—-|·")),
        None,
    )
