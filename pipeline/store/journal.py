"""The journal as the rest of the program asks for it."""

from __future__ import annotations

from pipeline.journal.entry import enter
from pipeline.journal.kept import local, offset_minutes
from pipeline.journal.records import Drop, Entered, Kind, Part
from pipeline.journal.rows import (
    leftover,
    mark_cleared,
    mark_placed,
    of_case,
    parts,
    uncleared,
    unplaced,
    unpublished_duplicates,
)

__all__ = [
    "Drop",
    "Entered",
    "Kind",
    "Part",
    "enter",
    "leftover",
    "local",
    "mark_cleared",
    "mark_placed",
    "of_case",
    "offset_minutes",
    "parts",
    "uncleared",
    "unplaced",
    "unpublished_duplicates",
]
