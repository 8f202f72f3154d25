"""A scan of a known form, laid on its blank: which sheet it is, and what stands in each of its places.

A page with a `Laid` has the size and the coordinates of its blank: its picture is the scan drawn straight on
it, its words are those that the blank prints and those read in the places and between them, and
`Page.as_filed` leads back to the scan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extractors.document import Reading
from extractors.forms.template import Sheet
from extractors.forms.zones.streaks import Streak
from extractors.lines import Box
from extractors.reading.raster import Grey

Value = tuple[Grey, npt.NDArray[np.bool_], str, bool]
"""What is written in a place: its pixels and its ink, what was read, whether others are compared with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was read in one place to write in. `text` is empty where it is empty or nobody could read it.

    `certainty` is the probability that `text` is right (for an empty text: that nothing is written);
    `readings` are kept where readers differ; `hand` that it is, or may be, written by hand.
    """

    text: str
    certainty: float
    box: Box
    readings: tuple[Reading, ...] = ()
    hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """`share` of the blank's own print was found in place; `entries` by the number of the zone in the sheet.

    `seen` says by the same number how sure anything can be that is said of the place: 0.5 or less where
    it is hidden, torn off or not on the picture. `streaks` are lines that a scanner drew down the page, in
    pixels of its picture. Of a page in black and white alone `figures` are what is written in its places, to
    be compared with, `agreed` those that both readers are sure of, and `waiting` the entries as they are if
    figures of another page vouch for them. `printed` says whether the letters written on the page stand as a
    machine's do, None where they are too few to tell.
    """

    sheet: Sheet
    share: float
    entries: Mapping[int, Entry] = field(default_factory=dict)
    seen: Mapping[int, float] = field(default_factory=dict)
    streaks: tuple[Streak, ...] = ()
    figures: Mapping[int, Value] = field(default_factory=dict)
    agreed: frozenset[int] = frozenset()
    waiting: Mapping[int, Entry] = field(default_factory=dict)
    printed: bool | None = None
