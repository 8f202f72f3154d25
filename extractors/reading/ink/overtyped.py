"""Figures that somebody typed over: two lie on one another and have more ink than any one of them can have.

The figures of one face have shares of ink of their own: of 98 faces an 8 never has more than 1.35 of what
figures have on average, a 3 never more than 1.10; two figures on one another have 1.5 as a rule. What the
figures of a line have is measured on the line itself, so that neither size nor weight of the face counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from stdnum.es import dni, nie

from extractors.lines import Line, Word, lines
from extractors.page import Page, Picture

_USUAL = (1.13, 0.73, 0.98, 0.98, 1.01, 1.01, 1.11, 0.75, 1.23, 1.11)
"""Ink of the figures 0 to 9, by that of a figure on average: the median of 98 faces."""
_MOST = (1.40, 1.22, 1.22, 1.22, 1.22, 1.22, 1.30, 1.22, 1.50, 1.30)
"""What no single figure reaches: the most of 98 faces and a tenth more."""
_UNEVEN = 1.2
"""Times the most of a face that a typewriter's figures may have: of 70 values on trial pages one had 1.03."""
_ENOUGH = 4
"""Figures of a line that tell how much ink its figures have."""
_FIGURES = 2
"""Figures from which a word is looked at."""
_MOSTLY = 0.6
"""Share of a word's letters and figures that are figures: "24-feb-2026" has 0.67, a code half."""
_READ = 0.36
"""Certainty below which a word was hardly read, and its signs are not where they seem."""
_COLOURED = 0.02
"""Share of a word's place that is in colour, from which a seal's ink lies on its figures."""
_CONTRAST = 0.25
"""How much darker than its paper ink is, below which nothing is measured."""
_FAINT, _COLUMN, _SIGN = 0.12, 0.6, 2.0
"""Share of black that is paper's own; black pixels of a column, and of a sign, from which it is one."""
_PART = 0.25
"""Share of a sign's breadth around its end in which two that touch are parted."""

_LETTERED = re.compile(r"(?:[XYZ]\d|\d\d)\d{7}", re.IGNORECASE)
"""An identity number that ends in a figure: its ends may be letters, a Z for a 2 and a Q for a 0."""
_CODE = re.compile(r"\d[^\W\d_]+\d")
"""Letters between figures: a day has signs there, and a number its letters at its ends."""
_LETTER, _STROKE = 1.3, 0.3
"""Ink of a capital, and of a sign between figures, by that of a figure on average."""

_Ink = npt.NDArray[np.float64]


class _Figure(NamedTuple):
    """A figure with its `ink` in black pixels; `beside`: usual and own ink of the signs that touch it."""

    figure: int
    ink: float
    beside: tuple[tuple[float, float], ...] = ()

    def of_its_own(self, unit: float) -> float:
        """Return its ink without what the signs that touch it lack, which was cut off with it."""
        return self.ink - sum(max(usual * unit - ink, 0.0) for usual, ink in self.beside)


def overtyped(page: Page) -> bool:
    """Return whether a figure on a scanned *page* has the ink of two; black and white alone do not tell."""
    picture = page.picture()
    return not picture.bilevel and any(_stands_out(line, picture) for line in lines(page.words))


def _stands_out(line: Line, picture: Picture) -> bool:
    """Return whether a figure of *line* has more ink than its others let any figure of the face have."""
    words = [word for word in line.words if _worth(word) and picture.colour(word.box) < _COLOURED]
    found = [pair for word in words for pair in _figures(word, picture)]
    return _heavy(found)


def doubled(text: str, grey: npt.NDArray[np.uint8]) -> bool:
    """Return whether a figure of *text*, which alone stands in *grey* (ink black), has the ink of two.

    What is filled in may have been typed by machines that strike unevenly.
    """
    return _heavy(list(_measured("".join(text.split()), grey)), _UNEVEN)


def _heavy(found: Sequence[_Figure], uneven: float = 1.0) -> bool:
    """Return whether one of some figures, each with its ink, has more than the others let it have."""
    if len(found) < _ENOUGH or len({one.figure for one in found}) == 1:  # a row of rings is no day
        return False
    unit = float(np.median([one.ink / _USUAL[one.figure] for one in found]))
    return any(one.of_its_own(unit) > _MOST[one.figure] * uneven * unit for one in found)


def _worth(word: Word) -> bool:
    """Whether *word* has figures enough; raised signs and accents stand in parts that cannot be told.

    Words that were hardly read are sure of nothing, and what runs down the page or is a code is no day. Of
    identity numbers that were typed over one in 23 has a check letter that holds.
    """
    figures, signs = (sum(map(of, word.text)) for of in (str.isdigit, str.isalnum))
    level = word.box.width > word.box.height or figures == signs == _FIGURES
    return (
        word.text.isascii()
        and figures >= _FIGURES
        and figures > _MOSTLY * signs
        and _CODE.search(word.text) is None
        and not any(number.is_valid(word.text.strip(".,;:()")) for number in (dni, nie))
        and level
        and word.confidence >= _READ
    )


def _figures(word: Word, picture: Picture) -> Iterator[_Figure]:
    """Yield the figures of *word*, each with its ink; none where signs cannot be parted."""
    yield from _measured(word.text, picture.cut(word.box.grown(1.0)))


def _measured(signs: str, grey: npt.NDArray[np.uint8]) -> Iterator[_Figure]:
    """Yield the figures among *signs*, which stand in *grey*, each with its ink."""
    ink = _inked(grey)
    parts = [] if ink is None else _parted(ink, len(signs))
    own = [float(ink[:, part].sum()) for part in parts] if ink is not None else []
    letters = {0, len(signs) - 1} if _LETTERED.fullmatch(signs) else set[int]()
    for at, part in enumerate(parts):
        if signs[at].isdigit() and at not in letters:
            touch = [other for other in (at - 1, at + 1) if other in range(len(parts))]
            touch = [one for one in touch if part.start == parts[one].stop or part.stop == parts[one].start]
            yield _Figure(int(signs[at]), own[at], tuple((_usual(signs[one]), own[one]) for one in touch))


def _usual(sign: str) -> float:
    """Return the ink that a sign has as a rule, by that of a figure on average."""
    if sign.isdigit():
        return _USUAL[int(sign)]
    return _LETTER if sign.isalpha() else _STROKE


def _inked(grey: npt.NDArray[np.uint8]) -> _Ink | None:
    """Return how black each pixel is, 0 to 1 or a little more; None where there is hardly any ink."""
    if not grey.size:
        return None
    paper = np.maximum(np.percentile(grey, 90, axis=0), 1.0)  # a shadow's edge runs through many a photo
    dark = 1.0 - grey / paper
    black = float(np.percentile(dark, 98))
    if black < _CONTRAST:
        return None
    ink = np.clip(dark / black, 0.0, 1.2)
    ink[ink < _FAINT] = 0.0
    return ink


def _parted(ink: _Ink, count: int) -> list[slice]:
    """Return the columns of each of *count* signs; none where they are not that many."""
    columns = ink.sum(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], columns > _COLUMN, [False])).astype(np.int8)))
    runs = [
        (int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if columns[a:b].sum() > _SIGN
    ]
    if not runs or len(runs) > count:
        return []
    pitch = (runs[-1][1] - runs[0][0]) / count
    signs = [part for run in runs for part in _cut(run, columns, pitch, whole=len(runs) == count)]
    return signs if len(signs) == count else []


def _cut(run: tuple[int, int], columns: _Ink, pitch: float, *, whole: bool) -> Iterator[slice]:
    """Yield the signs of a run of ink, cut where it is thinnest near the ends of signs a *pitch* broad."""
    start, end = run
    signs = 1 if whole else max(round((end - start) / pitch), 1)
    cuts = [start]
    for at in range(1, signs):
        middle = start + (end - start) * at / signs
        low = int(middle - _PART * pitch)
        cuts.append(low + int(np.argmin(columns[low : int(middle + _PART * pitch) + 1])))
    yield from (slice(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True))
