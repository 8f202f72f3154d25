"""A third witness for figures that may fool both readers: are they like their namesakes on the page?

Where a fax loses a stroke it leaves no grey, and two readers that know any face's 3 take an 8 cut open for
one. But a paper is printed in one face: its other figures show what its 3 and its 8 look like, and after this
very fax. A cut 8 is like none of them. The witness knows no face, reads nothing, and can only say yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.words.signs import NAMES, SIDE, Figures, Sign, figures

VOUCHED = 0.99
"""Certainty of what two readers saw alike and other figures of the page vouch for."""
LIKELY = 0.85
"""Certainty from which a value's figures are compared with: two in a hundred of them may be others."""
_ASKED = re.compile(
    r"\(?(?:[\d\s.,;:€+-]*\d[\d\s.,;:€+-]*|\d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:\d\d){1,2}[.,;]?)\)?[.,;]?"
    r"|(?:[XYZ]\d{7}|\d{8})-?[A-Z][.,;]?"
    r"|\d+\sbis|(?:19|20)\d\d\.?e?ko|[0-3]?\da[.,;]?",
    re.IGNORECASE,
)
"""A value of which every figure can be vouched for: there is no letter, which may be the twin of one (B and
8), or none where a figure can stand: an identity number's, whose check letter is for others to prove, a
house's "bis", and what ends a Basque year or day. A stroke stands in days alone: elsewhere it may be a 7."""
_MONTH = re.compile(r"[0-3]?\d-[^\W\d_]{3,4}\.?-(?:19|20)\d\d[.,;]?")
"""A day with its month's name, whose letters only the readers can be sure of."""
_SHIFTS = range(-1, 2)
"""Pixels by which two figures may lie apart: where one lost its edge, its middle is elsewhere."""
_KNOWN = 7
"""Names of figures, of ten, that the page must show elsewhere."""
_TWINS = 5
"""Figures with a namesake elsewhere, from which it can be told how much namesakes differ on this page."""
_CLEAR, _CLEARER = 0.5, 0.4
"""How far a figure may be from its nearest namesake, by how far it is from any figure of another name; and
where the page does not show all ten names, so that one that is not there may be meant."""
_EASED = 0.1
"""By how much what both readers are sure of may be nearer to another name: of 334 such values it lets 11 more
pass, and of 186 figures cut so that they look like another 10 instead of 8; 0.2 let 37 of these pass."""
_SPREAD, _GRACE, _FAR = 2.0, 0.02, 0.25
"""How far at all: so often what namesakes of this page usually are, and a little; but never farther."""
_LEAST, _MOST = 8, 400
"""Figures of a page from which, and up to which, they are compared: the fullest form holds 180."""


def vouched(values: Mapping[int, Figures], agreed: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return the numbers of those *values* of which each figure clearly looks like what was read.

    Each is judged by the sure figures of other values. A value whose signs cannot be told apart, a figure in
    pieces, and one whose name stands nowhere else on the page are not vouched for. Of those *agreed*, which
    both readers are sure of, less likeness is asked, and days with a month's name may be vouched for.
    """
    shown = {at: tuple(figures(at, value)) for at, value in values.items()}
    near = nearest([sign for found in shown.values() for sign in found])
    if near is None:
        return frozenset()
    names, homes, sure, own, other = near
    known = np.array([len(set(names[sure & (homes != home)])) for home in homes])
    eased = _EASED * np.isin(homes, list(agreed))
    nearer = (np.where(known == len(NAMES), _CLEAR, _CLEARER) + eased) * other
    clear = (known >= _KNOWN) & (own <= np.minimum(_limit(own[sure]), nearer))
    unlike = set(homes[~clear].tolist())
    return frozenset(
        at
        for at, found in shown.items()
        if at not in unlike and _whole(values[at], found, agreed=at in agreed)
    )


class Nearest(NamedTuple):
    """The figures of a page by name, number of value and whether that is sure.

    `own` and `other` say how far each is from its nearest namesake, and from any other, in other sure values.
    """

    names: npt.NDArray[np.int_]
    homes: npt.NDArray[np.int_]
    sure: npt.NDArray[np.bool_]
    own: npt.NDArray[np.float32]
    other: npt.NDArray[np.float32]


def nearest(signs: Sequence[Sign]) -> Nearest | None:
    """Return how near *signs* are to each other, None where they are too few, or too many."""
    sure = np.array([sign.sure for sign in signs], dtype=np.bool_)
    if sure.sum() < _LEAST or sure.size > _MOST:
        return None
    names, homes = np.array([sign.name for sign in signs]), np.array([sign.value for sign in signs])
    away = _distances(signs)
    away[(homes[:, None] == homes) | ~sure] = np.inf
    namesake = names[:, None] == names
    own, other = (np.where(which, away, np.inf).min(axis=1) for which in (namesake, ~namesake))
    return Nearest(names, homes, sure, own, other)


def _whole(value: Figures, signs: tuple[Sign, ...], *, agreed: bool) -> bool:
    """Whether all of a value can be vouched for, and each of its figures was cut out."""
    count = sum(sign in NAMES for sign in value.text)
    asked = _ASKED.fullmatch(value.text) or (_MONTH.fullmatch(value.text) if agreed else None)
    return len(signs) == count and asked is not None


def _limit(nearest: npt.NDArray[np.float32]) -> float:
    """Return how far namesakes may be from each other, by how far each is here from its nearest one."""
    known = nearest[np.isfinite(nearest)]
    return min(_SPREAD * float(np.median(known)) + _GRACE, _FAR) if known.size >= _TWINS else 0.0


def _distances(signs: Sequence[Sign]) -> npt.NDArray[np.float32]:
    """Return how far each of *signs* is from each, 0 to 1, where they lie best on each other."""
    shapes, reach = np.stack([sign.shape for sign in signs]), max(_SHIFTS)
    flat = shapes.reshape(len(signs), -1)
    wide = np.pad(shapes, ((0, 0), (reach, reach), (reach, reach)))
    met, none = np.zeros((len(signs), len(signs)), dtype=np.float32), np.empty((0, 0), dtype=np.float32)
    for down in _SHIFTS:
        for right in _SHIFTS:
            moved = wide[:, reach + down :][:, :SIDE, reach + right :][:, :, :SIDE].reshape(len(signs), -1)
            overlap = cv2.gemm(moved, flat, 1, none, 0, flags=cv2.GEMM_2_T)  # as numpy's, without its threads
            np.maximum(met, overlap, out=met)
    ink = (flat**2).sum(axis=1)
    return np.asarray(1 - 2 * met / np.maximum(ink[:, None] + ink, 1e-6), dtype=np.float32)
