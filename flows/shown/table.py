"""One report as Prefect's pages show it: a heading, a sentence, a table; figures, codes and case numbers.

The page of an artifact shows its description whole and its data one click further on. So the description
is the report, in Markdown, and the data are the same rows for programs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int
MOST_ROWS = 200
"""Rows of a report; who wants more looks at the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns, with what they tell; without rows, `empty` says so.

    Cells may hold Markdown of our own making (`link`): every other text goes through `plain`.
    """

    key: str
    """The artifact's name in addresses: /artifacts/key/colas."""
    title: str
    told: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    empty: str
    board: str = ""
    """The address of the board's page that tells more."""

    def markdown(self) -> str:
        """Return the report as people read it."""
        rows = self.rows[:MOST_ROWS]
        parts = [f"# {self.title}", self.told]
        parts.append("\n".join(self._lines(rows)) if rows else f"**{self.empty}**")
        if len(self.rows) > len(rows):
            parts.append(f"Y {len(self.rows) - len(rows)} filas más.")
        if self.board:
            parts.append(link("Más en la mesa", self.board))
        return "\n\n".join(parts)

    def data(self) -> str:
        """Return the rows for programs, by column."""
        found = [dict(zip(self.columns, row, strict=True)) for row in self.rows[:MOST_ROWS]]
        return json.dumps(found, ensure_ascii=False)

    def _lines(self, rows: Sequence[tuple[Cell, ...]]) -> list[str]:
        """Return the lines of the table; figures stand at the right."""
        ends = ["---:" if isinstance(cell, int) else "---" for cell in rows[0]]
        return [_row(self.columns), _row(ends), *(_row(row) for row in rows)]


def plain(text: str) -> str:
    """Return *text* with nothing in it that Markdown would take for its own."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#|!~" else one for one in " ".join(text.split()))


def link(text: str, address: str) -> str:
    """Return a link to a page of the desk."""
    return f"[{plain(text)}]({address})"


def _row(cells: Sequence[Cell]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"
