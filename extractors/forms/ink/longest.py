"""The longest stroke in a signature's box: how far it goes, and whether it is more than a line or an arc."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import Dark
from extractors.reading.patches import patches

STROKE = 18.0
"""Points that a signature's longest stroke goes at least."""
THIN = 3.0
"""Points across within which a long stroke is a mere line: a box crossed out, a rule to sign on."""
_ARC = 2.0
"""Points off circles around one middle within which four fifths of strokes lie if they are pieces of the
rims of a seal, of which a worn one leaves no more. Of 270 drawn and worn rims none passed for a pen, one at
1.8; pieces of 857 seals of two rims lay within 1.6 together, the two bows of a name 4.6 off.
One plain bow is within as well: nothing tells it from a rim."""

Pixels = npt.NDArray[np.intp]


def longest(ink: Dark, scale: float) -> tuple[float, float, float]:
    """Return the points of the longest stroke, how far it goes across that, and how wide its line is.

    A mere line, or an arc, counts only where nothing else goes far enough: many names stand over a line of
    their own, and a rim goes through many.
    """
    count, labels, stats, _ = patches(ink)
    best = line = (0.0, 0.0, 0.0)
    bows: list[Pixels] = []
    for at in range(1, count):
        if max(stats[at, cv2.CC_STAT_WIDTH], stats[at, cv2.CC_STAT_HEIGHT]) < best[0] * scale:
            continue
        places = np.argwhere(labels == at)
        _, sides, _ = cv2.minAreaRect(places[:, ::-1].astype(np.int32))
        stroke = (max(sides) / scale, min(sides) / scale, _wide(labels == at) / scale)
        if stroke[1] >= THIN and _off_circles([places]) >= _ARC * scale:
            best = max(best, stroke)
            continue
        line = max(line, (stroke[0], 0.0, stroke[2]))
        if stroke[1] >= THIN and stroke[0] >= STROKE:
            bows.append(places)
            if _off_circles(bows) >= _ARC * scale:  # rims of one seal go round one middle, two bows do not
                best = max(best, stroke)
    return best if best[0] >= STROKE else max(best, line)


def _off_circles(strokes: Sequence[Pixels]) -> float:
    """Return within how many pixels of circles around one middle, one each, four fifths of strokes lie."""
    whose = np.repeat(np.arange(len(strokes)), [len(places) for places in strokes])
    y, x = (np.concatenate(strokes) - np.concatenate(strokes).mean(axis=0)).T
    terms = np.column_stack((x, y, np.eye(len(strokes))[whose]))
    (a, b, *rest), *_ = np.linalg.lstsq(terms, x**2 + y**2, rcond=None)
    radii = np.sqrt(np.maximum(np.array(rest) + (a**2 + b**2) / 4, 0.0))
    return float(np.percentile(np.abs(np.hypot(x - a / 2, y - b / 2) - radii[whose]), 80))


def _wide(stroke: Dark) -> float:
    """Return how many pixels wide the line of a stroke is: its area by half the length of its edges."""
    edges, _ = cv2.findContours(stroke.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return 2 * float(stroke.sum()) / max(sum(cv2.arcLength(edge, True) for edge in edges), 1.0)
