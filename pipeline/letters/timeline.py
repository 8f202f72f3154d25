"""The residence timeline of a case in words, as the desk, the letters and a terminal say it.

Takes the `residence` block of docs/contract as it stands in a stored case, so that nothing is judged anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pipeline.letters.render import day, line
from validators.tables import read

RowKind = Literal["stay", "gap", "overlap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: `until` None is still open; `town` is only of a stay, `days` only of the others."""

    kind: RowKind
    since: dt.date
    until: dt.date | None
    town: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A timeline: its rows by date, the year before the filing day, and the day that completes the year."""

    rows: tuple[Row, ...]
    window: tuple[dt.date, dt.date]
    filed_on: dt.date
    chain_start: dt.date | None
    complete_on: dt.date | None


def line_of(residence: Mapping[str, Any], filed_on: dt.date) -> Line:
    """Return the timeline of a case's `residence` block."""
    first, last = (dt.date.fromisoformat(text) for text in residence["window"])
    return Line(
        rows=tuple(sorted(_rows(residence), key=lambda row: (row.since, row.kind != "stay", row.town))),
        window=(first, last),
        filed_on=filed_on,
        chain_start=_day(residence["chain_start"]),
        complete_on=_day(residence["complete_on"]),
    )


def _rows(residence: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the stays, gaps and overlaps."""
    for period in residence["periods"]:
        town = line(period["municipality"]) or "—"
        yield Row(
            kind="stay",
            since=dt.date.fromisoformat(period["from"]),
            until=_day(period["to"]),
            town=town,
        )
    kinds: tuple[tuple[str, RowKind], ...] = (("gaps", "gap"), ("overlaps", "overlap"))
    for name, kind in kinds:
        for stretch in residence[name]:
            since, until = dt.date.fromisoformat(stretch["from"]), dt.date.fromisoformat(stretch["to"])
            yield Row(kind=kind, since=since, until=until, days=stretch["days"])


def _day(text: str | None) -> dt.date | None:
    """Return an ISO day, or None."""
    return dt.date.fromisoformat(text) if text is not None else None


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the sentences in a *language*.

    Raises:
        KeyError: there is no block for the language in `timeline.yaml`.
    """
    blocks = read(files("pipeline.letters").joinpath("timeline.yaml")).expect("description", "words")
    named = blocks.table("words")
    if language not in named:
        raise KeyError(language)
    block = named.table(language)
    return {name: block.text(name) for name in block}


def said(residence: Mapping[str, Any], filed_on: dt.date, language: str) -> tuple[str, ...]:
    """Return the timeline in sentences: the window, each row, the chain and when the year completes."""
    drawn, say = line_of(residence, filed_on), words(language)
    first, last = drawn.window
    rows = [_sentence(row, say) for row in drawn.rows] or [say["none"]]
    return (say["window"].format(first=day(first), last=day(last)), *rows, *_ending(drawn, say))


def _sentence(row: Row, say: Mapping[str, str]) -> str:
    """Return one row as a sentence."""
    until = day(row.until) if row.until else ""
    if row.kind == "stay":
        text = say["open"] if row.until is None else say["ended"]
        return text.format(town=row.town, since=day(row.since), until=until)
    return say[row.kind].format(days=length(row.days, say), since=day(row.since), until=until)


def length(days: int, say: Mapping[str, str]) -> str:
    """Return a number of days in words."""
    return say["day"] if days == 1 else say["days"].format(n=days)


def _ending(drawn: Line, say: Mapping[str, str]) -> Iterator[str]:
    """Yield where the chain begins and whether its year lies before the filing day (Orden, art. 2.a)."""
    if drawn.chain_start is None or drawn.complete_on is None:
        yield say["broken"]
        return
    yield say["chain"].format(start=day(drawn.chain_start))
    on = drawn.complete_on
    before, same = on < drawn.filed_on, on == drawn.filed_on
    key = "complete" if before else "complete_same" if same else "complete_after"
    yield say[key].format(on=day(on))
