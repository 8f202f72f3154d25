"""A third witness for figures that may fool both readers: are they like their namesakes on the page?

Where a fax loses a stroke it leaves no grey, and two readers that know any face's 3 take an 8 cut open for
one. But a form is typed in one face: its other figures show what its 3 and its 8 look like, and after this
very fax. A cut 8 is like none of them. The witness knows no face, reads nothing, and can only say yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.cleaning import Written
from extractors.reading.patches import patches

_FIGURES_ALONE = re.compile(r"[\d\s/.,€+-]*\d[\d\s/.,€+-]*")
"""A value of which every sign can be vouched for: no letter, which may be the twin of a figure (B and 8)."""
_NAMES = frozenset("0123456789")
_LOW_SIGNS = re.compile(r"[\s.,€+-]")
"""Signs that are no tall marks, or none at all."""
_BESIDE = str.maketrans("", "", "/@")
"""Tall signs that stand between figures and letters."""
_HIGH, _SIDE = 20, 30
"""Rows to which figures are brought, and the side of the square they stand in."""
_SHIFTS = range(-1, 2)
"""Pixels by which two figures may lie apart: where one lost its edge, its middle is elsewhere."""
_BLUR = 0.8
"""Pixels over which the edges of a fax are uneven."""
_LEAST_ROWS = 8
"""Rows of a figure below which its shape says nothing."""
_TALL, _WHOLE = 0.5, 0.8
"""Heights of a figure from which a piece is a sign and no comma or dust; which one piece of it must have."""
_NEAR = 0.1
"""Heights of a figure within which a smaller piece belongs to it."""
_CRUMB = 3
"""Pixels of the smallest piece that belongs to a figure; a speck is none."""
_SHARED = 0.5
"""Share of the narrower of two pieces that stands above the other where they are one broken sign."""
_KNOWN = 7
"""Names of figures, of ten, that the page must show elsewhere."""
_TWINS = 5
"""Figures with a namesake elsewhere, from which it can be told how much namesakes differ on this page."""
_CLEAR, _CLEARER = 0.5, 0.4
"""How far a figure may be from its nearest namesake, by how far it is from any figure of another name; and
where the page does not show all ten names, so that one that is not there may be meant."""
_SPREAD, _GRACE, _FAR = 2.0, 0.02, 0.25
"""How far at all: so often what namesakes of this page usually are, and a little; but never farther."""
_LEAST, _MOST = 8, 400
"""Figures of a page from which, and up to which, they are compared: the fullest form holds 180."""

_Shape = npt.NDArray[np.float32]


class Figures(NamedTuple):
    """One value: its ink, what was read, and whether it is so sure that others are compared with it."""

    found: Written
    text: str
    sure: bool


class _Sign(NamedTuple):
    """One figure: the number of its value, its name, and its shape in a square."""

    value: int
    name: int
    shape: _Shape


def vouched(values: Mapping[int, Figures]) -> frozenset[int]:
    """Return the numbers of those sure *values* of which each figure clearly looks like what was read.

    Each is judged by the sure figures of other values. A value whose signs cannot be told apart, a figure
    in pieces, and one whose name stands nowhere else on the page are not vouched for.
    """
    shown = {at: tuple(_signs(at, value)) for at, value in values.items() if value.sure}
    signs = [sign for found in shown.values() for sign in found]
    if not _LEAST <= len(signs) <= _MOST:
        return frozenset()
    names, homes = np.array([sign.name for sign in signs]), np.array([sign.value for sign in signs])
    away = _distances(signs)
    away[homes[:, None] == homes] = np.inf
    namesake = names[:, None] == names
    own, other = (np.where(which, away, np.inf).min(axis=1) for which in (namesake, ~namesake))
    known = np.array([len(set(names[homes != home])) for home in homes])
    nearer = np.where(known == len(_NAMES), _CLEAR, _CLEARER) * other
    clear = (known >= _KNOWN) & (own <= np.minimum(_limit(own), nearer))
    unlike = set(homes[~clear].tolist())
    return frozenset(at for at, found in shown.items() if at not in unlike and _whole(values[at], found))


def _whole(value: Figures, signs: tuple[_Sign, ...]) -> bool:
    """Whether a value is one of figures alone, and each of them was cut out."""
    count = sum(sign in _NAMES for sign in value.text)
    return _FIGURES_ALONE.fullmatch(value.text) is not None and len(signs) == count


def _limit(nearest: npt.NDArray[np.float32]) -> float:
    """Return how far namesakes may be from each other, by how far each is here from its nearest one."""
    known = nearest[np.isfinite(nearest)]
    return min(_SPREAD * float(np.median(known)) + _GRACE, _FAR) if known.size >= _TWINS else 0.0


def _distances(signs: list[_Sign]) -> npt.NDArray[np.float32]:
    """Return how far each of *signs* is from each, 0 to 1, where they lie best on each other."""
    shapes, reach = np.stack([sign.shape for sign in signs]), max(_SHIFTS)
    flat = shapes.reshape(len(signs), -1)
    wide = np.pad(shapes, ((0, 0), (reach, reach), (reach, reach)))
    met, none = np.zeros((len(signs), len(signs)), dtype=np.float32), np.empty((0, 0), dtype=np.float32)
    for down in _SHIFTS:
        for right in _SHIFTS:
            moved = wide[:, reach + down :][:, :_SIDE, reach + right :][:, :, :_SIDE].reshape(len(signs), -1)
            overlap = cv2.gemm(moved, flat, 1, none, 0, flags=cv2.GEMM_2_T)  # as numpy's, without its threads
            np.maximum(met, overlap, out=met)
    ink = (flat**2).sum(axis=1)
    return np.asarray(1 - 2 * met / np.maximum(ink[:, None] + ink, 1e-6), dtype=np.float32)


def _signs(at: int, value: Figures) -> Iterator[_Sign]:
    """Yield the figures of a value that can be cut out whole; none where its signs do not stand apart."""
    signs = _LOW_SIGNS.sub("", value.text)
    ink = value.found.ink.astype(np.uint8)
    _, labels, stats, _ = patches(ink)
    homes = _homes(stats, len(signs)) if signs.translate(_BESIDE).isalnum() else None
    if homes is None:
        return
    home = homes[labels]
    spans = [np.flatnonzero((home == one).any(axis=1)) for one in range(1, len(signs) + 1)]
    level = [(span[0], span[-1] + 1) for span, sign in zip(spans, signs, strict=True) if sign in _NAMES]
    if not level:
        return
    top, low = (float(np.median(edge)) for edge in zip(*level, strict=True))
    high = low - top
    for one, sign in enumerate(signs, 1):
        tallest = stats[homes == one, cv2.CC_STAT_HEIGHT].max()
        if sign in _NAMES and high >= _LEAST_ROWS and tallest >= _WHOLE * high:
            shape = _shape(value.found, home == one, top, low)
            if shape is not None:
                yield _Sign(at, int(sign), shape)


def _homes(stats: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.int_] | None:
    """Return for each piece of ink which sign it is of, from 1, or 0; None where not *count* stand apart."""
    high = stats[1:, cv2.CC_STAT_HEIGHT]
    if not high.size:
        return None
    usual = float(np.median(high[high >= _TALL * high.max()]))
    left = stats[:, cv2.CC_STAT_LEFT]
    right = left + stats[:, cv2.CC_STAT_WIDTH]
    tall = np.concatenate(([False], high >= _TALL * usual))
    spans = _joined(sorted((int(left[at]), int(right[at])) for at in np.flatnonzero(tall)))
    if len(spans) != count:
        return None
    first, last = np.array(spans).T
    gap = np.maximum(first - right[:, None], left[:, None] - last)
    meet = np.minimum(last, right[:, None]) - np.maximum(first, left[:, None])
    big, small = (meet - 1e-3 * (last - first)).argmax(axis=1), gap.argmin(axis=1)
    top, low = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT]
    level = (top >= top[tall].min() - 1) & (low <= low[tall].max() + 1)
    close = (gap.min(axis=1) <= _NEAR * usual) & level & (stats[:, cv2.CC_STAT_AREA] >= _CRUMB)
    homes = np.where(tall, big + 1, np.where(close, small + 1, 0))
    homes[0] = 0
    return homes


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of signs from those of their pieces, from the left: a slash may lean over a figure."""
    found = spans[:1]
    for left, right in spans[1:]:
        start, end = found[-1]
        if min(end, right) - max(start, left) >= _SHARED * min(end - start, right - left):
            found[-1] = (min(start, left), max(end, right))
        else:
            found.append((left, right))
    return found


def _shape(found: Written, mine: npt.NDArray[np.bool_], top: float, low: float) -> _Shape | None:
    """Return a figure at one height in the middle of a square, ink 1; None if it is too wide for one."""
    columns = np.flatnonzero(mine.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    factor = _HIGH / (low - top)
    if (right - left) * factor > _SIDE - 2:
        return None
    cut = slice(max(left - 1, 0), right + 1)
    near = cv2.dilate(mine[:, cut].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    ink = np.where(near, 255 - found.pixels[:, cut].astype(np.float32), 0)
    across = _SIDE / 2 - factor * ((left + right) / 2 - cut.start)
    down = _SIDE / 2 - factor * (top + low) / 2
    way = np.array([[factor, 0, across], [0, factor, down]], dtype=np.float32)
    square = cv2.warpAffine(ink, way, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR) / 255
    return np.asarray(cv2.GaussianBlur(square, (0, 0), _BLUR), dtype=np.float32)
