"""What a person says of one value of one paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.document import Json
from extractors.lines import Box

CERTAIN = 1.0
"""A person looked at the paper."""
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
"""The place of a value that a person found on the page without showing where."""

Act = Literal["supposed", "corrected", "confirmed", "illegible", "not_applicable", "row_added", "row_removed"]
"""`supposed` is a question (`rules what-if`): nobody looked, and the answer is given as if it were so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is so of a field of document `d<n>`.

    `path` leads into it: for a list of rows the row's key (`0` the first that was read, `+1` the first that
    a person added) and the cell. `read` is the row as the program read it: the word is of that row and of no
    other that a later reading may find in its place. `page` and `box` are where a person showed the value.
    """

    document: str
    field: str
    path: tuple[str, ...] = ()
    value: Json = None
    act: Act = "supposed"
    read: Json = None
    page: int | None = None
    box: Box | None = None
