"""What lies further off a box that seems ticked: a stamp's letters, or a line that goes on, end in a box too.

A pen's tick is all there is beside a box: what stands further off is the blank's, or stands in a place to
write in. Of 366 ticks of both families on all kinds of damage 355 had nothing there, or nearly; seals lay
over the others. Of 51 words of drawn black stamps that ended in a box like a tick 41 had more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extractors.forms.ink.bare import Bare, bare
from extractors.forms.ink.framing import framed
from extractors.forms.ink.strokes import Dark, dark, dyed, grown, unsealed, without_specks, without_streaks
from extractors.forms.zones.streaks import Streak
from extractors.lines import Box, around
from extractors.page import Picture

_FAR = (36.0, 14.0)
"""Points to both sides, and up and down, that are looked at: a line of a stamp with some of its letters."""
_OWN = 7.0
"""Points around a box in which its own tick may run."""
_PLACE = 3.0
"""Points around a place to write in that its letters run over."""
_BLEED = 1.2
"""Points around the blank's own ink in which ink is its own, as around the box itself."""
_MEANT = 2.3
"""Sides of a box around an empty one in which a tick that missed it stands."""
_OVER = 3.0
"""Points around a label in which a tick set over it runs."""
_SPECK = 2.0
"""Points: ink that reaches less far any way is dust, or a fax's noise."""


class Known(NamedTuple):
    """What else may have ink on a page: streaks, and what its sheet has to fill in.

    `streaks` are in pixels of its picture; `places` are those to write in, `ticks` the boxes.
    """

    streaks: tuple[Streak, ...] = ()
    places: Sequence[Box] = ()
    ticks: Sequence[Box] = ()


def beyond(picture: Picture, box: Box, blank: Bare, known: Known) -> float:
    """Return the strange ink further off *box*, in areas of the box: what is none of what is *known*.

    Coloured ink counts however pale it is: of a worn seal the darkest piece may be the one in the box.
    """
    far = Box(box.x0 - _FAR[0], box.y0 - _FAR[1], box.x1 + _FAR[0], box.y1 + _FAR[1])
    return _strange(picture, far, box, blank, known._replace(ticks=(*known.ticks, box)), dye=True)


def beside(picture: Picture, box: Box, blank: Bare, known: Known, label: Box | None) -> float:
    """Return the strange ink that may be meant for an empty *box*, in areas of it: near it, over its *label*.

    A tick that missed its box stands less than two of its sides off, as nothing else does by chance.
    """
    near = box.grown(_MEANT * min(box.width, box.height))
    far = around([near, label.grown(_OVER)]) if label else near
    return _strange(picture, far, box, blank, known, dye=False)


def _strange(picture: Picture, far: Box, box: Box, blank: Bare, known: Known, *, dye: bool) -> float:
    """Return the strange ink within *far*, in areas of *box*; with *dye* coloured ink however pale it is."""
    cut, _ = unsealed(picture, far)
    if min(cut.grey.shape) < 3 * cut.scale:
        return 0.0
    ink = without_streaks(dark(cut.grey, cut.scale), cut, known.streaks)
    frame = framed(cut, ink, box)
    printed = grown(bare(cut, frame, blank, box), _BLEED * cut.scale)
    if dye:
        ink = ink | dyed(picture, cut)
    strange = ink & ~_rim(ink, _BLEED * cut.scale) & ~printed
    for others, room in ((known.places, _PLACE), (known.ticks, _OWN)):
        for other in others:
            strange[cut.inside(other.grown(room))] = False
    strange = without_specks(strange, _SPECK * cut.scale)
    return float(strange.sum()) / max(box.width * box.height * cut.scale**2, 1.0)


def _rim(ink: Dark, wide: float) -> Dark:
    """Return the edge of a piece, where print that begins outside it can be some pixels off."""
    rim, inner = np.ones_like(ink), slice(round(wide), -round(wide) or None)
    rim[inner, inner] = False
    return rim
