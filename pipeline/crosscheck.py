"""The grid of cross-checks as JSON (key `crosscheck` of a case) and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.crosscheck import Cell, Grid, Row

VERDICTS = {
    "agree": "coincide",
    "explained": "difieren, se explica",
    "contradiction": "se contradicen",
    "not_comparable": "sin nada con que comparar",
}
FACTS = {
    "name": "nombre",
    "id_number": "número de identidad",
    "birth_date": "fecha de nacimiento",
    "nationality": "nacionalidad",
    "address": "domicilio",
    "account": "cuenta",
}
_PEOPLE = {
    "applicant": "solicitante",
    "representative": "representante",
    "account_holder": "titular de la cuenta",
}
PAPERS = {
    "form": "solicitud",
    "identity": "documento de identidad",
    "certificate": "certificado de empadronamiento",
    "volante": "volante de empadronamiento",
    "declaration": "declaración",
    "representation": "representación",
    "permit": "autorización de residencia",
    "non_export": "certificado de no exportación",
    "family": "documento de familia",
    "mandate": "documento bancario",
    "register": "consulta al padrón",
}


def grid_report(grid: Grid) -> list[dict[str, Any]]:
    """Return the rows; a cell's `verdict` is against the first cell of its row."""
    return [
        {
            "person": row.about,
            "fact": row.fact,
            "verdict": row.verdict,
            "tolerated": row.tolerated,
            "differences": [
                {"kind": one.kind, "tolerated": one.tolerated, "reason": one.text._asdict()}
                for one in row.differences
            ],
            "cells": [_cell(cell) for cell in row.cells],
        }
        for row in grid.rows
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    """Return what one paper says."""
    return {
        "document": cell.paper,
        "kind": cell.kind,
        "value": cell.value,
        "confidence": round(cell.confidence, 3),
        "verdict": cell.compared.verdict,
        "differences": [one.kind for one in cell.compared.differences],
        "evidence": [place._asdict() for place in cell.evidence],
    }


def grid_lines(grid: Grid) -> Iterator[str]:
    """Yield the rows as a person reads them, each paper on a line below its fact."""
    for row in grid.rows:
        yield f"{_person(row)}, {FACTS[row.fact]}: {VERDICTS[row.verdict]}"
        for cell in row.cells:
            why = "; ".join(one.text.es for one in cell.compared.differences)
            yield f"    {cell.paper} {PAPERS[cell.kind]}: {cell.value} ({cell.confidence:.0%})" + (
                f" - {why}" if why else ""
            )


def _person(row: Row) -> str:
    """Return whom a row is about."""
    kind, _, number = row.about.partition("-")
    return _PEOPLE.get(row.about) or (f"beneficiario {number}" if kind == "beneficiary" else row.about)
