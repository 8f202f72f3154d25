"""Laying a sheet exactly: from how it roughly lies to where each of its printed words stands on the picture.

Paper curls, a lens bows what is straight, a fax stretches: what no homography says is kept as a bend, a
coarse net of offsets that follows the words nearby and is nothing where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.laying.blanks import SCALE
from extractors.forms.laying.finding import Matrix
from extractors.forms.template import Sheet
from extractors.lines import Box, Word
from extractors.reading.raster import Grey

_STEP = 36.0
"""Points between the knots of the net."""
_REACH = 60.0
"""Points over which a word tells how its neighbourhood lies: about five lines of a form."""
_REST = 0.4
"""Weight of no bend at all, in words that stand on the very place."""
_AROUND = 9
"""Words among which one is odd or not."""
_ODD = 0.6
"""Points off the usual at which a word counts half."""

Places = npt.NDArray[np.float64]
"""One row of x and y for each point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lie:
    """Where each point of a blank is on a picture: `matrix` from points to pixels, after the `bend`.

    `bend` has for each knot, rows first, how many points a thing stands to the right and below its place.
    """

    matrix: Matrix
    bend: npt.NDArray[np.float32]

    def there(self, places: Places) -> Places:
        """Return the pixels of *places* of the blank."""
        return mapped(self.matrix, np.asarray(places + self.offsets(places), np.float64))

    def back(self, pixels: Places) -> Places:
        """Return the places of the blank that stand on *pixels*, right to a hundredth of a point."""
        flat = mapped(np.asarray(np.linalg.inv(self.matrix), np.float64), pixels)
        return np.asarray(flat - self.offsets(flat - self.offsets(flat)), np.float64)

    def offsets(self, places: Places) -> Places:
        """Return by how many points *places* are bent away."""
        at = (places / _STEP).astype(np.float32)
        found = cv2.remap(
            self.bend, at[None, :, 0], at[None, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        bent: Places = np.asarray(found, dtype=np.float64)[0]
        return bent


class Match(NamedTuple):
    """A printed word sought on the picture: how many points off it was best, and how alike, -1 to 1."""

    word: Word
    off: tuple[float, float]
    alike: float


def mapped(matrix: Matrix, places: Places) -> Places:
    """Return *places* moved by the homography."""
    moved = np.column_stack([places, np.ones(len(places))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:], dtype=np.float64)


def flat(sheet: Sheet) -> npt.NDArray[np.float32]:
    """Return the net of a sheet that is not bent."""
    down, across = int(sheet.height / _STEP) + 2, int(sheet.width / _STEP) + 2
    return np.zeros((down, across, 2), dtype=np.float32)


def sought(empty: Grey, laid: Grey, words: Sequence[Word], reach: float) -> list[Match]:
    """Seek each word of the *empty* sheet on *laid*, both of `SCALE`, within *reach* points of its place."""
    return [found for word in words if (found := _found(empty, laid, word, round(reach * SCALE)))]


def _found(grey: Grey, laid: Grey, word: Word, reach: int) -> Match | None:
    """Return where the print of *word* is most alike; None where the sheet ends."""
    x0, y0, x1, y1 = pixels(word.box)
    if min(x0, y0) < reach or y1 + reach > laid.shape[0] or x1 + reach > laid.shape[1]:
        return None
    window = laid[y0 - reach : y1 + reach, x0 - reach : x1 + reach]
    alike = np.asarray(cv2.matchTemplate(window, grey[y0:y1, x0:x1], cv2.TM_CCOEFF_NORMED), np.float32)
    _, best, _, (x, y) = cv2.minMaxLoc(alike)
    dx, dy = _peak(alike[y], x), _peak(alike[:, x], y)
    return Match(word, ((dx - reach) / SCALE, (dy - reach) / SCALE), float(best))


def _peak(line: npt.NDArray[np.float32], at: int) -> float:
    """Return the top of the parabola through the greatest value and its neighbours."""
    if not 0 < at < len(line) - 1:
        return float(at)
    before, here, after = (float(v) for v in line[at - 1 : at + 2])
    curve = before - 2 * here + after
    return at + 0.5 * (before - after) / curve if curve < -1e-6 else float(at)


def pixels(box: Box) -> tuple[int, int, int, int]:
    """Return the pixels of a word with a little white around it."""
    return (
        int(box.x0 * SCALE) - 2, int(box.y0 * SCALE) - 2,
        int(box.x1 * SCALE) + 3, int(box.y1 * SCALE) + 3,
    )  # fmt: skip


def bent(matches: Sequence[Match], base: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return *base* moved by what the words nearby are off; odd ones count little."""
    down, across = base.shape[:2]
    knots = np.stack(np.meshgrid(np.arange(across) * _STEP, np.arange(down) * _STEP), axis=-1).reshape(-1, 2)
    places = np.array([match.word.box.middle for match in matches])
    off = np.array([match.off for match in matches])
    weight = np.array([match.alike for match in matches]) * _agreeing(places, off)
    far = ((knots[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
    near = np.exp(-far / (2 * _REACH**2)) * weight
    moved = (near @ off) / (near.sum(axis=1, keepdims=True) + _REST)
    return np.asarray(base + moved.reshape(down, across, 2), dtype=np.float32)


def _agreeing(places: Places, off: Places) -> npt.NDArray[np.float64]:
    """Return for each offset 1 where it is like those around it, less the more it differs."""
    far = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
    most = min(_AROUND, len(places))
    order = np.argpartition(far, most - 1, axis=1)[:, :most]
    usual = np.median(off[order], axis=1)
    apart = np.hypot(*(off - usual).T)
    return np.asarray(1 / (1 + (apart / _ODD) ** 4), dtype=np.float64)
