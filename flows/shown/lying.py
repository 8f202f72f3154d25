"""Where cases lie: by office and queue with the oldest, what is stuck, and how far reading has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flows.shown.table import Table, link, plain
from flows.shown.words import SIDES, day, named, place_of
from pipeline.figures.board import Board
from pipeline.figures.open import Laid, Lying
from pipeline.trays import kinds
from pipeline.waiting import sentence

_ALL = "todas"
_UNSAID = {
    "hold": "Fallaron demasiadas veces",
    "accepted": "Llevan más de una hora sin que nadie los lea",
    "waiting": "Esperan",
}
"""What is said of cases for which no reason is kept, by their stage."""


def queues(found: Iterable[Laid], today: dt.date, board: str) -> Table:
    """Return the table of what lies open by office and queue, and of all offices together."""
    lying: dict[tuple[str, str], Lying] = {}
    for one in found:
        for office in (one.office, _ALL):
            key = (office, place_of(one.tray))
            known = lying.get(key, Lying(key[1], 0, one.oldest))
            lying[key] = Lying(key[1], known.cases + one.cases, min(known.oldest, one.oldest))
    order = list(kinds.queue_trays())
    ranked = sorted(lying, key=lambda key: (key[0] == _ALL, key[0], _rank(order, key[1]), key[1]))
    return Table(
        key="colas",
        title="Casos en cada cola",
        told="Los que están abiertos ahora, por oficina, y desde cuándo espera el más antiguo.",
        columns=("oficina", "cola", "casos", "el más antiguo", "días"),
        rows=[
            (plain(office), named(place), lie.cases, day(lie.oldest), (today - lie.oldest).days)
            for (office, place) in ranked
            for lie in (lying[office, place],)
        ],
        empty="No hay casos abiertos.",
        board=board,
    )


def _rank(order: list[str], place: str) -> int:
    """Return where a place stands in the order of the queues; what is no queue comes after them."""
    return next((n for n, tray in enumerate(order) if place_of(tray) == place), len(order))


def stuck(told: Board, desk: str, board: str, zone: dt.tzinfo) -> Table:
    """Return the table of what does not go on by itself, and of what waits for somebody elsewhere."""
    found = told.stuck
    halted = [
        ("", "", sentence(one.why) or _UNSAID[one.stage], one.cases, _day(one.since, zone))
        for one in found.every
    ]
    failed = [("", "", "Fallaron y se vuelven a intentar solos", found.failed, "")] if found.failed else []
    aside = [
        (
            link(one.number, f"{desk}/expedientes/{one.number}"),
            plain(one.office),
            named(one.tray),
            1,
            _day(one.since, zone),
        )
        for one in found.aside
    ]
    return Table(
        key="parados",
        title="Casos parados",
        told="Lo que no sigue, por qué y desde cuándo: cuántos por cada motivo, debajo los más antiguos.",
        columns=("expediente", "oficina", "por qué", "casos", "desde"),
        rows=[*halted, *failed, *aside],
        empty="No hay casos parados.",
        board=board,
    )


def _day(since: dt.date, zone: dt.tzinfo) -> str:
    """Return the day of a moment by the office's clock."""
    return day(since.astimezone(zone).date() if isinstance(since, dt.datetime) else since)


def waits(told: Board, today: dt.date, board: str) -> Table:
    """Return the table of who has to do the next thing."""
    return Table(
        key="esperas",
        title="Quién espera a quién",
        told="De quién es el siguiente paso de cada caso abierto.",
        columns=("el siguiente paso", "casos", "el más antiguo", "días"),
        rows=[(SIDES[one.name], one.cases, day(one.oldest), (today - one.oldest).days) for one in told.sides],
        empty="No hay casos abiertos.",
        board=board,
    )


def progress(told: Board) -> float:
    """Return how many in a hundred of this week's cases have been read."""
    reading = sum(one.cases for one in told.lying if one.name == kinds.READING)
    whole = max(told.received.now, reading)
    return 100.0 if not whole else round(100.0 * (whole - reading) / whole, 1)
