"""Seals and stamps in coloured ink, lifted off a page so that the black ink under them can be read.

A pen is no seal, whatever its colour: what it wrote stays, and so does what it struck out.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.ink.strokes import SEAL, Dark
from extractors.reading.patches import patches
from extractors.reading.raster import DYED, Grey, Raster

_ONE = 1.0
"""Points around coloured ink that make one thing of the letters of a seal."""
_HALVED = 2
"""Seals are looked for on every second pixel: their extent is told as well, at a quarter of the cost."""


class Lifted(NamedTuple):
    """The page in grey without its seals, and where these lay; None on a page without any."""

    grey: Grey
    seals: Dark | None


def lifted(picture: Raster) -> Lifted:
    """Return *picture* without the coloured ink of its seals."""
    if picture.dye is None:
        return Lifted(picture.grey, None)
    seals = _seals(picture)
    if not seals.any():
        return Lifted(picture.grey, None)
    lift = cv2.bitwise_and(picture.dye, picture.dye, mask=seals.view(np.uint8))
    return Lifted(np.asarray(cv2.add(picture.grey, lift), dtype=np.uint8), seals)


def _seals(picture: Raster) -> Dark:
    """Return which pixels lie in or close to a group of coloured ink as large as a seal."""
    assert picture.dye is not None, "asked only where there is colour"
    small = picture.dye[::_HALVED, ::_HALVED] >= DYED
    scale = picture.scale / _HALVED
    side = 2 * max(round(_ONE * scale), 1) + 1
    whole = cv2.dilate(small.astype(np.uint8), np.ones((side, side), np.uint8))
    _, labels, stats, _ = patches(whole)
    large = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= SEAL * scale
    large[0] = False
    rows, columns = picture.grey.shape
    found = cv2.resize(large.view(np.uint8)[labels], (columns, rows), interpolation=cv2.INTER_NEAREST)
    return np.asarray(found, dtype=np.uint8).view(np.bool_)
