"""A second look at the boxes of a scanned form, box by box.

Read as a whole page, the cells of a comb and the frames around a box are taken for letters. Here the
inside of every box that holds ink is cut out, the boxes are set one below the other on a clean sheet,
and the engine reads that sheet once. It is the same engine, so it never proves its own first reading:
what both say keeps its certainty, what they say differently loses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from extractors.forms.ink.drawn import INSET, share
from extractors.forms.register import key
from extractors.forms.spot import Spot
from extractors.lines import Box, Word, around
from extractors.page import Picture
from extractors.reading.words import pieces as pieced
from extractors.reading.words.ocr import CEILING

Grey = npt.NDArray[np.uint8]
_INKED = 0.008
"""Dark share, beyond the blank's own, from which a box is worth a look."""
_BARE = 0.004
"""The same below which a box is bare, and what was read there is its frame."""
_ALONE = 0.8
"""Certainty at most of what only the second look read."""
_DIFFER = 0.5
"""Certainty at most of what both looks read otherwise."""
_SECONDS = 12
"""Wall time for the one sheet of all boxes."""
_DARK = 150
"""Grey below which a pixel of a cell is ink."""


def reread(spots: Sequence[Spot]) -> list[Spot]:
    """Return *spots* of one scanned page with the words of the boxes to write in read again."""
    picture = spots[0].page.picture() if spots else None
    if picture is None:
        return list(spots)
    pieces = {at: _inside(picture, spot) for at, spot in enumerate(spots) if _worth(picture, spot)}
    pieces = {at: piece for at, piece in pieces.items() if piece.size}
    told = pieced.read(pieces, picture.scale, _SECONDS) or {}
    clean = [spot if at in pieces else _without_ghosts(picture, spot) for at, spot in enumerate(spots)]
    return [_merged(spot, told.get(at, [])) for at, spot in enumerate(clean)]


def _without_ghosts(picture: Picture, spot: Spot) -> Spot:
    """Return an inkless box without the words that the engine made of its frame."""
    if spot.kind not in {"text", "comb"} or spot.ink is None:
        return spot
    return replace(spot, words=()) if share(picture, spot.box.grown(-INSET)) - spot.ink < _BARE else spot


def _worth(picture: Picture, spot: Spot) -> bool:
    """Whether the spot is to write in, of a known edition, and holds ink."""
    if spot.kind not in {"text", "comb"} or spot.ink is None or (spot.widget and spot.widget.value):
        return False
    return share(picture, spot.box.grown(-INSET)) - spot.ink > _INKED


def _inside(picture: Picture, spot: Spot) -> Grey:
    """Return the pixels inside the spot, of a comb only its cells that hold ink, closed up."""
    if spot.cells < 2:
        return picture.cut(spot.box.grown(-2 * INSET))
    wide = spot.box.width / spot.cells
    cells = [
        picture.cut(Box(x + 0.14 * wide, spot.box.y0 + INSET, x + 0.86 * wide, spot.box.y1 - INSET))
        for x in (spot.box.x0 + wide * n for n in range(spot.cells))
    ]
    inked = [_tight(cell) for cell in cells if cell.size and (cell < _DARK).mean() > 0.02]
    low = min((cell.shape[0] for cell in inked), default=0)
    return np.hstack([cell[:low] for cell in inked]) if inked else np.zeros((0, 0), dtype=np.uint8)


def _tight(cell: Grey) -> Grey:
    """Return one cell with only a little white left and right of its letter."""
    dark = np.flatnonzero((cell < _DARK).any(axis=0))
    first, last = int(dark[0]), int(dark[-1]) + 1
    return np.pad(cell[:, first:last], ((0, 0), (5, 5)), constant_values=255)


def _merged(spot: Spot, told: Sequence[tuple[str, float]]) -> Spot:
    """Return the spot with its second reading, less certain where the first differs."""
    if not told:
        return spot
    comb = spot.cells > 1
    text = "".join(text for text, _ in told) if comb else " ".join(text for text, _ in told)
    second = min([CEILING, *(sure * sure for _, sure in told)])
    first = min((word.confidence for word in spot.words), default=0.0)
    box = around(word.box for word in spot.words) if spot.words else spot.box
    if key("".join(word.text for word in spot.words)) == key(text):
        return replace(spot, words=(Word(text, box, max(first, second)),))
    if comb or not spot.words:
        return replace(spot, words=(Word(text, box, min(second, _ALONE)),))
    if first >= second:
        return replace(
            spot, words=tuple(w._replace(confidence=min(w.confidence, _DIFFER)) for w in spot.words)
        )
    return replace(spot, words=(Word(text, box, min(second, _DIFFER)),))
