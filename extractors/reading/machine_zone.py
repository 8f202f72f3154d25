"""A second look at a machine readable zone on a scan, with Tesseract held to the zone's own signs.

The English model, which comes with every Tesseract, reads noughts in a zone that the Spanish one takes
for the letter O, or for both; and it is another pair of eyes.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from PIL import Image

from extractors.page import Box, Page
from extractors.reading.engine import Ask, engine

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_MARGIN = 0.02
"""White paper around the zone, as a share of the page's width: the engine loses signs at an edge."""
_SECONDS = 10
_LEAST = 8
"""Pixels of a line's height below which nobody can read it."""
_BEST = 24
"""Pixels of a line's height at which the engine takes the fewest noughts for letters (20 to 28 alike)."""


def again(page: Page, box: Box, tall: float) -> tuple[str, ...]:
    """Return the lines of signs, *tall* points high, inside *box*, read once more; none where that fails."""
    picture = page.picture()
    grown = box.grown(_MARGIN * page.width)
    rows, columns = picture.grey.shape
    x0, x1 = (min(max(round(x * picture.scale), 0), columns) for x in (grown.x0, grown.x1))
    y0, y1 = (min(max(round(y * picture.scale), 0), rows) for y in (grown.y0, grown.y1))
    if x1 - x0 < 2 or y1 - y0 < 2 or tall * picture.scale < _LEAST:
        return ()
    cut = Image.fromarray(np.ascontiguousarray(picture.grey[y0:y1, x0:x1]))
    size = _BEST / max(tall * picture.scale, 1.0)
    pixels = cut.resize((max(round(cut.width * size), 1), max(round(cut.height * size), 1)))
    seen = engine().words(np.asarray(pixels), 300, Ask("block", _SIGNS, "eng"), _SECONDS) or []
    lines: dict[tuple[int, int, int], str] = defaultdict(str)
    for one in seen:
        lines[one.line] += one.text
    return tuple(lines.values())
