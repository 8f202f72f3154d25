"""What somebody wrote on a form outside its places: a remark in the margin, words over the print, a stamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.certainty import Signals, certainty
from extractors.forms.zones.ground import Ground
from extractors.lines import Box, Word
from extractors.reading.patches import patches
from extractors.reading.raster import Grey
from extractors.reading.words.engine import Ask, engine

_CLEAR = 1.6
"""Points around the blank's ink in which other ink may be its own, where the sheet lies a little off."""
_AROUND = 4.0
"""Points around a place that belong to what is written in it."""
_EDGE = 12.0
"""Points along the rim of the sheet: shadows and the table under it, no writing."""
_APART = (9.0, 3.0)
"""Points across and down between letters of one remark."""
_LEAST, _HIGH, _WIDE = 12.0, (4.5, 120.0), 10.0
"""Square points of ink, points of height and of width that a remark has."""
_MOST = 8
"""Remarks read on one page, those with most ink: each costs some 15 ms."""
_SECONDS = 3.0
"""Wall time for one remark, two hundred times what it takes."""
_DPI = 300
"""Pixels an inch at which a remark is shown to the engine."""
_MARGIN = 10
"""White pixels around it: the engine loses signs at an edge."""


def remarks(page: Ground, places: Sequence[Box]) -> tuple[Word, ...]:
    """Return the words that stand outside *places* and that the blank does not print."""
    own = _outside(page, places)
    return tuple(word for box in _boxes(own, page.scale) for word in _read(page, own, box))


def _outside(page: Ground, places: Sequence[Box]) -> npt.NDArray[np.uint8]:
    """Return the ink of the page that is neither the blank's nor in a place nor at the rim."""
    side = 2 * round(_CLEAR * page.scale) + 1
    clear = cv2.dilate(page.printed, np.ones((side, side), np.uint8))
    own = np.asarray(cv2.subtract(page.ink, clear), dtype=np.uint8)
    for box in places:
        own[page.rows(box.grown(_AROUND))] = 0
    rim = round(_EDGE * page.scale)
    own[:rim], own[-rim:], own[:, :rim], own[:, -rim:] = 0, 0, 0, 0
    return own


def _boxes(own: npt.NDArray[np.uint8], scale: float) -> Iterator[tuple[slice, slice]]:
    """Give rows and columns of the groups of ink that may be writing, those with most ink first."""
    small = cv2.resize(own * np.uint8(255), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    inked = (small > 24).astype(np.uint8)
    across, down = (max(round(side * scale / 4), 1) for side in _APART)
    joined = cv2.dilate(inked, np.ones((down, across), np.uint8))
    _, labels, stats, _ = patches(joined)
    there = small > 0
    area = np.bincount(labels[there], weights=small[there] / 255, minlength=len(stats)) * 16 / scale**2
    area[0] = 0
    wide, high = (stats[:, at] * 4 / scale for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    likely = (area >= _LEAST) & (high >= _HIGH[0]) & (high <= _HIGH[1]) & (wide >= _WIDE)
    for at in sorted(np.flatnonzero(likely), key=lambda at: -area[at])[:_MOST]:
        x, y, across, down = (int(side) * 4 for side in stats[at, :4])
        yield slice(y, min(y + down, own.shape[0])), slice(x, min(x + across, own.shape[1]))


def _read(page: Ground, own: npt.NDArray[np.uint8], where: tuple[slice, slice]) -> Iterator[Word]:
    """Give the words of one remark, each with its place and certainty."""
    factor = _DPI / 72 / page.scale
    told = engine().words(_crop(page, own, where, factor), _DPI, Ask("block", dark=True), _SECONDS) or []
    for one in told:
        if not any(sign.isalnum() for sign in one.text):
            continue
        x = (where[1].start + (one.left - _MARGIN) / factor) / page.scale
        y = (where[0].start + (one.top - _MARGIN) / factor) / page.scale
        box = Box(x, y, x + one.width * 72 / _DPI, y + one.height * 72 / _DPI)
        yield Word(one.text, box, certainty("page", "text", Signals(one.sure)))


def _crop(page: Ground, own: npt.NDArray[np.uint8], where: tuple[slice, slice], factor: float) -> Grey:
    """Return the ink of one remark on white, at the resolution that the engine likes."""
    close = cv2.dilate(own[where], np.ones((5, 5), np.uint8)) > 0
    grey = np.where(close, page.grey[where], 255).astype(np.uint8)
    size = (max(round(grey.shape[1] * factor), 1), max(round(grey.shape[0] * factor), 1))
    drawn = cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC) if abs(factor - 1) > 0.05 else grey
    return np.pad(np.asarray(drawn, dtype=np.uint8), _MARGIN, constant_values=255)
