"""A second opinion, and a third: independent recognisers of one line of print, on crops.

What they may answer is held to Latin letters, figures and the signs of papers: each knows 18 000 characters.

One crop costs some 55 microseconds of CPU for each pixel of its width when 48 pixels high; several at once
cost no less, and more memory, so they go one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.greys import percentiles, spread
from extractors.reading.raster import Grey
from extractors.reading.words.models import SECOND, Make, model
from extractors.reading.words.ordinals import restored

HIGH = 48
"""Rows of pixels that the model takes."""
_MARGIN = 0.45
"""White above and below the letters, in their height: of 0.2 to 0.7, 300 crops were read best so."""
_LOWEST = 0.2
"""Rows that are kept of a crop at least: a dash or a full stop alone must not be blown up to a letter."""
_GRAIN = 1.0
"""Pixels of blur under which the grain of a scan does not pass for ink."""
_FAINT = 24
"""Greys between paper and ink below which a crop is taken to be bare."""
_WIDEST = 1280
"""Columns that the model is given at once: the memory it takes grows with them, to 100 MB at 2 400."""
_NARROWEST = 48
"""Columns that the model is given at least: a single sign."""
_SIGNS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝáàâäãåçéèêëíìîïñóòôöõúùûüýßœŒøØæÆ"
    "ªº·.,:;-–—_/\\()[]'’`\"“”«»&@#%+*=<>|!¡?¿€$°"
)
_AS = {"°": "º"}
"""What a sign stands for on papers: nobody writes degrees on them, and many `1º`."""


class Told(NamedTuple):
    """What a crop says, and the probability of that by the model alone, 0 to 1: see `_sure`."""

    text: str
    sure: float


class _Loaded(NamedTuple):
    """The model, the name of its input, and its columns that may win with what they stand for.

    `others` are the places among the columns of those that stand for no sign of their own, and `homes` of
    those that have their chance as well.
    """

    session: Any
    entry: str
    columns: npt.NDArray[np.intp]
    signs: tuple[str, ...]
    others: npt.NDArray[np.intp]
    homes: npt.NDArray[np.intp]


def ready() -> None:
    """Load the second opinion's model and its signs, if they are not loaded; raise as `tell`."""
    for letters in (False, True):
        _latin(SECOND, letters=letters)


def tell(
    crops: Sequence[Grey],
    signs: str = "",
    *,
    parted: bool = True,
    letters: bool = False,
    make: Make = SECOND,
) -> list[Told]:
    """Return what each crop of one line says; only *signs* and blanks may be seen unless it is empty.

    A crop is dark on light, with or without white around the line. A bare one says nothing, with no
    certainty. Of a number, whose blanks mean nothing, none are seen if it is not *parted*: whether there is
    one does then not lower its certainty. No more do accents and case if its *letters* alone are asked for:
    it is then told as `letter` writes them.

    Raises:
        Missing: The package that carries the model, or the one that runs it, is not installed.
    """
    loaded = _loaded(make, signs, parted, letters)
    return [_whole([_told(loaded, piece) for piece in _pieces(trimmed(crop))]) for crop in crops]


def letter(sign: str) -> str:
    """Return *sign* without its accent and small; what is then more than one sign stays as it is."""
    bare = "".join(one for one in unicodedata.normalize("NFD", sign) if not unicodedata.combining(one))
    return bare.casefold() if len(bare.casefold()) == 1 else sign


@cache
def _loaded(make: Make, signs: str, parted: bool = True, letters: bool = False) -> _Loaded:
    """Return the model, held to *signs*; a blank is as good as nothing unless words are *parted*."""
    session = model(make).session
    named = letter if letters else str
    wanted = {named(one) for one in signs or _SIGNS}
    kept = [(at, one) for at, one in _latin(make, letters=letters) if one in wanted or one in {"", " "}]
    columns, told = np.array([at for at, _ in kept]), [one for _, one in kept]
    homes = [
        0 if one == " " and not parted else told.index(one) if letters else at for at, one in enumerate(told)
    ]
    others = np.flatnonzero(np.array(homes) != np.arange(len(homes)))
    return _Loaded(
        session, session.get_inputs()[0].name, columns, tuple(told), others, np.array(homes)[others]
    )


@cache
def _latin(make: Make, *, letters: bool) -> tuple[tuple[int, str], ...]:
    """Return the columns that may ever win, few of 18 000, with their signs or *letters*."""
    named = letter if letters else str
    ever = {named(one) for one in _SIGNS} | {"", " "}
    names = ((at, named(_AS.get(one, one))) for at, one in enumerate(model(make).signs))
    return tuple((at, one) for at, one in names if one in ever)


def _told(loaded: _Loaded, piece: Grey) -> Told:
    """Return what one piece says: the likeliest sign of each step, repeats and nothings left out."""
    chances = np.asarray(loaded.session.run(None, {loaded.entry: _fitted(piece)})[0])[0][:, loaded.columns]
    if loaded.others.size:
        np.add.at(chances.T, loaded.homes, chances.T[loaded.others])
        chances[:, loaded.others] = 0.0
    best = chances.argmax(axis=1)
    new = np.concatenate(([True], best[1:] != best[:-1]))
    path = best[new & (best != 0)]
    if not path.size:
        return Told("", 0.0)
    text = "".join(loaded.signs[at] for at in path)
    return Told(restored(" ".join(text.split()), piece), _sure(chances.astype(np.float64), path))


def _sure(chances: npt.NDArray[np.float64], path: npt.NDArray[np.intp]) -> float:
    """Return the probability of the signs *path*, summed over all ways to lay them along the steps.

    Of 687 crops the mean certainty of the letters let 404 right ones pass before the first wrong one that was
    no fault of the crop, their product 466, and this sum 491: it also sees a letter that nearly was there.
    """
    signs = np.zeros(2 * path.size + 1, dtype=np.intp)
    signs[1::2] = path  # nothings before, between and after
    jump = np.zeros(signs.size, dtype=bool)
    jump[3::2] = signs[3::2] != signs[1:-2:2]  # two equal letters need a nothing between them
    there, lost = np.zeros(signs.size), 0.0
    there[:2] = chances[0, signs[:2]]
    for step in chances[1:, signs]:
        before = there
        there = before.copy()
        there[1:] += before[:-1]
        there[2:] += np.where(jump[2:], before[:-2], 0.0)
        there *= step
        whole = float(there.sum())
        if whole <= 0:
            return 0.0
        there, lost = there / whole, lost + float(np.log(whole))
    return float((there[-1] + there[-2]) * np.exp(lost))


def _whole(told: Sequence[Told]) -> Told:
    """Return what the pieces of one line say together."""
    text = " ".join(one.text for one in told if one.text)
    return Told(text, float(np.prod([one.sure for one in told])) if text else 0.0)


def trimmed(crop: Grey) -> Grey:
    """Return the rows and columns with ink and an even margin, paper white and ink black; none if bare."""
    if min(crop.shape) < 3:
        return np.zeros((0, 0), dtype=np.uint8)
    soft = cv2.GaussianBlur(crop, (0, 0), _GRAIN)
    ink, paper = float(soft.min()), float(percentiles(np.asarray(soft, np.uint8), (90,))[0])
    if paper - ink < _FAINT:
        return np.zeros((0, 0), dtype=np.uint8)
    dark = soft < (ink + paper) / 2
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, low, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    high = max(low - top, round(_LOWEST * crop.shape[0]))
    margin = round(_MARGIN * high)
    spare = margin + (high - (low - top)) // 2
    return _cut(spread(crop, ink, paper - ink), (top - spare, low + spare), (left - margin, right + margin))


def _cut(grey: Grey, rows: tuple[int, int], columns: tuple[int, int]) -> Grey:
    """Return these rows and columns, white where they lie outside."""
    (y0, y1), (x0, x1) = rows, columns
    high, wide = grey.shape
    inside = grey[max(y0, 0) : y1, max(x0, 0) : x1]
    around = ((max(-y0, 0), max(y1 - high, 0)), (max(-x0, 0), max(x1 - wide, 0)))
    return np.pad(inside, around, constant_values=255)


def _pieces(line: Grey) -> Iterator[Grey]:
    """Yield the line in pieces that are not too wide for the model, parted where the white is widest."""
    rows, columns = line.shape
    most = _WIDEST * rows // HIGH
    if columns <= most or not rows:
        yield from [line] * (line.size > 0)
        return
    near = columns // 4
    bare: Grey = np.asarray((line[:, near:-near] >= 128).all(axis=0), dtype=np.uint8)
    widths = np.ravel(cv2.distanceTransform(bare[np.newaxis], cv2.DIST_L1, 3))
    at = near + int(widths.argmax()) if bare.any() else columns // 2
    yield from _pieces(line[:, :at])
    yield from _pieces(line[:, at:])


def _fitted(piece: Grey) -> npt.NDArray[np.float32]:
    """Return the piece as the model wants it: 48 rows, three equal channels, from -1 to 1."""
    rows, columns = piece.shape
    wide = min(max(round(columns * HIGH / rows), _NARROWEST), _WIDEST)
    way = cv2.INTER_AREA if rows > HIGH else cv2.INTER_LINEAR
    small = cv2.resize(np.ascontiguousarray(piece), (wide, HIGH), interpolation=way)
    plane = np.asarray(small, dtype=np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)), dtype=np.float32)
