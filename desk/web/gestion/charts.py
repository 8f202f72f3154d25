"""The shapes of charts: columns with a scale, drawn by `gestion/charts.html` as SVG.

Across, places are hundredths of the width and letters keep their size: so a chart is read on 320 pixels as on
paper. Series differ by their pattern, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

HEIGHT = 150
"""Pixels of the highest column."""
TOP = 22
"""Pixels above it, for the number of the scale."""
_GAP = 0.22
"""The part of a group's width that is left empty beside it."""
_STEPS = (1, 2, 5)


class Bar(NamedTuple):
    """A column: its place and width in hundredths, its top and height in pixels, its series."""

    x: str
    width: str
    y: int
    height: int
    series: int


class Line(NamedTuple):
    """A line of the scale at its height, with the number that it stands for."""

    y: int
    value: int


class Label(NamedTuple):
    """A word under the columns; `anchor` tells which end of it lies at `x`."""

    x: str
    text: str
    anchor: str


class Columns(NamedTuple):
    """A chart; `height` is that of the columns with what is above them."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    height: int


def columns(groups: Sequence[tuple[str, Sequence[int]]], *, stacked: bool = False) -> Columns:
    """Return the shapes of *groups* of a label and its values, side by side or one on another.

    A group without a label has none under it. The scale goes from nothing to the next round number.
    """
    highest = max((sum(values) if stacked else max(values) for _, values in groups), default=0)
    top = _round(highest)
    wide = 100 / max(len(groups), 1)
    bars = [
        bar for n, (_, values) in enumerate(groups) for bar in _bars(n * wide, wide, values, top, stacked)
    ]
    lines = [Line(TOP + HEIGHT - HEIGHT * value // top, value) for value in _scale(top)]
    labels = [_label(n, len(groups), text) for n, (text, _) in enumerate(groups) if text]
    return Columns(tuple(bars), tuple(lines), tuple(labels), TOP + HEIGHT)


def _bars(at: float, wide: float, values: Sequence[int], top: int, stacked: bool) -> list[Bar]:
    """Return the columns of one group."""
    inner = wide * (1 - _GAP)
    one = inner if stacked else inner / max(len(values), 1)
    found, floor = [], TOP + HEIGHT
    for n, value in enumerate(values):
        height = max(HEIGHT * value // top, 1) if value else 0
        x = at + wide * _GAP / 2 + (0 if stacked else n * one)
        if height:
            found.append(Bar(f"{x:.2f}%", f"{one:.2f}%", floor - height, height, n))
        floor -= height if stacked else 0
    return found


def _label(n: int, many: int, text: str) -> Label:
    """Return a word under its group; the first and the last stay within the chart."""
    wide = 100 / many
    if many > 1 and n in {0, many - 1}:
        return Label("0%", text, "start") if n == 0 else Label("100%", text, "end")
    return Label(f"{(n + 0.5) * wide:.2f}%", text, "middle")


def _round(value: int) -> int:
    """Return the round number that is no less."""
    tens = 1
    while True:
        for step in _STEPS:
            if step * tens >= value:
                return max(step * tens, 2)
        tens *= 10


def _scale(top: int) -> tuple[int, ...]:
    """Return the numbers of the scale."""
    return (top // 2, top) if top % 2 == 0 else (top,)
