"""Writing too pale to count as ink: a hard pencil, a worn ribbon, the last sheet of a carbon copy.

The ink of a page is what is nearer to its print than to its paper. What is paler is not read, and yet a
place that holds it is not surely empty.
"""

from __future__ import annotations

import cv2
import numpy as np

from extractors.forms.zones.ground import Ground, Mask
from extractors.lines import Box
from extractors.reading.patches import patches

_INSET = 1.5
"""Points from the border of a place in which what is pale may be its frame's or a neighbour's."""
_SOFT = 0.3
"""Points over which pixels are weighed together: half a thin stroke."""
_CONTRAST, _NOISE = 14.0, 6.0
"""Grey below the paper from which a pixel is pale ink, at least, and in spreads of the paper's own grain."""
_AROUND_INK = 1.2
"""Points around dark ink and the blank's own print that may be its blur."""
_LONG, _AREA = 3.0, 1.5
"""Points and square points from which pale pixels that hang together are a stroke: a small letter, an º."""


def pale(page: Ground, box: Box) -> bool:
    """Whether pale strokes stand in the place *box* where no dark ink is."""
    where = page.rows(box.grown(-_INSET))
    grey = page.grey[where]
    if min(grey.shape) < 8:
        return False
    soft = cv2.GaussianBlur(grey, (0, 0), _SOFT * page.scale).astype(np.float32)
    free = ~_dark(page, where)
    if free.sum() < 0.2 * free.size:
        return False
    paper = float(np.median(soft[free]))
    grain = 1.4826 * float(np.median(np.abs(soft[free] - paper)))
    found = (free & (soft < paper - max(_CONTRAST, _NOISE * grain))).astype(np.uint8)
    _, _, stats, _ = patches(found)
    long = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) / page.scale
    area = stats[1:, cv2.CC_STAT_AREA] / page.scale**2
    left, top = stats[1:, cv2.CC_STAT_LEFT], stats[1:, cv2.CC_STAT_TOP]
    right, low = left + stats[1:, cv2.CC_STAT_WIDTH], top + stats[1:, cv2.CC_STAT_HEIGHT]
    within = (left > 0) & (top > 0) & (right < grey.shape[1]) & (low < grey.shape[0])  # no shading, no fold
    return bool(((long >= _LONG) & (area >= _AREA) & within).any())


def _dark(page: Ground, where: tuple[slice, slice]) -> Mask:
    """Return the pixels of dark strokes and print, and those around them."""
    strokes = cv2.morphologyEx(page.ink[where], cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    side = 2 * round(_AROUND_INK * page.scale) + 1
    near = cv2.dilate(strokes, np.ones((side, side), np.uint8))
    return np.asarray(cv2.bitwise_or(near, page.spread[where]) > 0)
