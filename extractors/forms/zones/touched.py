"""Figures that a pen touched up, in whatever colour: what it leaves is not as the page's machine writes it.

A 7 made of a 1 looks like no other 7 of its page, and where a pen crosses print there is a spot with more ink
than any other figure of that name has. Both only say no, and only of figures whose page shows enough others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.words.signs import SIDE, Figures, Sign, figures
from extractors.reading.words.witness import nearest

_FAR = 0.12
"""How far a figure is from every namesake that is nearer to one of another name."""
_INKED = 0.25
"""Ink from which a row is a figure's."""
_SPOT = 2.5
"""Breadth of a spot, in twentieths of a figure's height: two strokes that cross."""
_HEAVY = 1.4
"""Ink of a figure's darkest spot, by its namesakes' and by its own value's, that no machine leaves: of 208
sure values none had more than 1.35, of 21 touched up that passed 9 had."""
_NAMESAKES, _OTHERS = 2, 1.15
"""Namesakes in other values that tell a figure's spot; what any figure's may be where there are fewer."""
_LINE = 3
"""Figures of a value that tell how heavy its own print is."""
_EVEN = 0.9
"""The palest that a value's own print counts for."""


def touched_up(values: Mapping[int, Figures]) -> frozenset[int]:
    """Return the numbers of those *values* of a page of which a figure may have been made of another."""
    signs = [_level(sign) for at, value in values.items() for sign in figures(at, value)]
    near = nearest(signs)
    if near is None:
        return frozenset()
    unlike = np.isfinite(near.own) & (near.own >= np.maximum(_FAR, near.other))
    return frozenset(near.homes[unlike | _blotted(signs, near.names, near.homes)].tolist())


def _level(sign: Sign) -> Sign:
    """Return a figure in the middle of its square: typewriters set some above and below their line."""
    rows = np.flatnonzero((sign.shape > _INKED).any(axis=1))
    off = (SIDE - int(rows[0]) - int(rows[-1])) // 2 if rows.size else 0
    return sign._replace(shape=np.roll(sign.shape, off, axis=0))


def _blotted(
    signs: Sequence[Sign], names: npt.NDArray[np.int_], homes: npt.NDArray[np.int_]
) -> npt.NDArray[np.bool_]:
    """Return which figures have a spot with more ink than the page's machine leaves."""
    spots = np.array([cv2.GaussianBlur(sign.shape, (0, 0), _SPOT).max() for sign in signs])
    alike = (names[:, None] == names) & (homes[:, None] != homes)
    usual = float(np.median(spots)) * _OTHERS
    told = [np.median(spots[which]) if which.sum() >= _NAMESAKES else usual for which in alike]
    heavy = spots / np.maximum(np.array(told), 1e-6)
    lines = [heavy[homes == home] for home in homes]
    own = np.array([max(float(np.median(line)), _EVEN) if line.size >= _LINE else 1.0 for line in lines])
    return np.asarray(np.minimum(heavy, heavy / own) >= _HEAVY, dtype=np.bool_)
