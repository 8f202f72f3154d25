"""What can be seen of a sheet on a picture that was drawn on it: its ink, and the frames of its places."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.laying.blanks import SCALE, Look, Mask
from extractors.forms.template import Sheet
from extractors.lines import Box
from extractors.reading.greys import percentiles
from extractors.reading.paper.straighten import even
from extractors.reading.raster import Grey

_PALEST = 230
"""Grey, of 255 for paper, up to which anything counts as ink; print paler than this is not read either."""
_OUTSIDE, _INSIDE = 3.0, 2.0
"""Points around the border of a place, outwards and inwards, in which its frame is printed."""
_FRAME = 40
"""Pixels of print from which a place has a frame: one side of a tick box."""
_REACH = np.ones((5, 5), np.uint8)
"""A printed line is found where there is ink within a point: photos of curled paper are not exact."""
_FURTHER, _RUN = np.ones((9, 9), np.uint8), 16
"""Where a curled sheet strays most, a line is found within two points, as far as writing is followed; there
only straight ink counts, of so many pixels, which no writing has."""
_WHOLE = 0.8
"""Share of a frame below which it is sought further away: with less `proving` doubts its place."""


class Sight(NamedTuple):
    """A picture drawn on its blank with `SCALE` pixels per point: where it has `ink`."""

    ink: Mask


def sight(laid: Grey, look: Look) -> Sight:
    """Return what is seen on *laid*: ink is what is nearer to the print's own darkness than to the paper."""
    lit = even(laid)
    dark = float(percentiles(lit, (50,), look.ink)[0])
    level = math.ceil(min((255 + dark) / 2, _PALEST))
    return Sight(ink=(lit < level).view(np.uint8))


def frames(sheet: Sheet, look: Look, seen: Sight) -> list[float | None]:
    """Return for each zone the share of its frame that is seen, None where the blank prints none."""
    printed = look.ink
    found = look.ink & np.asarray(cv2.dilate(seen.ink, _REACH), np.uint8)
    shares: list[float | None] = []
    for zone in sheet.zones:
        wanted = _around(printed, zone.box)
        shares.append(_around(found, zone.box) / wanted if wanted >= _FRAME else None)
    partly = [at for at, share in enumerate(shares) if share is not None and share < _WHOLE]
    partly = [at for at in partly if not sheet.zones[at].tick]  # a tick may be as straight as its box
    further = look.ink & _lines(seen.ink) if partly else found
    for at in partly:
        wanted = _around(printed, sheet.zones[at].box)
        shares[at] = max(_around(further, sheet.zones[at].box) / wanted, shares[at] or 0.0)
    return shares


def _lines(ink: Mask) -> Mask:
    """Return where straight ink is within two points."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_RUN, 1), np.uint8))
    return np.asarray(cv2.dilate(cv2.bitwise_or(level, upright), _FURTHER), np.uint8)


def _around(ink: Mask, box: Box) -> int:
    """Return how many pixels of *ink* lie around the border of *box*."""
    inner = box.grown(-_INSIDE)
    hollow = inner.width > 0 and inner.height > 0
    return _within(ink, box.grown(_OUTSIDE)) - (_within(ink, inner) if hollow else 0)


def _within(ink: Mask, box: Box) -> int:
    """Return how many pixels of *ink* lie in *box*."""
    rows, columns = ink.shape
    x0, x1 = (min(max(round(x * SCALE), 0), columns) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round(y * SCALE), 0), rows) for y in (box.y0, box.y1))
    part = ink[y0:y1, x0:x1]
    return int(cv2.countNonZero(part)) if part.size else 0
