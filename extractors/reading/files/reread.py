"""A rectangle that a person drew on a page, read once more by the OCR engine as it stands there."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from extractors.bounds import Bounds
from extractors.reading.files import drawing
from extractors.reading.files.region import LONGEST, Seen
from extractors.reading.refusal import Refused
from extractors.reading.words import ocr

_MARGIN = 2.0
"""Points around the rectangle: a hand cuts letters."""


def reread(
    data: bytes, page: int, box: tuple[float, float, float, float], bounds: Bounds, *, mended: bool
) -> Seen:
    """Read the rectangle *box* (points from the top left, as in `Field.box`) of page *page* (from 1).

    Nothing legible is an empty text without certainty.

    Raises:
        Refused: the page cannot be drawn, or the rectangle does not lie on it.
        Missing: the OCR program or its data are not installed.
    """
    drawn = drawing.drawn(data, page, ocr.DPI, bounds, mended=mended)
    with Image.open(io.BytesIO(drawn.jpeg)) as picture:
        scale = picture.width / drawn.width
        sides = (box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN)
        x0, y0, x1, y1 = (round(side * scale) for side in sides)
        cut = (max(x0, 0), max(y0, 0), min(x1, picture.width), min(y1, picture.height))
        if cut[2] <= cut[0] or cut[3] <= cut[1]:
            raise Refused("corrupt")
        grey = np.asarray(picture.convert("L").crop(cut))
    words = ocr.words(grey, scale, bounds.wall_seconds)
    text = " ".join(word.text for word in words)[:LONGEST]
    return Seen(text, min((word.confidence for word in words), default=0.0))
