"""Pieces of a page set one below the other on a clean sheet, which the OCR engine reads once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from extractors.reading.raster import Grey
from extractors.reading.words.engine import Ask, Seen, engine

Told = dict[int, list[tuple[str, float]]]
"""The words of each piece, by its key, with the engine's own certainty, 0 to 1."""
_MARGIN = 36
"""White pixels between two pieces on the sheet."""


class _Cut(NamedTuple):
    """The key of one piece and where it stands on the sheet."""

    at: int
    top: int
    bottom: int


def read(pieces: Mapping[int, Grey], scale: float, seconds: float) -> Told | None:
    """Return the words of *pieces*.

    None where the engine fails or takes more than *seconds*; *scale* is pixels per point.

    Raises:
        Missing: The OCR program or its data are not installed.
    """
    if not pieces:
        return {}
    sheet, cuts = _sheet(pieces)
    seen = engine().words(sheet, round(scale * 72), Ask("block"), seconds)
    return None if seen is None else _assigned(seen, cuts)


def _sheet(pieces: Mapping[int, Grey]) -> tuple[Grey, list[_Cut]]:
    """Set the pieces one below the other on white."""
    wide = max(piece.shape[1] for piece in pieces.values()) + 2 * _MARGIN
    high = sum(piece.shape[0] + _MARGIN for piece in pieces.values()) + _MARGIN
    sheet = np.full((high, wide), 255, dtype=np.uint8)
    cuts, top = [], _MARGIN
    for at, piece in pieces.items():
        bottom = top + piece.shape[0]
        sheet[top:bottom, _MARGIN : _MARGIN + piece.shape[1]] = piece
        cuts.append(_Cut(at, top, bottom))
        top = bottom + _MARGIN
    return sheet, cuts


def _assigned(seen: Iterable[Seen], cuts: Sequence[_Cut]) -> Told:
    """Return the words of each piece with the engine's own certainty."""
    told: Told = defaultdict(list)
    for one in seen:
        middle = one.top + one.height / 2
        home = next((cut.at for cut in cuts if cut.top - 4 <= middle <= cut.bottom + 4), None)
        if home is not None:
            told[home].append((one.text, one.sure))
    return told
