"""Measuring one box to tick on a picture: where its frame stands, and what ink is in it and around it.

A print is laid on its blank to a point or two, which is a fifth of a box. So the frame itself is looked
for first, by its four sides; the inside is measured from there, and what the blank prints around it is
taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.ink.bare import Bare, bare
from extractors.forms.ink.beyond import Known, beyond
from extractors.forms.ink.framing import Frame, framed, inside_of
from extractors.forms.ink.strokes import (
    Dark,
    Piece,
    dark,
    grown,
    piece,
    straight,
    unsealed,
    without_specks,
    without_streaks,
)
from extractors.forms.zones.streaks import Streak
from extractors.lines import Box, around
from extractors.page import Picture

_ROOM = 1.0
"""Sides of a box around it in which its strokes may go on: a hasty tick ends half a side off."""
_SIDE = 0.6
"""Share of the four sides that must be dark for a frame to be seen, as a fax with gaps still has it."""
_SPECK = 0.95
"""Points: ink that reaches less far any way is dust or a fax's noise; the smallest dot of a pen is 1.2."""
_BLEED = 1.2
"""Points around the blank's own ink in which ink is its own: a blurred line, and the shift that is left."""

_LABEL = 3.0
"""Points around a label within which a circle drawn around it runs."""
_ASIDE = 0.5
"""Ink from another box's tick stands on one side of this one: in so much of the way around it at most."""
_LINE = 13.0
"""Points from which a straight run of ink is a drawn line, as in `drawn.writing`."""


class Sighting(NamedTuple):
    """What a picture shows of one box.

    `frame` is the share of its four sides that is seen, 0 to 1; `inside` the dark share of its inside, specks
    left out; `reach` how far the ink inside goes, in inner sides, and `flat` how far the other way;
    `outside` the strange ink around it, in areas of the box; `turn` in how many of the eight directions
    around it strange ink stands, as a share, and `ringed` in how many ink that is taken for a coloured
    seal's; `across` whether strange ink passes it on two sides and goes on, `long` whether ink that touches
    it runs as far off as is looked; `seal` the share of the inside that a coloured seal covers; `label` the
    dark share of its label that the blank does not print; `kept` the share of the blank's own ink in and
    around the box that is there; `beyond` the strange ink further off a box with ink in it, where nobody
    has to write, in areas of the box.
    """

    frame: float
    inside: float = 0.0
    reach: float = 0.0
    flat: float = 0.0
    outside: float = 0.0
    turn: float = 0.0
    across: bool = False
    long: bool = False
    seal: float = 0.0
    label: float = 0.0
    kept: float = 1.0
    beyond: float = 0.0
    ringed: float = 0.0

    @property
    def seen(self) -> bool:
        """Whether the frame stands where it should: else nothing is known of its inside."""
        return self.frame >= _SIDE


class Own(NamedTuple):
    """What is printed around a box, to be told from what was added: the empty sheet, or the words there.

    `label` is the place of the box's own words, None where it is not known; `boxes` are the places of the
    other boxes to tick near it, whose frames and ticks are no ink of its own; `known` is what else may hold
    ink on the page.
    """

    blank: Bare | None = None
    words: Sequence[Box] = ()
    label: Box | None = None
    boxes: Sequence[Box] = ()
    known: Known = Known()


def look(picture: Picture, box: Box, own: Own | None = None) -> Sighting:
    """Return what *picture* shows of *box*; without *own* nothing is told of the ink around it.

    A streak is taken away where nothing else is left in the box: no tick is as long. Beside a tick it is
    left, since a pen's line down a page may undo what it crosses.
    """
    seen = _look(picture, box, own, ())
    if own is None or own.blank is None:
        return seen
    if own.known.streaks and (seen.inside or seen.outside):
        plain = _look(picture, box, own, own.known.streaks)
        seen = seen if plain.inside else plain
    if not seen.inside:
        return seen
    return seen._replace(beyond=beyond(picture, box, own.blank, own.known))


def _look(picture: Picture, box: Box, own: Own | None, streaks: tuple[Streak, ...]) -> Sighting:
    """Return what *picture* shows of *box* without *streaks*."""
    label = own.label if own else None
    room = box.grown(_ROOM * min(box.width, box.height))
    place = around([room, label.grown(_LABEL)]) if label else room
    cut, seal = unsealed(picture, place)
    if min(cut.grey.shape) < 3 * cut.scale:
        return Sighting(0.0)
    ink = without_specks(without_streaks(dark(cut.grey, cut.scale), cut, streaks), _SPECK * cut.scale)
    plain = dark(piece(picture, place).grey, cut.scale) if seal.any() or streaks else ink
    frame = framed(cut, plain, box)
    inner = inside_of(frame, plain)
    inside = without_specks(ink[inner], _SPECK * cut.scale)
    flat, reach = _reach(inside)
    seen = Sighting(
        frame.share, _share(inside), reach, flat, seal=_share(seal[inner]), ringed=_ringed(seal, frame)
    )
    if own is None:
        return seen
    if own.blank is None:
        printed = _set(cut, ink, own.words)
    else:
        blank = bare(cut, frame, own.blank, box)
        printed = grown(blank, _BLEED * cut.scale)
        seen = seen._replace(kept=float(grown(plain, 1)[blank].mean()) if blank.any() else 0.0)
    strange = ink & ~printed
    for other in own.boxes if seen.inside == 0 else ():  # ink within may be the other end of theirs
        strange &= ~_theirs(strange, cut, frame, box, other)
    return _around(seen, cut, strange, frame, own.label)


def _share(ink: Dark) -> float:
    """Return the share of *ink* that is dark."""
    return float(ink.mean()) if ink.size else 0.0


def _reach(ink: Dark) -> tuple[float, float]:
    """Return how far ink goes across and down, the lesser first, as shares of the whole."""
    if not ink.any():
        return 0.0, 0.0
    across, down = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    wide = float(across[-1] - across[0] + 1) / ink.shape[1]
    high = float(down[-1] - down[0] + 1) / ink.shape[0]
    return min(wide, high), max(wide, high)


def _set(cut: Piece, ink: Dark, words: Sequence[Box]) -> Dark:
    """Return where words and drawn lines stand on *cut*."""
    found = grown(straight(ink, _LINE * cut.scale), _BLEED * cut.scale)
    rows, columns = cut.grey.shape
    here = Box(cut.x, cut.y, cut.x + columns / cut.scale, cut.y + rows / cut.scale).grown(_BLEED)
    for box in words:
        if box.x1 >= here.x0 and box.x0 <= here.x1 and box.y1 >= here.y0 and box.y0 <= here.y1:
            found[cut.inside(box.grown(_BLEED))] = True
    return found


def _theirs(strange: Dark, cut: Piece, frame: Frame, box: Box, other: Box) -> Dark:
    """Return the ink of another box near by: its frame and inside, and what sticks out of it on one side."""
    home = cut.inside(box)
    down, across = frame.top - home[0].start, frame.left - home[1].start
    inner, (rows, columns) = cut.inside(other.grown(-_BLEED)), cut.inside(other.grown(_BLEED))
    inside = strange[_shifted(inner[0], down, 0), _shifted(inner[1], across, 0)]
    rows, columns = _shifted(rows, down, 0), _shifted(columns, across, 0)
    margin = round(_BLEED * cut.scale)
    found = _touching(strange, _shifted(rows, 0, margin), _shifted(columns, 0, margin))
    turn = _turn(found, (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    found &= bool(inside.any()) and turn <= _ASIDE
    found[rows, columns] = True
    return found


def _shifted(stretch: slice, by: int, margin: int) -> slice:
    """Return the stretch moved *by* pixels, with *margin* more at both ends."""
    return slice(max(stretch.start + by - margin, 0), max(stretch.stop + by + margin, 0))


def _around(seen: Sighting, cut: Piece, strange: Dark, frame: Frame, label: Box | None) -> Sighting:
    """Return *seen* with what strange ink stands around the box and over its label."""
    margin, side = round(_BLEED * cut.scale), frame.bottom - frame.top
    room = round(_ROOM * side)
    top, left = max(frame.top - room, 0), max(frame.left - room, 0)
    near = strange[top : frame.bottom + room + 1, left : frame.right + room + 1].copy()
    y, x = frame.top - top, frame.left - left
    near[
        max(y - margin, 0) : y + side + margin + 1,
        max(x - margin, 0) : x + frame.right - frame.left + margin + 1,
    ] = False
    near = without_specks(near, 2 * _SPECK * cut.scale)
    wide = frame.right - frame.left
    rows, columns = (
        slice(max(y - 2 * margin, 0), y + side + 2 * margin),
        slice(max(x - 2 * margin, 0), x + wide + 2 * margin),
    )
    touching = _touching(near, rows, columns)
    joined = _touching(grown(near, 3 * margin), rows, columns)  # the blank's own lines cut a stroke
    across = _passes(touching, x, x + wide) or _passes(touching.T, y, y + side)
    over = strange[cut.inside(label.grown(_LABEL))] if label else near[:0]
    return seen._replace(
        outside=float(near.sum()) / max(side * wide, 1),
        turn=_turn(near, x + wide / 2, y + side / 2),
        across=across,
        long=_edged(joined & near, 2 * margin),
        label=_share(without_specks(over, 2 * _SPECK * cut.scale)) if over.size else 0.0,
    )


def _ringed(seal: Dark, frame: Frame) -> float:
    """Return in how many of eight directions coloured ink stands around the box, as a share."""
    room = round(_ROOM * (frame.bottom - frame.top))
    top, left = max(frame.top - room, 0), max(frame.left - room, 0)
    near = seal[top : frame.bottom + room + 1, left : frame.right + room + 1]
    return _turn(near, (frame.left + frame.right) / 2 - left, (frame.top + frame.bottom) / 2 - top)


def _touching(ink: Dark, rows: slice, columns: slice) -> Dark:
    """Return the strokes of *ink* that come into *rows* and *columns*."""
    _, labels = cv2.connectedComponents(ink.astype(np.uint8), connectivity=8)
    return np.asarray(ink & np.isin(labels, np.unique(labels[rows, columns])), dtype=np.bool_)


def _passes(strange: Dark, first: int, last: int) -> bool:
    """Whether ink stands on both sides of the columns *first* to *last*, and on one goes on to the edge."""
    before = np.atleast_1d(strange[:, :first].any(axis=0))
    after = np.atleast_1d(strange[:, last + 1 :].any(axis=0))
    if not (before.any() and after.any()):
        return False
    return bool(before[: 1 + len(before) // 5].any() or after[-1 - len(after) // 5 :].any())


def _edged(ink: Dark, wide: int) -> bool:
    """Whether ink stands at the edge of what is looked at, *wide* pixels of it: the blank may print there."""
    inner = ink[wide:-wide, wide:-wide]
    return int(np.count_nonzero(ink)) > int(np.count_nonzero(inner))


def _turn(strange: Dark, x: float, y: float) -> float:
    """Return in how many of eight directions from the middle of the box strange ink stands, as a share."""
    ys, xs = np.nonzero(strange)
    if not len(ys):
        return 0.0
    turns = np.arctan2(ys - y, xs - x)
    return len(np.unique(np.floor((turns + np.pi) / (np.pi / 4)).clip(0, 7))) / 8
