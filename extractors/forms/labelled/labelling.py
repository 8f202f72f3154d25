"""Which printed words tell what a zone is for: the label above it, before it or beside it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.lines import Box, Line, Word, lines

COLUMN_GAP = 1.0
"""White space, in text heights, that parts two labels of one row."""


def own_label(zone: Box, kind: str, printed: Sequence[Word]) -> list[int]:
    """Return the places in *printed* of the words that label *zone*; none found gives an empty list."""
    near = (
        (lambda line: _beside(zone, line)) if kind in {"check", "radio"} else (lambda line: _over(zone, line))
    )
    telling = [line for line in lines(printed, COLUMN_GAP) if any(letter.isalpha() for letter in line.text)]
    ranked = [(distance, line) for line in telling if (distance := near(line)) is not None]
    if not ranked:
        return []
    chosen = min(ranked, key=lambda pair: (round(pair[0]), pair[1].box.y0))[1]
    return [at for at, word in enumerate(printed) if word in chosen.words]


def _beside(zone: Box, line: Line) -> float | None:
    """Return the gap between a tick box and the words at its height, None where they are no neighbours."""
    level = min(zone.y1, line.box.y1) - max(zone.y0, line.box.y0)
    if level < 0.3 * line.box.height:
        return None
    gap = max(line.box.x0 - zone.x1, zone.x0 - line.box.x1)
    return gap if -1 <= gap <= 14 else None


def _over(zone: Box, line: Line) -> float | None:
    """Return how far the words stand above or before a box to write in, None where they do not."""
    rise = zone.y0 - line.box.middle[1]
    if -zone.height < rise < 0 and line.box.x1 <= zone.x0 + 1:
        return (zone.x0 - line.box.x1) / 2 if zone.x0 - line.box.x1 < 25 else None
    wide = min(line.box.x1, zone.x1) - max(line.box.x0, zone.x0)
    if -25 < rise < 20 and (wide > 0 or -3 < line.box.x0 - zone.x0 < 0):
        return abs(rise)
    return None
