"""Lists of movements without heads or rules: the day, the name of its movement and its cause stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.languages.dates import dates_in
from extractors.lines import Line
from extractors.padron.vocabulary import causes_in
from extractors.prose import fold

_MOVE = re.compile(r"(?:altas?|bajas?|baix[ae]s?)(?!\w)(?:\s+(?:por|per)\s+)?\s*")
_MOST = 3
"""Cells of a day, the name of its movement, and its cause."""


def with_items(row: Sequence[Line]) -> list[Line]:
    """Return the cells of a *row*, those of one movement as one: its day, its name and its cause.

    A name without a cause may be the label of another column.
    """
    cells: list[Line] = []
    at = 0
    while at < len(row):
        told = next((n for n in (_MOST, _MOST - 1) if _is_movement(row[at : at + n], n)), 1)
        cells.append(Line(tuple(word for cell in row[at : at + told] for word in cell.words)))
        at += told
    return cells


def _is_movement(cells: Sequence[Line], size: int) -> bool:
    """Whether *cells* are so many as *size* and hold one day, then the name of a movement and its cause."""
    text = " ".join(cell.text for cell in cells)
    days = dates_in(text)
    if len(cells) != size or len(days) != 1 or text[: days[0].start].strip():
        return False
    folded = fold(text[days[0].end :]).lstrip(" .-–")
    named = _MOVE.match(folded)
    causes = causes_in(folded)
    return named is not None and bool(causes) and causes[0].start == named.end() and ":" not in folded
