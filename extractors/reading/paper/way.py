"""The way from a page that was seen at an angle to the page laid flat, and back."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.lines import Box, around
from extractors.reading.raster import Grey, Raster

Corners = npt.NDArray[np.float64]
"""Four points, top left first and clockwise: rows of x and y."""
Matrix = npt.NDArray[np.float64]
"""A homography: three rows of three."""


class Way(NamedTuple):
    """How points of the page as it came go to the flat page: a homography, row by row, in points.

    `width` and `height` are those of the flat page in points, `scale` its pixels per point.
    """

    matrix: tuple[float, ...]
    width: float
    height: float
    scale: float

    def there(self, box: Box) -> Box:
        """Return where *box* of the page as it came stands on the flat page."""
        return _moved(box, self._square)

    def back(self, box: Box) -> Box:
        """Return where *box* of the flat page stands on the page as it came."""
        return _moved(box, np.asarray(np.linalg.inv(self._square), dtype=np.float64))

    def flat(self, picture: Raster) -> Raster:
        """Return the page as it came laid flat, in one step; what comes in at the edges is white."""
        out = np.diag([self.scale, self.scale, 1.0])
        pixels = out @ self._square @ np.diag([1 / picture.scale, 1 / picture.scale, 1.0])
        size = (max(round(self.width * self.scale), 1), max(round(self.height * self.scale), 1))
        dye = None if picture.dye is None else _warped(picture.dye, pixels, size, 0)
        grey = _warped(picture.grey, pixels, size, 255)
        return Raster(
            grey=grey, scale=self.scale, dye=dye, enlarged=picture.enlarged, bilevel=picture.bilevel
        )

    @property
    def _square(self) -> Matrix:
        """The homography as three rows of three."""
        return np.array(self.matrix, dtype=np.float64).reshape(3, 3)


def way(corners: Corners, size: tuple[float, float], scale: float) -> Way:
    """Return the way on which *corners* of the page as it came become those of a sheet of *size*; points."""
    width, height = size
    sheet = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    found = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), sheet), dtype=np.float64)
    return Way(tuple(float(one) for one in found.ravel()), width, height, scale)


def _moved(box: Box, matrix: Matrix) -> Box:
    """Return the box around where the corners of *box* go."""
    corners = np.array([[(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]], dtype=np.float64)
    gone = np.asarray(cv2.perspectiveTransform(corners, matrix))[0]
    return around(Box(float(x), float(y), float(x), float(y)) for x, y in gone)


def _warped(pixels: Grey, matrix: Matrix, size: tuple[int, int], edge: int) -> Grey:
    """Return the pixels after the homography."""
    flat = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(edge,))
    return np.asarray(flat, dtype=np.uint8)
