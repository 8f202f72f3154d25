"""One table of figures, neither CSV nor XLSX yet."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "share", "day"]
Cell = str | int | Fraction | dt.date | None
"""What may stand in a cell; None leaves it empty."""


class Column(NamedTuple):
    """The head of a column, and what stands below it: a `share` is a part of one, shown in hundredths."""

    head: str
    kind: Kind = "text"


class Sheet(NamedTuple):
    """A table: its name in an address, its title, its columns, its rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
