"""What somebody asks of the figures: whose, of which procedure, of which days, and as of which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.tables import day_counts

WEEK = 7
_DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """As many days, just before it."""
        return Span(self.first - self.days * _DAY, self.first - _DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`offices` and `procedures` are those that somebody may see, and chose; None is all.

    `span` are the days of what came and went; what lies open is told as of `today`. `queues` are those whose
    cases may be named one by one: figures count every queue, for what came has none yet.
    """

    today: dt.date
    span: Span
    offices: frozenset[str] | None = None
    procedures: frozenset[str] | None = None
    queues: frozenset[str] | None = None

    @classmethod
    def lately(
        cls,
        today: dt.date,
        days: int = WEEK,
        offices: frozenset[str] | None = None,
        procedures: frozenset[str] | None = None,
    ) -> Asked:
        """Return the last *days*, today among them."""
        span = Span(today - (days - 1) * _DAY, today)
        return cls(today=today, span=span, offices=offices, procedures=procedures)

    def where(self) -> list[sa.ColumnElement[bool]]:
        """Return what the rows of `day_counts` must meet, but their days."""
        chosen = ((day_counts.c.office, self.offices), (day_counts.c.procedure, self.procedures))
        return [column.in_(sorted(values)) for column, values in chosen if values is not None]


class Sum(NamedTuple):
    """One sum: `day` and `office` are None where sums were taken over them."""

    what: str
    name: str
    number: int
    day: dt.date | None = None
    office: str | None = None


def sums(
    connection: Connection,
    asked: Asked,
    whats: Iterable[str],
    span: Span | None = None,
    by: Sequence[str] = (),
) -> list[Sum]:
    """Return the sums of *whats* over the days of *span*, None for all days, apart *by* day and by office."""
    columns = day_counts.c
    told = [columns[name] for name in ("what", "name", *by)]
    query = sa.select(*told, sa.func.sum(columns.number).label("number")).group_by(*told)
    query = query.where(columns.what.in_(sorted(whats)), *asked.where())
    if span is not None:
        query = query.where(columns.day.between(*span))
    rows = connection.execute(query)
    return [Sum(what, name, int(n), **dict(zip(by, rest, strict=True))) for what, name, *rest, n in rows]
