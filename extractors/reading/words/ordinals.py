"""The small raised sign of `3º` and `2ª`, which recognisers take for a figure: told by where it stands.

No word tells `3º` from `30`; the sign's foot does, which hangs above the line on which the figures stand.
"""

from __future__ import annotations

import re
from itertools import pairwise

import cv2

from extractors.reading.raster import Grey

_LOW, _HIGH = 0.25, 0.75
"""Height of the sign, in that of the figure before it: from 0.4 to 0.66 in a dozen faces."""
_HANGS = 0.2
"""Height at which its foot hangs over theirs, in that of the figure: 0.3 or more in those faces."""
_EVEN = 0.9
"""Height of the lowest of some figures, in that of the tallest: in those faces 0.93 or more."""
_OFF = 0.05
"""Breadths of a line by which a sign may stand off its place, since letters differ in breadth; a letter's
height at least."""
_DARK = (128, 90)
"""Greys below which ink is looked at: where letters run into each other, their cores do not."""
_SPECK = 4
"""Pixels of a speck."""
_PALE, _GOES_ON = 200, 0.8
"""Grey of the palest ink, and share of the way down to the line on which it is seen below what is no sign but
the top of a worn zero or nine."""
_TAKEN_FOR = re.compile(r"(?<![\w/.,-])(\d{1,2})(?P<sign>[0oO9a])(?![\w/@-]|\.\d{1,2}\.\d)(?!\s*%)")
"""One or two figures before it: a longer number is none of a floor, nor is a day in figures. The rings of a
`%` are raised, too."""


def restored(text: str, line: Grey) -> str:
    """Return *text*, read in *line* (ink black), with the last zero or a that is none written `º` or `ª`.

    The sign must stand about where the text has it: an accent beside an `i` hangs as well. Of 59 faces 58 had
    one in "expedición: 10 de marzo", and the tenth was a first to the reader.
    """
    found = list(_TAKEN_FOR.finditer(text))
    if not found or {"º", "ª"} & set(text):
        return text
    if not _stands_at((found[-1].start("sign") + 0.5) / len(text), line):
        return text
    sign = "ª" if found[-1]["sign"] == "a" else "º"
    return text[: found[-1].end(1)] + sign + text[found[-1].end() :]


def _stands_at(share: float, line: Grey) -> bool:
    """Whether a small raised sign stands at about that *share* of the breadth of what *line* holds."""
    for dark in _DARK:
        parts = _parts(line, dark)
        first = min((left for left, *_ in parts), default=0)
        broad = max((left + wide for left, _, wide, *_ in parts), default=0) - first
        hanging = [
            sign
            for figure, sign in pairwise(parts)
            if _hangs(figure, sign) and not _goes_on(figure, sign, line)
        ]
        middles = [sign[0] + sign[2] / 2 - first for sign in hanging]
        tall = max((high for *_, high, _ in parts), default=0)
        if any(abs(middle - share * broad) <= max(_OFF * broad, tall) for middle in middles):
            return True
    return False


def _goes_on(figure: tuple[int, ...], sign: tuple[int, ...], line: Grey) -> bool:
    """Whether ink goes on from a raised *sign* (left, top, width, height, pixels) down to a figure's foot."""
    left, top, wide, high, _ = sign
    below = line[top + high : figure[1] + figure[3], left : left + wide]
    return bool(below.size) and float((below < _PALE).any(axis=1).mean()) >= _GOES_ON


def parted(line: Grey) -> tuple[Grey, Grey] | None:
    """Return *line* (ink black) up to a figure and from the small raised sign after it; None without one."""
    for dark in _DARK:
        for figure, sign in pairwise(_parts(line, dark)):
            if _hangs(figure, sign):
                cut = max((figure[0] + figure[2] + sign[0]) // 2, 1)
                return line[:, :cut], line[:, cut:]
    return None


def stands_level(line: Grey, signs: int) -> bool:
    """Whether *line* (ink black) is so many *signs* apart from each other, of one height, on one foot."""
    parts = _parts(line, _DARK[0])
    tall = max((high for *_, high, _ in parts), default=0)
    feet = [top + high for _, top, _, high, _ in parts]
    even = all(high >= _EVEN * tall for *_, high, _ in parts)
    return len(parts) == signs and even and max(feet) - min(feet) <= (1 - _EVEN) * tall


def _parts(line: Grey, dark: int) -> list[tuple[int, ...]]:
    """Return what is darker than *dark* and hangs together, from left to right."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((line < dark).astype("uint8"), connectivity=8)
    return sorted(tuple(int(v) for v in stats[at]) for at in range(1, count) if stats[at][4] > _SPECK)


def _hangs(figure: tuple[int, ...], sign: tuple[int, ...]) -> bool:
    """Whether the second of two parts (left, top, width, height, pixels) is small, round and raised."""
    left, top, wide, high, _ = sign
    x, y, across, tall, _ = figure
    small = _LOW * tall < high < _HIGH * tall and wide > 0.4 * high
    return small and left >= x + across / 2 and y + tall - (top + high) > _HANGS * tall
