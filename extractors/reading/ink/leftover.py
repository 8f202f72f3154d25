"""Ink of a page that looks like writing and that nobody has read: lines an engine overlooked.

Rulings, specks, pictures, pen strokes and round seals are no writing; what is printed inside a seal is
left to whoever asks, since a seal may also hide a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extractors.reading.ink.ruling import Mask
from extractors.reading.patches import patches

_LOW, _TALL = 0.4, 1.5
"""Heights of a letter, in heights of the page's words: from an "a" to a letter with accent and tail."""
_BROAD = 4.0
"""Breadth of letters that touch, in heights of the page's words."""
_REACH = 1.2
"""White space, in heights of the page's words, over which letters belong to one line."""
_LETTERS = 2
"""Letters from which it is writing: a single one is dirt, a bullet or the tail of a stroke."""
_HIGH = 2.0
"""Height of a line, in heights of the page's words; what is higher is a drawing."""
_ROUND = (0.7, 1.4)
"""Breadth of a seal in its heights."""
_SEAL = (3.0, 18.0)
"""Breadth of a seal, in heights of the page's words: from 30 points to 180."""
_EDGE = 0.015
"""Share of the page along its edges where the scanner's own shadow lies."""

_Stats = npt.NDArray[np.int32]
"""One row for each connected part: left, top, width, height, pixels."""


class Place(NamedTuple):
    """A rectangle in pixels: left, top, right, bottom."""

    x0: int
    y0: int
    x1: int
    y1: int


class Left(NamedTuple):
    """Where writing was left unread, and where seals or pictures lie that may hide some."""

    writing: tuple[Place, ...]
    seals: tuple[Place, ...]


def left(dark: Mask, read: Iterable[Place], high: float) -> Left:
    """Return what was left of the ink *dark*, rulings taken out, outside the places *read*.

    *high* is the usual height of the page's words in pixels.
    """
    rest = dark.copy()
    for place in read:
        rest[max(place.y0 - 2, 0) : place.y1 + 3, max(place.x0 - 2, 0) : place.x1 + 3] = 0
    margin = max(round(_EDGE * min(rest.shape)), 1)
    rest[:margin] = rest[-margin:] = 0
    rest[:, :margin] = rest[:, -margin:] = 0
    parts = _parts(rest)
    seals = tuple(_place(part) for part in parts if _is_seal(part, high))
    letters = [_place(part) for part in parts if _is_letter(part, high)]
    free = [one for one in letters if not any(_inside(one, seal) for seal in seals)]
    return Left(tuple(_lines(free, rest.shape, high)), seals)


def _parts(rest: Mask) -> _Stats:
    """Return the connected parts of the ink."""
    return patches(rest).stats[1:]


def _place(part: npt.NDArray[np.int32]) -> Place:
    """Return where a part lies."""
    x, y, wide, tall = (int(value) for value in part[:4])
    return Place(x, y, x + wide, y + tall)


def _is_letter(part: npt.NDArray[np.int32], high: float) -> bool:
    """Whether a part has the size of a letter, or of a few that touch, and enough ink for one."""
    wide, tall, ink = (int(value) for value in part[2:5])
    sized = _LOW * high <= tall <= _TALL * high and wide <= _BROAD * high
    return sized and ink >= 0.12 * wide * tall and wide >= 0.05 * high


def _is_seal(part: npt.NDArray[np.int32], high: float) -> bool:
    """Whether a part is about as broad as tall and has the size of a seal or a coat of arms."""
    wide, tall = int(part[2]), int(part[3])
    return _SEAL[0] * high <= wide <= _SEAL[1] * high and _ROUND[0] <= wide / max(tall, 1) <= _ROUND[1]


def _inside(one: Place, seal: Place) -> bool:
    """Whether the middle of a place lies in a seal's rectangle."""
    x, y = (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
    return seal.x0 <= x <= seal.x1 and seal.y0 <= y <= seal.y1


def _lines(letters: list[Place], shape: tuple[int, ...], high: float) -> Iterable[Place]:
    """Yield the lines that *letters* make, each at least of a few and no higher than a line."""
    if not letters:
        return
    sheet = np.zeros(shape, np.uint8)
    for one in letters:
        sheet[one.y0 : one.y1, one.x0 : one.x1 + round(_REACH * high)] = 255
    _, labels, stats, _ = patches(sheet)
    counts = np.bincount([labels[one.y0, one.x0] for one in letters], minlength=len(stats))
    for number, part in enumerate(stats):
        if number and counts[number] >= _LETTERS and part[3] <= _HIGH * high:
            x, y, wide, tall = (int(value) for value in part[:4])
            yield Place(x, y, min(x + wide - round(_REACH * high), shape[1]), y + tall)
