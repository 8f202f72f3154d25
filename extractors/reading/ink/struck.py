"""Print that somebody struck out: a line goes through it, with letters standing out above and below.

A line below print has letters above it alone, a ruling of a table has none that touch it. On 31 clean pages
of certificates no line had ink at both sides over more than 3 % of its length; lines drawn through words and
dates had it over 26 % and more.

In swollen print the bars of letters run into one another. A line is as dark between the letters as on them,
or goes on where there are none; a hole that was punched is no line at all.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.ink.ruling import Mask
from extractors.reading.raster import Grey

_LONG, _LONGEST = 1.8, 25.0
"""Lengths of a line, in heights of the page's words: longer than a stroke of a letter, and no ruling."""
_THICK = 0.5
"""Thickness, in heights of the page's words, from which it is a bar."""
_REACH = 0.28
"""How far above and below the line, in heights of the page's words, letters are looked for."""
_EITHER, _BOTH = 0.25, 0.12
"""Shares of its length over which there is ink at each side, and at both sides of the same place."""

_EVEN = 0.66
"""Least darkness along a line, by that of its dark places: of letters that ran into one another it was 0.58
at most on 20 degraded and photographed pages; of 16 lines drawn through words 0.61 to 0.98, mostly above."""
_FAR = 3.6
"""Length, in heights of the page's words, from which that tells: serifs of a bold heading meet over less."""
_FREE = 3.0
"""Length, in reaches, over which a line, be it a pencil's, has no letter above or below: between letters that
ran into one another it was 1.7 at most, of those 16 lines 3.9 and more."""
_MOSTLY = 0.5
"""Share of its length over which it lies in solid ink, from which it is part of a hole or a blot."""

_Pixels = npt.NDArray[np.bool_]


def struck(flat: Grey, dark: Mask, text: Mask, high: float) -> bool:
    """Return whether a line in the ink *dark* goes through print, which is the part of it that is *text*.

    Of the page on white ground, *flat*, words are usually *high* pixels high.
    """
    long = max(round(_LONG * high), 12)
    level = cv2.dilate(dark, np.ones((2, 1), np.uint8))  # a line a little aslant goes on in the next row
    runs = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(round(_THICK * high), 3),) * 2, np.uint8))
    edges, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for left, top, wide, tall in map(cv2.boundingRect, edges):
        if tall <= _THICK * high and wide <= _LONGEST * high:
            near = max(round(_REACH * high), 3)
            up = max(top - near, 0)
            rows, across = slice(max(top - 1, 0), top + tall + 1), slice(left, left + wide)
            around = text[up : top + tall + near, across] > 0
            if (solid[rows, across] > 0).any(axis=0).mean() < _MOSTLY and _through(
                around,
                runs[top : top + tall, across] > 0,
                top - up,
                near,
                wide >= _FAR * high and _even(flat[rows, across]),
            ):
                return True
    return False


def _even(flat: Grey) -> bool:
    """Return whether what runs through some rows is about as dark all along."""
    least, most = np.percentile(255.0 - flat.min(axis=0), (5, 90))
    return bool(least >= _EVEN * most)


def _through(ink: _Pixels, line: _Pixels, top: int, near: int, even: bool) -> bool:
    """Return whether *ink* stands out above and below a *line* that begins in its row *top*.

    One that is not *even* is none unless it goes on beside the letters.
    """
    first = top + line.argmax(axis=0)
    last = top + line.shape[0] - 1 - line[::-1].argmax(axis=0)
    above = _inked(ink, first - near, first - 1)
    below = _inked(ink, last + 2, last + 1 + near)
    both = float((above & below).mean())
    drawn = even or np.count_nonzero(~above & ~below) >= _FREE * near
    return bool(drawn and above.mean() >= _EITHER and below.mean() >= _EITHER and both >= _BOTH)


def _inked(ink: _Pixels, start: npt.NDArray[Any], end: npt.NDArray[Any]) -> _Pixels:
    """Return for each column whether there is ink in its rows from *start* to before *end*."""
    sums = np.concatenate([np.zeros((1, ink.shape[1]), np.int64), np.cumsum(ink, axis=0, dtype=np.int64)])
    columns = np.arange(ink.shape[1])
    low, high = (np.clip(rows, 0, ink.shape[0]) for rows in (start, end))
    return np.asarray(sums[high, columns] > sums[low, columns], dtype=np.bool_)
