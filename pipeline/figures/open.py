"""What lies open now: how many cases, since when the oldest; by tray, by who is next, by office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.asked import Asked
from pipeline.figures.sides import SIDES, side
from pipeline.figures.tables import day_counts
from pipeline.figures.told import LIES, NO_DAY


class Lying(NamedTuple):
    """The cases of a tray, a side or an office: how many, and the day on which the oldest came."""

    name: str
    cases: int
    oldest: dt.date


class Laid(NamedTuple):
    """The open cases of one tray of one office."""

    tray: str
    office: str
    cases: int
    oldest: dt.date


def laid(connection: Connection, asked: Asked) -> list[Laid]:
    """Return what lies in each tray of each office."""
    columns = day_counts.c
    told = (sa.func.sum(columns.number), sa.func.min(columns.day, type_=sa.Date()))
    query = sa.select(columns.name, columns.office, *told).where(columns.what == LIES, *asked.where())
    rows = connection.execute(query.group_by(columns.name, columns.office))
    return [Laid(tray, office, int(number), oldest) for tray, office, number, oldest in rows]


def without_day(connection: Connection, asked: Asked) -> int:
    """Return how many open cases have no last day."""
    total = sa.func.coalesce(sa.func.sum(day_counts.c.number), 0)
    query = sa.select(total).where(day_counts.c.what == NO_DAY, *asked.where())
    return int(connection.execute(query).scalar_one())


def by_tray(found: Iterable[Laid]) -> tuple[Lying, ...]:
    """Return what lies in each tray, the most first."""
    return tuple(sorted(_by(found, lambda one: one.tray), key=lambda one: (-one.cases, one.name)))


def by_side(found: Iterable[Laid]) -> tuple[Lying, ...]:
    """Return what each side has to see to, in the order of `SIDES`."""
    return tuple(sorted(_by(found, lambda one: side(one.tray)), key=lambda one: SIDES.index(one.name)))


def by_office(found: Iterable[Laid]) -> Mapping[str, Lying]:
    """Return what lies open of each office."""
    return {one.name: one for one in _by(found, lambda one: one.office)}


def _by(found: Iterable[Laid], named: Callable[[Laid], str]) -> list[Lying]:
    """Return what lies, put together by a name."""
    together: dict[str, Lying] = {}
    for one in found:
        name = named(one)
        known = together.get(name, Lying(name, 0, one.oldest))
        together[name] = Lying(name, known.cases + one.cases, min(known.oldest, one.oldest))
    return list(together.values())
