"""What can be seen of a sheet on a picture that was drawn on it: its ink, and the frames of its places."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.laying.blanks import SCALE, Look, Mask, soft
from extractors.forms.template import Sheet
from extractors.page import Box
from extractors.reading.raster import Grey
from extractors.reading.straighten import even

_PALEST = 230
"""Grey, of 255 for paper, up to which anything counts as ink; print paler than this is not read either."""
_OUTSIDE, _INSIDE = 3.0, 2.0
"""Points around the border of a place, outwards and inwards, in which its frame is printed."""
_FRAME = 40
"""Pixels of print from which a place has a frame: one side of a tick box."""
_REACH = np.ones((5, 5), np.uint8)
"""A printed line is found where there is ink within a point: photos of curled paper are not exact."""


class Sight(NamedTuple):
    """A picture drawn on its blank with `SCALE` pixels per point: `soft`, and where it has `ink`."""

    soft: Grey
    ink: Mask


def sight(laid: Grey, look: Look) -> Sight:
    """Return what is seen on *laid*: ink is what is nearer to the print's own darkness than to the paper."""
    lit = even(laid)
    dark = float(np.median(lit[look.ink > 0]))
    level = min((255 + dark) / 2, _PALEST)
    return Sight(soft=soft(laid), ink=(lit < level).astype(np.uint8))


def frames(sheet: Sheet, look: Look, seen: Sight) -> list[float | None]:
    """Return for each zone the share of its frame that is seen, None where the blank prints none."""
    printed = cv2.integral(look.ink)
    found = cv2.integral(look.ink & np.asarray(cv2.dilate(seen.ink, _REACH), np.uint8))
    shares: list[float | None] = []
    for zone in sheet.zones:
        wanted = _around(printed, zone.box)
        shares.append(_around(found, zone.box) / wanted if wanted >= _FRAME else None)
    return shares


def _around(sums: cv2.typing.MatLike, box: Box) -> int:
    """Return how many pixels lie around the border of *box*."""
    return _within(sums, box.grown(_OUTSIDE)) - _within(sums, box.grown(-_INSIDE))


def _within(sums: cv2.typing.MatLike, box: Box) -> int:
    """Return how many pixels lie in *box*, by the sums of all that lie above and to the left."""
    rows, columns = sums.shape
    x0, x1 = (min(max(round(x * SCALE), 0), columns - 1) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round(y * SCALE), 0), rows - 1) for y in (box.y0, box.y1))
    return int(sums[y1, x1]) - int(sums[y0, x1]) - int(sums[y1, x0]) + int(sums[y0, x0])
