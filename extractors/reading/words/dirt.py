"""What the engine took for a sign or two and is none: a hair, a speck, a hole that was punched.

Such a word stands alone on its line. In a hair the second reader sees nothing, or it is lower than a letter.
A hole is a solid round patch near the edge of the sheet, higher than print. A bar over print is none: it is
neither round nor there.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from extractors.lines import Box, Word
from extractors.page import Page, Picture
from extractors.reading.words.verdict import Judged

_SIGNS = 2
"""Signs up to which it may be dirt: a word of more is looked at as one."""
_READ = 0.36
"""Certainty from which the engine saw a sign."""
_LOW = 0.5
"""Heights of the page's words below which a sign is no letter and no figure; the lowest have 0.6."""
_APART = 0.9
"""White to both sides of it, in heights of the page's words."""
_EDGE = 60.0
"""Points from the edge of the sheet within which holes are punched: two centimetres."""
_HOLE = (10.0, 26.0)
"""Points of a hole's breadth and height: from a small one to a large one seen aslant."""
_ROUND = (0.68, 0.88)
"""Ink of a hole as a share of the rectangle around it: an ellipse has 0.785, a bar all."""
_SOLID, _MOSTLY, _DARK = 0.5, 0.9, 128
"""Part of its height over which it is black without a break, and its share of the ink there; the grey below
which a pixel is black."""


def dirt(page: Page, judged: Mapping[Word, Judged]) -> frozenset[Box]:
    """Return where words of a scanned *page* stand that are dirt, of those that were *judged*."""
    high = float(np.median([word.box.height for word in page.words])) if page.words else 0.0
    return frozenset(
        word.box
        for word, one in judged.items()
        if sum(map(str.isalnum, word.text)) <= _SIGNS
        and _alone(word, page, _APART * high)
        and (
            (one.unseen and word.confidence < _READ)
            or max(word.box.height, word.box.width) < _LOW * high
            or _hole(word.box, page, page.picture())
        )
    )


def _alone(word: Word, page: Page, white: float) -> bool:
    """Whether no other word stands beside *word*, within so many points of *white*."""
    around = word.box._replace(x0=word.box.x0 - white, x1=word.box.x1 + white)
    return not any(other is not word and other.box.common(around) > 0 for other in page.words)


def _hole(box: Box, page: Page, picture: Picture) -> bool:
    """Whether one solid round patch is all that stands in *box*, near the edge of the sheet."""
    (x, y), (least, most) = box.middle, _HOLE
    near = min(x, y, page.width - x, page.height - y) <= _EDGE
    if not near or not all(least <= side <= most for side in (box.width, box.height)):
        return False
    dark = np.asarray(picture.cut(box) < _DARK, dtype=np.uint8)
    side = max(round(_SOLID * min(dark.shape)), 1)
    patch = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    _, _, wide, tall = cv2.boundingRect(patch)
    ink = int(np.count_nonzero(patch))
    return bool(
        ink >= _MOSTLY * np.count_nonzero(dark) and _ROUND[0] * wide * tall <= ink <= _ROUND[1] * wide * tall
    )
