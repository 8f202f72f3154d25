"""Why a page can hardly be read, measured on its picture, in one word from a closed list."""

from __future__ import annotations

from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.paper.straighten import even
from extractors.reading.patches import patches
from extractors.reading.raster import Grey, Raster

Poor = Literal["too-dark", "too-light", "too-small", "blurred", "cut-off", "mirrored", "blank", "no-print"]
"""Too little light; ink hardly darker than paper; too few pixels a letter; edges too soft; text that runs off
the picture; seen from behind; nothing on it; nothing that is print (handwriting alone, or no paper)."""

_DARK = 70
"""Grey of the lightest tenth below which a page had too little light; an unlit room gives 40 to 90."""
_FAINT = 60
"""Darkness of a page's darkest ink, its paper made white, below which it is too faint."""
_SMALL = 7.0
"""Pixels of the usual letter's height in the picture as it came; nobody reads print of six."""
_SOFT = 0.34
"""Width of an edge as a share of the usual letter's height; papers that are read have 0.10 to 0.29."""
_SMALL_PICTURE = 2.0
"""Times by which a picture had to be made larger: it has fewer than 150 pixels an inch of an A4."""
_SMEARED = 9.0
"""Pixels of an edge's width that smear letters until none stand apart; a good scan has 2 to 3."""
_FEW = 40
"""Letters below which a page has no usual letter."""
MANY = 12_000
"""Pieces beyond which it is no print: a page of the smallest has 6 000 letters, noise has 30 000 pieces."""
_CUT = 8
"""Letters that one side of the picture cuts."""
_INK = 40
"""How much darker than the paper around it ink is."""
_AROUND = 25
"""Pixels of the paper around a stroke that it is compared with."""


class Signs(NamedTuple):
    """What is measured on a page.

    `light` is the grey of its lightest tenth, `ink` the darkness of its darkest ink on white paper, `letters`
    the number of pieces like letters, `height` the usual one's and `edge` the width of an edge, in pixels;
    `cut` how many letters the worst side of the picture cuts.
    """

    light: float
    ink: float
    letters: int
    height: float
    edge: float
    cut: int


def poor(picture: Raster) -> Poor | None:
    """Return why print on *picture* is hard to read; None where the picture is not to blame."""
    seen = signs(picture)
    if seen.light < _DARK:
        return "too-dark"
    smeared = seen.letters < _FEW and seen.edge > _SMEARED * picture.enlarged
    if seen.ink < _FAINT and not smeared:
        return "too-light"
    if seen.letters < _FEW:
        vague: Poor | None = "blurred" if smeared else None
        return "too-small" if picture.enlarged >= _SMALL_PICTURE else vague
    return _of_letters(seen, picture.enlarged) if seen.letters <= MANY else None


def _of_letters(seen: Signs, enlarged: float) -> Poor | None:
    """Return what is wrong with the letters of a picture that was made *enlarged* times as large."""
    if seen.height < _SMALL * enlarged:
        return "too-small"
    if seen.edge > _SOFT * seen.height:
        return "blurred"
    return "cut-off" if seen.cut >= _CUT else None


def signs(picture: Raster) -> Signs:
    """Measure *picture*."""
    lit = even(picture.grey)
    dark = 255.0 - float(np.percentile(lit[::4, ::4], 0.2))
    stats = _pieces(lit)
    usual = float(np.median(stats[:, 3])) if len(stats) >= _FEW else 0.0
    return Signs(
        light=float(np.percentile(picture.grey[::8, ::8], 90)),
        ink=dark,
        letters=len(stats),
        height=usual,
        edge=_edge(lit, dark),
        cut=_cut(stats, usual, lit.shape),
    )


def _pieces(lit: Grey) -> npt.NDArray[np.int32]:
    """Return left, top, width and height of the pieces of ink that have the shape of letters."""
    darker = cv2.subtract(cv2.blur(lit, (_AROUND, _AROUND)), lit)
    stats = patches(np.asarray(darker) > _INK // 2).stats
    wide, high = stats[1:, 2], stats[1:, 3]
    letters = (high >= 4) & (high <= 120) & (wide >= 2) & (wide <= 3 * high) & (high <= 8 * wide)
    return np.asarray(stats[1:][letters], dtype=np.int32)


def _edge(lit: Grey, dark: float) -> float:
    """Return the width in pixels over which ink as dark as *dark* becomes paper, at the sharpest edges."""
    across = cv2.absdiff(lit[:, 2:], lit[:, :-2])
    steep = float(np.percentile(across, 99.7)) / 2
    return dark / max(steep, 1.0)


def _cut(stats: npt.NDArray[np.int32], usual: float, shape: tuple[int, ...]) -> int:
    """Return how many letters the worst side of the picture cuts."""
    rows, columns = shape[0], shape[1]
    text = stats[(stats[:, 3] >= 0.5 * usual) & (stats[:, 3] <= 2.5 * usual)]
    left, right = text[:, 0] <= 1, text[:, 0] + text[:, 2] >= columns - 1
    top, foot = text[:, 1] <= 1, text[:, 1] + text[:, 3] >= rows - 1
    return int(max(side.sum() for side in (left, right, top, foot)))
