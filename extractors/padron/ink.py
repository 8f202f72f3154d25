"""Pen strokes and round seals on a page: ink that is no text, no ruling, no frame and no code of squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from extractors.lines import Box
from extractors.page import Page

CELL = 2.0
"""Points to a side of the squares in which ink is looked for."""
DARK = 170
"""Grey below which a pixel is ink: a pale pen still is."""
DOUBTED = 0.6
"""Words that OCR is less sure of than this may be a signature taken for letters."""
STROKE = (24.0, 5.0)
"""Least width and height of a signature, in points."""
SEAL = (34.0, 170.0)
"""Least and greatest breadth of a round seal, in points."""
_DENSE = 0.55
"""Share of its frame that a picture or a code of squares fills, and a pen does not."""
_STRAIGHT = 0.7
"""Share of the ink in full rows and columns above which it is a ruling or a frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """One connected drawing: a `stroke` of a pen or a round `seal`."""

    shape: Literal["stroke", "seal"]
    box: Box


def ink_in(page: Page, region: Box) -> tuple[Ink, ...]:
    """Return the strokes and seals of *page* inside *region*."""
    cells = _cells(page, region)
    found = (_drawing(part, region) for part in _connected(cells))
    return tuple(ink for ink in found if ink is not None)


def _cells(page: Page, region: Box) -> npt.NDArray[np.bool_]:
    """Return which squares of *region* hold ink that belongs to no word."""
    picture = page.picture()
    scale = picture.scale
    x0, y0, x1, y1 = (round(side * scale) for side in region)
    dark = picture.grey[max(y0, 0) : y1, max(x0, 0) : x1] < DARK
    for word in page.words:
        if word.confidence >= DOUBTED and word.box.common(region) > 0:
            a, b, c, d = (round(side * scale) for side in word.box.grown(1.0))
            dark[max(b - y0, 0) : max(d - y0, 0), max(a - x0, 0) : max(c - x0, 0)] = False
    side = max(round(CELL * scale), 1)
    high, wide = dark.shape[0] // side, dark.shape[1] // side
    rows = dark[: high * side, : wide * side].reshape(high, side, wide * side).any(axis=1)
    return np.asarray(rows.reshape(high, wide, side).any(axis=2), dtype=np.bool_)


def _connected(cells: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.intp]]:
    """Yield the rows and columns of each connected group of squares; a gap of one square is bridged."""
    if not cells.any():
        return
    # each with the one to its right and those below: squares two steps apart touch, those three apart do not
    _, labels = cv2.connectedComponents(cv2.dilate(cells.view(np.uint8), np.ones((2, 2), np.uint8)))
    places, groups = np.argwhere(cells), np.asarray(labels)[cells]
    order = np.argsort(groups, kind="stable")
    yield from np.split(places[order], np.flatnonzero(np.diff(groups[order])) + 1)


def _drawing(part: npt.NDArray[np.intp], region: Box) -> Ink | None:
    """Return the stroke or the seal that a group of squares is, None when it is neither."""
    top, left = part.min(axis=0)
    bottom, right = part.max(axis=0) + 1
    wide, high = float(right - left) * CELL, float(bottom - top) * CELL
    x, y = region.x0 + float(left) * CELL, region.y0 + float(top) * CELL
    box = Box(x, y, x + wide, y + high)
    if wide < STROKE[0] or high < STROKE[1] or _ruled(part, int(right - left), int(bottom - top)):
        return None
    if _round(part, wide, high):
        return Ink(shape="seal", box=box)
    dense = len(part) * CELL * CELL / (wide * high)
    return Ink(shape="stroke", box=box) if dense < _DENSE and wide < 330 and high < 170 else None


def _ruled(part: npt.NDArray[np.intp], wide: int, high: int) -> bool:
    """Whether most of the ink stands in rows or columns that are full from side to side."""
    rows, columns = part[:, 0] - part[:, 0].min(), part[:, 1] - part[:, 1].min()
    full_rows = np.bincount(rows, minlength=high) >= 0.85 * wide
    full_columns = np.bincount(columns, minlength=wide) >= 0.85 * high
    return float((full_rows[rows] | full_columns[columns]).mean()) >= _STRAIGHT


def _round(part: npt.NDArray[np.intp], wide: float, high: float) -> bool:
    """Whether the ink has the outline of a circle, seen all round."""
    if not (SEAL[0] <= wide <= SEAL[1] and 0.8 <= wide / high <= 1.25):
        return False
    middle = (part.min(axis=0) + part.max(axis=0)) / 2
    away = (part - middle) * (CELL * 2 / high, CELL * 2 / wide)
    rim = np.hypot(away[:, 0], away[:, 1])
    on_rim = away[np.abs(rim - 1) < 0.14]
    turns = np.unique(np.floor((np.arctan2(on_rim[:, 0], on_rim[:, 1]) + np.pi) * 12 / np.pi))
    corners = float((rim > 1.2).mean())
    return len(turns) >= 17 and corners < 0.05


def near(inks: Sequence[Ink], title: Box) -> tuple[Ink, ...]:
    """Return the ink above, below or beside a signatory's *title*."""
    reach = Box(title.x0 - 110, title.y0 - 80, title.x1 + 110, title.y1 + 100)
    return tuple(ink for ink in inks if reach.common(ink.box) > 0)
