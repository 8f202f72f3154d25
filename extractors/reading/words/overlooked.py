"""Writing on the line of a value, or on the next, that lies under no word: the engine took a part of it."""

from __future__ import annotations

import numpy as np

from extractors.lines import Box
from extractors.page import Page
from extractors.reading.ink import leftover
from extractors.reading.ink.leftover import Place
from extractors.reading.paper import shading
from extractors.reading.words import text_lines

_ASIDE = 8.0
"""Heights of a line to either side in which the rest of a name may stand."""
_OVER, _BELOW = 0.3, 2.4
"""Heights of a line by which it may rise beyond its words, and down to which its next line may reach."""


def beside(page: Page, value: Box) -> bool:
    """Whether ink like letters stands beside or right below *value* on a scan, where no word was read."""
    picture = page.picture()
    high = value.height
    around = Box(
        max(value.x0 - _ASIDE * high, 0.0),
        max(value.y0 - _OVER * high, 0.0),
        min(value.x1 + _ASIDE * high, page.width),
        min(value.y1 + _BELOW * high, page.height),
    )
    x0, y0, x1, y1 = _pixels(around, Place(0, 0, 0, 0), picture.scale)
    cut = np.ascontiguousarray(picture.grey[y0:y1, x0:x1])
    if min(cut.shape) < 1:
        return False
    dark, drawn = text_lines.inked(shading.flat(cut, picture.scale), picture.scale)
    read = [_pixels(word.box, Place(x0, y0, 0, 0), picture.scale) for word in page.words]
    text = np.asarray(dark & ~drawn, dtype=np.uint8)
    return bool(leftover.left(text, read, high * picture.scale).writing)


def _pixels(box: Box, corner: Place, scale: float) -> Place:
    """Return a box in pixels of a cut that begins at *corner*; what lies before it is cut off."""
    xs = [max(round(side * scale) - corner.x0, 0) for side in (box.x0, box.x1)]
    ys = [max(round(side * scale) - corner.y0, 0) for side in (box.y0, box.y1)]
    return Place(xs[0], ys[0], xs[1], ys[1])
