"""What expires: the open cases whose last day is near or past, and what will pass its day at today's pace."""

from __future__ import annotations

from collections.abc import Iterable

from flows.shown.table import Cell, Table, link, plain
from flows.shown.words import day, named, place_of
from pipeline.figures.board import Board
from pipeline.figures.soon import Soon


def deadlines(found: Iterable[Soon], desk: str, board: str) -> Table:
    """Return the table of the last days of this week and of those that passed, each with its case."""
    return Table(
        key="plazos",
        title="Plazos de esta semana",
        told="Casos abiertos cuyo último día para resolver pasó o llega en siete días.",
        columns=("expediente", "oficina", "último día", "días hábiles", "dónde está"),
        rows=[
            (
                link(one.number, f"{desk}/expedientes/{one.number}"),
                plain(one.office),
                day(one.day),
                _left(one.left),
                named(place_of(one.tray)),
            )
            for one in found
        ],
        empty="Ningún plazo acaba esta semana.",
        board=board,
    )


def _left(days: int | None) -> str:
    """Say how many working days are left, or since how many the last one passed."""
    if days is None:
        return "sin calendario"
    if days < 0:
        return f"vencido hace {-days}"
    return "hoy es el último" if days == 0 else f"quedan {days}"


def forecast(told: Board, board: str) -> Table:
    """Return the table of the days that cases will pass unanswered if things go on as they go."""
    ahead = told.forecast
    rows: list[tuple[Cell, ...]] = [
        (day(step.day), step.due, step.unanswered) for step in ahead.steps if step.unanswered
    ]
    past = f" Ya vencieron {ahead.late}." if ahead.late else ""
    pace = f"{float(ahead.now):.1f}".replace(".", ",")
    return Table(
        key="prevision",
        title="Plazos que se incumplirán a este paso",
        told=f"Se resuelven {pace} casos por día hábil; harían falta {ahead.enough}.{past}",
        columns=("último día", "casos con ese plazo", "sin responder ese día"),
        rows=rows,
        empty="A este paso no vence ninguno sin respuesta.",
        board=board,
    )
