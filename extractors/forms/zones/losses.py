"""What a fax lost of the print that every copy of a blank has: so much may be lost of what is written there.

An E that lost its lowest stroke is a perfect F, and a name has no check digit. But the blank's own letters
are known: where strokes of them are gone, none of the page's letters is what it was for sure.
"""

from __future__ import annotations

import cv2
import numpy as np

from extractors.forms.zones.ground import Ground
from extractors.reading.patches import patches

_LETTER = 20.0
"""Points from which what hangs together in the blank's print is a line or a frame, and no letter."""
_KEPT = 0.95
"""Share of the blank's letters that a fax keeps which loses no strokes."""


def lossy(page: Ground) -> bool:
    """Whether strokes of the blank's own letters are missing on *page*."""
    _, labels, stats, _ = patches(page.printed)
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > _LETTER * page.scale
    long[0] = True
    letters = ~long[labels]
    near = cv2.dilate(page.ink, np.ones((3, 3), np.uint8)) > 0  # the page may lie a pixel off
    return bool(letters.any()) and float(near[letters].mean()) < _KEPT
