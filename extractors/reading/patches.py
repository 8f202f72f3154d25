"""Patches of ink that hang together, corners included: which pixel belongs to which, and their boxes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt


class Patches(NamedTuple):
    """How many patches there are, the paper among them as patch 0; the patch of each pixel; boxes; middles.

    `stats` has a row for each patch, in pixels: left, top, width, height and area (`cv2.CC_STAT_LEFT` ...).
    """

    total: int
    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    middles: npt.NDArray[np.float64]


def patches(ink: cv2.typing.MatLike | npt.NDArray[np.bool_]) -> Patches:
    """Return the patches of *ink*, bytes or truths that are not 0 where there is any; one pixel at least.

    Grana's way, two by two pixels: the same patches in the same order as by OpenCV's own choice, which takes
    three times as long to tell their boxes in a window of a million pixels.
    """
    count, labels, stats, middles = cv2.connectedComponentsWithStatsWithAlgorithm(
        np.asarray(ink).view(np.uint8), 8, cv2.CV_32S, cv2.CCL_GRANA
    )
    return Patches(
        count, np.asarray(labels, np.int32), np.asarray(stats, np.int32), np.asarray(middles, np.float64)
    )
