"""A second look at a machine readable zone on a scan, with Tesseract held to the zone's own signs."""

from __future__ import annotations

import numpy as np
from PIL import Image
from pytesseract import pytesseract as engine

from extractors.page import Box, Page

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_MARGIN = 0.02
"""White paper around the zone, as a share of the page's width: the engine loses signs at an edge."""
_SECONDS = 10


def again(page: Page, box: Box) -> tuple[str, ...]:
    """Return the lines of signs inside *box*, read once more; none where the engine fails."""
    picture = page.picture()
    grown = box.grown(_MARGIN * page.width)
    rows, columns = picture.grey.shape
    x0, x1 = (min(max(round(x * picture.scale), 0), columns) for x in (grown.x0, grown.x1))
    y0, y1 = (min(max(round(y * picture.scale), 0), rows) for y in (grown.y0, grown.y1))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return ()
    pixels = Image.fromarray(np.ascontiguousarray(picture.grey[y0:y1, x0:x1]))
    options = f"--psm 6 --oem 1 -c tessedit_char_whitelist={_SIGNS}"
    try:
        text = engine.image_to_string(pixels, lang="spa", config=options, timeout=_SECONDS)
    except (RuntimeError, engine.TesseractNotFoundError):
        return ()
    return tuple("".join(line.split()) for line in str(text).splitlines() if line.strip())
