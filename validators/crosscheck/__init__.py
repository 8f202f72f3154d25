"""The same facts across the papers of a case: who agrees, which differences are explained, what contradicts.

    grid = crosscheck(application)
    for row in grid.rows: row.about, row.fact, row.verdict, [cell.value for cell in row.cells]

Rows are facts, cells are papers. The rules on who is who (CE-ID-12, CE-RES-15) stand on the same columns
and comparisons. Source: docs/law.md CE-ID-12, CE-RES-15; Ley 39/2015 art. 9.1.
"""

from __future__ import annotations

from validators.crosscheck.columns import Column, columns
from validators.crosscheck.difference import Compared, Difference, Verdict
from validators.crosscheck.grid import Cell, Grid, Row, crosscheck, explained, row

__all__ = [
    "Cell",
    "Column",
    "Compared",
    "Difference",
    "Grid",
    "Row",
    "Verdict",
    "columns",
    "crosscheck",
    "explained",
    "row",
]
