"""Cases found by what somebody remembers of them: number, identity, name, office, days, where they stand.

    found(store, Search(text="munoz ang", reach=Reach(), at=now))

Each word typed is the beginning of a word of the applicant's names or numbers; all of them must be there, in
any order. The newest come first. What is typed is a person's: it stays out of addresses and logs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store import Store
from pipeline.store.schema import BLOCKED, cases
from pipeline.trays.listed import PAGE, Line, lines, rows_at
from pipeline.trays.tables import standings, words
from pipeline.trays.wanted import Reach
from pipeline.trays.words import searched

_LAST = "\U0010ffff"
"""After whatever follows the beginning of a word."""
_MANY = 2000
SHORTEST = 2
"""Letters of the longest word typed below which nobody is searched for: half the record would be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched. `since` and `until` are days of reception; `text` is a name or a number, or empty."""

    reach: Reach
    at: dt.datetime
    text: str = ""
    office: str | None = None
    procedure: str | None = None
    queue: str | None = None
    stage: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class Found(NamedTuple):
    """A page of what was found, the newest first; `after` is the entry after which there is more."""

    lines: tuple[Line, ...]
    after: int | None = None


def numbered(store: Store, text: str) -> str | None:
    """Return the number of the case that *text* names exactly, None where it names none."""
    number = text.strip().upper()
    query = sa.select(cases.c.number).where(cases.c.number == number, cases.c.stage != BLOCKED)
    with store.read() as connection:
        return connection.execute(query).scalar_one_or_none()


def found(store: Store, search: Search, after: int | None = None) -> Found:
    """Return the cases that meet all that is asked, those before the entry *after*."""
    query = rows_at(search.at).where(*search.reach.limits(), *_chosen(search))
    query = query if after is None else query.where(standings.c.entry < after)
    with store.read() as connection:
        query = query.where(*_worded(connection, search.text))
        rows = connection.execute(query.order_by(standings.c.entry.desc()).limit(PAGE + 1)).all()
        shown = lines(connection, rows[:PAGE])
    return Found(shown, shown[-1].key.entry if len(rows) > PAGE else None)


def too_short(text: str) -> bool:
    """Whether what was typed says too little to look for."""
    typed = searched(text)
    return bool(text.strip()) and max((len(word) for word in typed), default=0) < SHORTEST


def _chosen(search: Search) -> list[sa.ColumnElement[bool]]:
    """Return what the columns must be."""
    columns = standings.c
    same: tuple[tuple[sa.Column[Any], str | None], ...] = (
        (columns.office, search.office),
        (columns.procedure, search.procedure),
        (columns.queue, search.queue),
        (columns.stage, search.stage),
    )
    told = [column == value for column, value in same if value is not None]
    told += [] if search.since is None else [columns.received_on >= search.since]
    return told + ([] if search.until is None else [columns.received_on <= search.until])


def _worded(connection: Connection, text: str) -> list[sa.ColumnElement[bool]]:
    """Return that each word begins one of the case's, the longest first: it leaves the fewest."""
    typed = sorted(searched(text), key=len, reverse=True)
    if not typed:
        # signs alone are no word of anybody's
        return [sa.false()] if text.strip() else []
    first, *others = typed
    if not others and _common(connection, first):
        # so many have it that a page is full long before all of them are looked up
        return [sa.exists().where(words.c.case_id == standings.c.case_id, *_begins(words, first))]
    lead = sa.select(words.c.case_id).where(*_begins(words, first))
    for word in others:
        same = words.alias()
        lead = lead.where(sa.exists().where(same.c.case_id == words.c.case_id, *_begins(same, word)))
    return [standings.c.case_id.in_(lead)]


def _common(connection: Connection, word: str) -> bool:
    """Whether more cases than `_MANY` have a word that begins so."""
    some = sa.select(words.c.entry).where(*_begins(words, word)).limit(_MANY).subquery()
    return bool(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one() >= _MANY)


def _begins(table: sa.FromClause, word: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return that a word of the index begins so."""
    return table.c.word >= word, table.c.word < word + _LAST
