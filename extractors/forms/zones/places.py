"""One place in which something is written, and how sure it can be by its ink and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.forms.overwriting import overtyped, overwritten
from extractors.forms.template import Zone
from extractors.forms.zones import combs
from extractors.forms.zones.cleaning import Written
from extractors.forms.zones.handwriting import Make
from extractors.forms.zones.manner import manner
from extractors.forms.zones.twice import Twice
from extractors.reading.raster import Grey

_OF_FIGURES = frozenset({"code", "number", "date", "amount"})
"""Sorts of values in which one figure typed over another is another value."""
_STREAKED = 0.85
"""Certainty at most of what a streak or a pen goes down through and both read the same at once: it may
cover a 1, or void it all."""
_PARTED = 0.89
"""Certainty at most of what has other ink in its place, far behind it and most likely a seal's or a hair."""
_STACKED = 0.85
"""Certainty at most of what stands on two lines: two values, of which one may correct the other."""
DOUBTFUL = 0.5
"""Certainty at most of what runs on beyond its place, is of two inks, has a figure touched up, or lies under
a stroke, or under a streak and is not read by both at once."""


class Place(NamedTuple):
    """One place in which something is written: the zone, its ink, what was seen, how it is made, its lines.

    `lines` are those that were looked at, of one height of letters.
    """

    zone: Zone
    found: Written
    seen: Twice
    make: Make
    lines: Sequence[Grey] = ()


def most(place: Place, *, odd: bool) -> float:
    """Return the certainty at most of what stands in a place, by the ink around it and its own look."""
    seen, found = place.seen, place.found
    touched = found.mixed or found.altered or overwritten(found, seen.text)
    if odd or found.odd or touched or combs.GAP in seen.text:
        return DOUBTFUL
    if manner(place.zone).sort in _OF_FIGURES and overtyped(found, seen.text):
        return DOUBTFUL
    if found.streaked:
        return _STREAKED if seen.agreed else DOUBTFUL
    if found.stacked:
        return _STACKED
    return _PARTED if found.parted else 1.0
