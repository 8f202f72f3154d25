"""The ink that a blank has around a box to tick, moved as the box's frame stands on a scan."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from extractors.forms.ink.framing import ASTRAY, Frame, framed
from extractors.forms.ink.strokes import Dark, Piece, dark, piece
from extractors.forms.laying.blanks import picture as drawn
from extractors.lines import Box


class Bare(NamedTuple):
    """The empty sheet below a scan: its edition, the number of its page, and pixels per point."""

    edition: str
    number: int
    scale: float


def bare(cut: Piece, frame: Frame, blank: Bare, box: Box) -> Dark:
    """Return the blank's own ink on the place of *cut*, moved as its frame is."""
    rows, columns = cut.grey.shape
    whole = Box(cut.x, cut.y, cut.x + columns / cut.scale, cut.y + rows / cut.scale)
    ink, home = _printed(blank, whole.grown(2 * ASTRAY), box)
    down, across = np.arange(rows) - frame.top + home.top, np.arange(columns) - frame.left + home.left
    moved = ink[np.ix_(down.clip(0, ink.shape[0] - 1), across.clip(0, ink.shape[1] - 1))]
    return np.asarray(moved, dtype=np.bool_)


@lru_cache(maxsize=128)
def _printed(blank: Bare, place: Box, box: Box) -> tuple[Dark, Frame]:
    """Return the ink that a blank has in *place*, and the frame of *box* there; one takes some 50 kB."""
    bare = piece(drawn(*blank), place)
    ink = dark(bare.grey, bare.scale)
    return ink, framed(bare, ink, box)
