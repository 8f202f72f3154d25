"""A floor or a door with its small raised sign, `3º` or `2ª`: the figure is read alone, and so is the sign.

Set side by side both recognisers take the sign for a figure; apart, all of 17 such figures were read right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from extractors.certainty import Signals
from extractors.forms.zones.looks import Said, by_engine, by_recogniser
from extractors.forms.zones.manner import FIGURES, Manner
from extractors.reading.raster import Grey
from extractors.reading.words.ordinals import parted, stands_level
from extractors.reading.words.recogniser import trimmed

_FIGURES = Manner("number", FIGURES)
_SIGN = Manner("code", "ao")
_ONE = re.compile(r"\d{1,2}\s?(?P<sign>[ºoO0]|[ªa])")
"""What the recogniser sees of such a value as a whole: a longer one is another."""
_BROAD = 0.85
"""Breadth of a figure alone, in its height, from which it is none: of 140 right ones two had more than 0.76,
one with a speck beside it, and every figure with its sign was."""
_DARK, _WORN = 160, 200
"""Grey below which a pixel is ink, and may be what is left of a worn sign."""
_MARGIN = 12
"""White pixels around each part: the engine loses signs at an edge."""
_LARGER = 1.8
"""Size to which the sign is brought: the height of a letter."""


def ordinal(lines: Sequence[Grey], whole: Said) -> tuple[str, Signals] | None:
    """Return a figure with its raised sign, and the signals of both; None where they are not seen clearly.

    *whole* is what the recogniser sees without parting them: it must tell the sign that the engine tells.
    """
    told = _ONE.fullmatch(whole.text)
    halves = parted(trimmed(lines[0])) if told and len(lines) == 1 else None
    if told is None or halves is None:
        return None
    figure, sign = (np.pad(half, _MARGIN, constant_values=255) for half in halves)
    first, second = by_engine([figure], _FIGURES), by_recogniser([figure], _FIGURES)
    large = cv2.resize(sign, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    female = by_engine([np.asarray(large, np.uint8)], _SIGN).text == "a"
    if first.text != second.text or not first.text or female != (told["sign"] in "ªa"):
        return None
    return first.text + ("ª" if female else "º"), Signals(first.sure, "often", "none", second.sure)


def level(lines: Sequence[Grey], text: str) -> bool:
    """Whether the figures of *text*, on its one line, stand on one foot and are of one height."""
    return text.isdigit() and len(lines) == 1 and stands_level(trimmed(lines[0]), len(text))


def lowered(lines: Sequence[Grey], text: str) -> bool:
    """Whether *text* ends in a raised sign that, as its line shows, stands as high and low as figures."""
    raised = re.fullmatch(r"\d{1,2}[ºª]", text)
    return bool(raised) and len(lines) == 1 and stands_level(trimmed(lines[0]), len(text))


def broad(lines: Sequence[Grey], text: str) -> bool:
    """Whether *text*, one figure, is too broad for one: it may hold a raised sign that neither saw."""
    if len(lines) != 1 or len(text) != 1 or not text.isdigit():
        return False
    rows, columns = np.nonzero(lines[0] < _DARK)
    _, reach = np.nonzero(lines[0] < _WORN)
    return bool(columns.size and np.ptp(reach) + 1 >= _BROAD * (np.ptp(rows) + 1))
