"""Whether somebody signed in a box: digitally, with a pen of any colour, or with a typed name.

What the blank prints there is no signature, nor is a seal: a round or framed one is known by its rim, which
runs along its whole outline as no pen's stroke does. Both mistakes weigh: a missing signature stops a case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.document import Field
from extractors.forms.ink.crossed import crossed
from extractors.forms.ink.drawn import INSET
from extractors.forms.ink.frames import framed, lettered
from extractors.forms.ink.longest import STROKE, THIN, longest
from extractors.forms.ink.marks import FAINT, FORM, UNCLEAR
from extractors.forms.ink.strokes import Dark, Piece, dark, dyed, grown, piece, straight, without_specks
from extractors.forms.ink.worded import worded
from extractors.forms.ink.worn import beside_rims
from extractors.forms.laying.blanks import picture as drawn
from extractors.forms.spot import Spot
from extractors.lines import Box
from extractors.reading.patches import patches

_SURE, _TYPED = 0.95, 0.85
_NOBODY = frozenset({"fdo", "firma", "firmado", "sinatura", "asinado", "signatura", "signat", "sinadura"})
"""Words that ask for a signature and are none."""
_AROUND = 60.0
"""Points around the box in which a seal goes on: most of its rim must be seen to know it."""
_TRACE = 8.0
"""Points of a stroke below which it is a letter, a dot or dust."""
_HAIR = 0.8
"""Points of a line below which it is a hair on the glass: a hair had 0.5, drawn pens 1.4 and more."""
_DUST = 0.0015
"""Dark share that dust, and what is left of the blank's ink, may have."""
_KEPT = 0.85
"""Share of the blank's ink on the page below which a fax was set too light, and may have lost a pen too."""
_FLOOD = 0.35
"""Dark share from which something lies over the box."""
_BLEED = 2.0
"""Points around the blank's own ink in which ink is its own: what a registered photo is off at most."""
_NEAR, _FRINGE = 1.5, 1.0
"""Points off an outline at which its rim may run; points around a seal's colour in which it fades to grey."""
_LINE, _SPECK = 13.0, 1.5
"""Points from which a straight run is a drawn line; below which ink is dust."""
_THROUGH = 0.8
"""Share of the piece around a box that a streak runs through; the box itself is half of it."""
_RIM, _SEAL, _JOIN = 0.6, 24.0, 2.0
"""Share of an outline that a rim follows; points, both ways, of the least seal; white between its parts."""
_WHOLE, _LONG, _PARTS, _LETTER = 0.85, 2.5, 2, 3.0
"""A name over its own flourish follows up to 0.76 of its outline, the frame of a seal nearly all of it; it is
five times as long as high, of one or two strokes, where a seal frames letters, of 3 points or more."""


class Pen(NamedTuple):
    """What strokes a box holds: points of the longest, across it and of its line; the dark share; a seal.

    `crossed`: it is crossed out, or a cross is all; `worded`: words stand by it.
    """

    longest: float
    across: float
    wide: float
    ink: float
    seal: bool
    crossed: bool = False
    worded: bool = False


_NONE = Pen(0.0, 0.0, 0.0, 0.0, False)
_HIDDEN = Pen(0.0, 0.0, 0.0, 1.0, False)
"""Of a box that is not on the picture."""
_STAMPED = Pen(0.0, 0.0, 0.0, 1.0, True)
"""Of a box in which nobody can tell a pen's ink from a stamp's."""


def signed(spot: Spot) -> Field:
    """Return whether somebody signed in the box: digitally, with ink, or with a typed name."""
    on, sure, text = _signature(spot)
    if not on and not spot.room:
        sure = min(sure, UNCLEAR)
    return Field(value=on, text=text, confidence=min(sure, spot.sure), page=spot.page.number, box=spot.box)


def _signature(spot: Spot) -> tuple[bool, float, str]:
    """Return whether the box is signed, how sure that is and the text in it."""
    if spot.widget is not None and spot.widget.signed:
        return True, FORM, ""
    names = [word for word in spot.words if word.text.strip(".:_- ").lower() not in _NOBODY]
    text = " ".join(word.text for word in names)
    on, sure = _by_pen(_pen(spot))
    if not on and spot.page.laid is not None and spot.page.laid.share < _KEPT:
        sure = min(sure, FAINT)
    if text and not (on and sure >= _SURE):
        return True, min(_TYPED, *(word.confidence for word in names)), text
    return on, sure, text


def _by_pen(pen: Pen) -> tuple[bool, float]:
    """Return whether strokes are a signature, and how sure that is."""
    if pen.longest >= STROKE:
        plain = (
            pen.across >= THIN and pen.wide >= _HAIR and pen.ink <= _FLOOD and not (pen.crossed or pen.worded)
        )
        return plain, _SURE if plain else UNCLEAR
    if pen.longest >= _TRACE or pen.seal or pen.ink > _DUST:
        return False, UNCLEAR
    return False, _SURE


def _pen(spot: Spot) -> Pen:
    """Return what strokes the box holds besides what is printed there."""
    picture = spot.page.picture()
    cut = piece(picture, spot.box.grown(_AROUND))
    inner = cut.inside(spot.box.grown(-2 * INSET))
    if not cut.grey[inner].size:
        return _HIDDEN
    all_dark = dark(cut.grey, cut.scale)
    ink = without_specks(all_dark, _SPECK * cut.scale)
    own = _own(spot, cut)
    if own is not None and not (ink & ~own)[inner].any() and not dyed(picture, cut).any():
        return _NONE  # as most boxes are: nothing is left of it that a streak could be
    coloured = grown(dyed(picture, cut), 1) & ink
    black = ink & ~coloured & ~_printed(spot, cut, all_dark, own)
    if not (coloured | black)[inner].any():
        return _NONE
    seal = _seal(coloured, black, cut.scale)
    cornered = own is not None and framed(ink & ~own & ~seal, inner, cut.scale)
    if _rims(black, coloured | black, cut.scale)[inner].any() or cornered:
        return _STAMPED
    pen = without_specks((coloured | black) & ~seal, _SPECK * cut.scale)
    if lettered(pen[inner], coloured[inner], cut.scale):
        return _STAMPED
    found = _left(pen, inner, cut.scale, seal=bool(seal[inner].any()))
    return found._replace(worded=_by_pen(found)[0] and worded(cut.grey[inner], pen[inner], cut.scale))


def _left(pen: Dark, inner: tuple[slice, slice], scale: float, *, seal: bool) -> Pen:
    """Return what strokes are in the part *inner* of a *pen*'s ink, worn rims told from it if they matter."""
    found = _stroked(pen[inner], scale, seal=seal)
    if not _by_pen(found)[0]:
        return found
    free = beside_rims(pen, scale)[inner]
    return found if free.sum() == pen[inner].sum() else _stroked(free, scale, seal=True)


def _seal(coloured: Dark, black: Dark, scale: float) -> Dark:
    """Return the ink of coloured seals: their rims, and what of their colour stands close by."""
    seal = _rims(coloured, coloured | black, scale) & grown(coloured, _FRINGE * scale)
    left = coloured & ~seal
    return seal | (left & _beside(left, seal, scale))


def _stroked(ink: Dark, scale: float, *, seal: bool) -> Pen:
    """Return what strokes are in the *ink* of a pen, with a *seal* beside it or none."""
    stroke = longest(ink, scale)
    cross = stroke[0] >= STROKE and crossed(ink, scale)
    return Pen(*stroke, float(ink.mean()), seal, cross)


def _own(spot: Spot, cut: Piece) -> Dark | None:
    """Return where the blank below *cut* prints, or close by; None of a page that lies on none."""
    if spot.page.laid is None:
        return None
    sheet = spot.page.laid.sheet
    own = _bare(sheet.edition, sheet.number, cut.scale, spot.box.grown(_AROUND))
    rows, columns = cut.grey.shape
    more = ((0, max(rows - own.shape[0], 0)), (0, max(columns - own.shape[1], 0)))
    return np.pad(own, more)[:rows, :columns]


@lru_cache(maxsize=24)
def _bare(edition: str, number: int, scale: float, box: Box) -> Dark:
    """Return where a blank prints in *box*, or close by; the last few, half a megabyte each, are kept."""
    blank = piece(drawn(edition, number, scale), box)
    return grown(dark(blank.grey, scale), _BLEED * scale)


def _printed(spot: Spot, cut: Piece, ink: Dark, own: Dark | None) -> Dark:
    """Return where the blank's *own* ink, or the page's text and lines, stand, and the streaks in *ink*."""
    lines = straight(ink, _LINE * cut.scale)
    if own is not None:
        return np.asarray(own | _streaks(lines), dtype=np.bool_)
    found = grown(lines, 1)
    for word in spot.page.words if spot.page.reader == "text" else ():
        found[cut.inside(word.box.grown(1.0))] = True
    return found


def _streaks(lines: Dark) -> Dark:
    """Return the lines that go right through the piece, as a scanner's streaks do and no pen does."""
    joined = grown(lines, 2).astype(np.uint8)
    _, labels, stats, _ = patches(joined)
    rows, columns = lines.shape
    through = (stats[:, cv2.CC_STAT_HEIGHT] > _THROUGH * rows) | (
        stats[:, cv2.CC_STAT_WIDTH] > _THROUGH * columns
    )
    through[0] = False
    return np.asarray(through[labels], dtype=np.bool_)


def _rims(ink: Dark, every: Dark, scale: float) -> Dark:
    """Return what lies within outlines that are drawn themselves, as the rim of a seal is.

    Strokes are told from framed words by *every* ink, whatever its colour: a JPEG tells the colour of a dark
    blue pen in spots, and would break one stroke into many.
    """
    found = np.zeros(ink.shape, np.uint8)
    joined = grown(ink, _JOIN * scale / 2)
    count, labels, stats, _ = patches(joined)
    for at in range(1, count):
        if min(stats[at, cv2.CC_STAT_WIDTH], stats[at, cv2.CC_STAT_HEIGHT]) >= _SEAL * scale:
            ys, xs = np.nonzero((labels == at) & ink)
            hull = cv2.convexHull(np.stack([xs, ys], axis=1).astype(np.int32))
            rim = _rim(hull, ink, scale)
            if rim >= _RIM and not (rim < _WHOLE and _stroke(hull, every, scale)):
                cv2.fillPoly(found, [hull], 1)
    return grown(found.astype(np.bool_), _JOIN * scale / 2)


def _beside(ink: Dark, seal: Dark, scale: float) -> Dark:
    """Return what hangs together with a seal by its own ink: the rest of its rim, or another seal over it."""
    if not seal.any():
        return seal
    count, labels, *_ = patches(grown(ink, _JOIN * scale))
    touching = np.zeros(count, dtype=np.bool_)
    touching[labels[grown(seal, _JOIN * scale)]] = True
    touching[0] = False
    return np.asarray(touching[labels], dtype=np.bool_)


def _rim(hull: npt.NDArray[Any], ink: Dark, scale: float) -> float:
    """Return the share of the outline *hull* along which ink runs."""
    outline = np.zeros(ink.shape, np.uint8)
    cv2.polylines(outline, [hull], True, 1, 1)
    return float(grown(ink, _NEAR * scale)[outline > 0].mean())


def _stroke(hull: npt.NDArray[Any], ink: Dark, scale: float) -> bool:
    """Return whether *hull* holds nothing but a long stroke: a flourish under a name, no framed words."""
    _, sides, _ = cv2.minAreaRect(hull)
    within = np.zeros(ink.shape, np.uint8)
    cv2.fillPoly(within, [hull], 1)
    within[~ink] = 0
    count, _, stats, _ = patches(within)
    long = max(sides) >= _LONG * min(sides)
    sizes = stats[1:count, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return long and int((sizes >= _LETTER * scale).sum()) <= _PARTS
