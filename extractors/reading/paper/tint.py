"""The sheet of a photograph told by the tint of its paper, which is one whatever light or shadow falls on it.

A shadow across the sheet is a sharper edge than that between pale paper and a pale cloth, so lightness alone
takes half a sheet for the whole. Where nothing beyond an outline has the paper's tint, nothing of the paper
is cut away with what lies beyond. A picture in grey, or paper on a grey table, says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.paper.outlines import quads
from extractors.reading.paper.way import Corners

Plane = npt.NDArray[np.uint8]
"""Rows of pixels, of one channel or three."""

_PARTS = (1.0, 0.5, 0.3)
"""Shares of the distance that parts paper from table best at which it is tried: a cloth's two colours may
lie so far apart that the paler of them falls to the paper's side. Of 60 photos the first told 56, all 60."""
_TOLD = 5.0
"""Thousandths of a colour's share by which another tint must differ; a camera's noise, softened, has 3."""
_THIN = np.ones((9, 9), np.uint8)
"""What is narrower is no paper: squares of a cloth that touch it."""
_ROOM = np.ones((11, 11), np.uint8)
"""Around an outline the picture is soft, and the paper's edge throws a shadow."""
_BEYOND = 0.05
"""Share of what lies beyond that may have the paper's tint by chance."""
_WITHIN = 0.9
"""Share of what lies within that must have it: pictures and bars have another."""


def sheets(small: Plane) -> Iterator[Corners]:
    """Yield the corners of what alone in a *small* picture (blue, green, red) has the tint of its middle."""
    away = _away(small)
    level, _ = cv2.threshold(away, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    for part in _PARTS:
        if level * part < _TOLD:
            return
        paper: Plane = np.where(away <= level * part, 255, 0).astype(np.uint8)
        opened: Plane = np.asarray(cv2.morphologyEx(paper, cv2.MORPH_OPEN, _THIN), dtype=np.uint8)
        found = [one for one in quads(opened) if _alone(paper, one)]
        if found:
            yield from found
            return


def _away(small: Plane) -> Plane:
    """Return how far each pixel's tint is from that of the picture's middle, in thousandths up to 255."""
    soft = cv2.GaussianBlur(small, (0, 0), 2).astype(np.float32) + 1
    share = soft / soft.sum(axis=2, keepdims=True)
    rows, columns = share.shape[0] // 4, share.shape[1] // 4
    paper = np.median(share[rows:-rows, columns:-columns].reshape(-1, 3), axis=0)
    far = 1000 * np.sqrt(np.sum((share - paper) ** 2, axis=2))
    return np.asarray(np.clip(far, 0, 255), dtype=np.uint8)


def _alone(paper: Plane, corners: Corners) -> bool:
    """Whether next to all within *corners* has the paper's tint, and next to nothing beyond."""
    sheet = np.zeros(paper.shape, np.uint8)
    cv2.fillConvexPoly(sheet, np.round(corners).astype(np.int32), (255,))
    beyond = paper[cv2.dilate(sheet, _ROOM) == 0]
    within = paper[cv2.erode(sheet, _ROOM) > 0]
    if not beyond.size or not within.size:
        return False
    return float(np.mean(beyond > 0)) < _BEYOND and float(np.mean(within > 0)) > _WITHIN
