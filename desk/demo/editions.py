"""What each widget of the blank forms holds; the same table as fixtures/forms/README.md."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Widget(NamedTuple):
    """One box of a form: `box` in points from the top left, `part` the piece of a date it holds.

    `export` is what each on-state of a tick box stands for, `cells` the number of cells of a comb.
    """

    name: str
    field: str
    kind: str
    page: int
    box: tuple[float, float, float, float]
    part: str = ""
    export: dict[str, str] = {}  # noqa: RUF012  a tuple's default, never changed
    cells: int = 0


@cache
def editions() -> dict[str, tuple[Widget, ...]]:
    """Return the widgets of every edition by its name, in the order of the form."""
    table: dict[str, list[dict[str, Any]]] = json.loads(
        (files(__package__) / "editions.json").read_text("utf-8")
    )
    return {
        name: tuple(Widget(**{**row, "box": tuple(row["box"])}) for row in rows)
        for name, rows in table.items()
    }


@cache
def blank(edition: str) -> bytes:
    """Return the empty form."""
    return (files("extractors.forms") / f"{edition}.pdf").read_bytes()
