"""Figures of which one was written over: the printed one below no longer counts, the one above is a pen's."""

from __future__ import annotations

import re

import cv2
import numpy as np

from extractors.forms.zones.cleaning import Written
from extractors.reading.ink.overtyped import doubled

_FIGURES = re.compile(r"[\d\s/.,-]*\d{2}[\d\s/.,-]*")
_GREYS = 8
"""Greys from which a place came in more than black and white."""
_TALLER = 1.18
"""Height, by that of the other figures, from which one is none of theirs: those of one face end level."""
_FULL = 1.9
"""Ink, by that of one upright stroke of its height, which a slash or a 1 does not reach."""
_DOT = 0.55
"""Share of the highest mark's height below which one is a dot or a hyphen."""
_USUAL = 30
"""The percentile of the heights that is a figure's, whether the slashes beside it are taller or not."""


def overtyped(found: Written, text: str) -> bool:
    """Whether one of the figures in *text* has the ink of two; black and white alone do not tell."""
    return np.unique(found.pixels).size > _GREYS and doubled(text, found.pixels)


def overwritten(found: Written, text: str) -> bool:
    """Whether one of the figures that *text* consists of stands out above or below the others."""
    if not _FIGURES.fullmatch(text):
        return False
    ink = found.ink.astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = stats[1:, cv2.CC_STAT_HEIGHT]
    signs = stats[1:][high >= _DOT * high.max()]
    if len(signs) < 2:
        return False
    high, area = signs[:, cv2.CC_STAT_HEIGHT], signs[:, cv2.CC_STAT_AREA]
    edge = int((ink - cv2.erode(ink, np.ones((3, 3), np.uint8))).sum())
    stroke = 2 * int(ink.sum()) / max(edge, 1)
    usual = float(np.percentile(high, _USUAL, method="lower"))
    return bool(((high > _TALLER * usual + 2) & (area > _FULL * stroke * high)).any())
