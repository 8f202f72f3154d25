"""Corners of a picture find their likest on a blank."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.forms.laying.blanks import Corners
from extractors.forms.laying.finding import _pairs


def corners(seed: int, count: int) -> Corners:
    """Return so many corners, each at a place that tells its number."""
    looks = np.random.default_rng(seed).integers(0, 256, (count, 32)).astype(np.uint8)
    places = np.column_stack([np.arange(count), np.zeros(count)]).astype(np.float32)
    return Corners(places=places, looks=looks)


def test_corners_are_paired_as_opencv_pairs_them():
    """Also where some look nearly alike, where some are the same, and for more than are compared at once."""
    blank = corners(1, 70)
    seen = corners(2, 120)
    seen.looks[:60] = blank.looks[:60]
    seen.looks[:40, :6] ^= 0x15  # a few bits off
    blank.looks[61] = blank.looks[5]  # which of the two it is nobody can say
    found = cv2.BFMatcher.create(cv2.NORM_HAMMING).knnMatch(seen.looks, blank.looks, 2)
    wanted = [(one.trainIdx, one.queryIdx) for one, other in found if one.distance < 0.85 * other.distance]
    there, here = _pairs(blank, seen)
    assert list(zip(there[:, 0], here[:, 0], strict=True)) == wanted
    assert 50 < len(wanted) < 60
