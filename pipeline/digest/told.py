"""What the mail tells, as tables of words: what is due first, then what changed. Nobody's data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.digest.words import Words, day
from pipeline.figures.board import Board
from pipeline.figures.compare import Pair, Share
from pipeline.figures.due import FORTNIGHT, LATE, TODAY, WEEK
from pipeline.figures.forecast import Forecast

SOON = (TODAY, WEEK, FORTNIGHT)
"""Due within ten working days."""


class Part(NamedTuple):
    """One part of the mail: its title, a sentence, and a table whose first column names and others count."""

    title: str
    note: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Mail(NamedTuple):
    """A whole mail, not yet written in any form."""

    subject: str
    title: str
    about: str
    parts: tuple[Part, ...]
    board: str
    link: str
    """The address that `board` names."""
    why: str


def mail(board: Board, say: Words, at: dt.datetime, until: dt.date, link: str) -> Mail:
    """Return the mail of a *board* at a moment; *until* is the tenth working day from it."""
    soon = sum(board.due[name] for name in SOON)
    offices = ", ".join(sorted(board.asked.offices)) if board.asked.offices else say("all")
    subject = say(
        "subject",
        day=day(at.date()),
        late=say.whole(board.due[LATE]),
        soon=say.whole(soon),
        received=say.whole(board.received.now),
    )
    about = say("about", at=f"{at:%H:%M}", day=day(at.date()), offices=offices)
    parts = (_due(board, say, until), _changed(board, say), _open(board, say), _offices(board, say))
    return Mail(subject, say("title"), about, parts, say("board", link=link), link, say("why"))


def _due(board: Board, say: Words, until: dt.date) -> Part:
    """Tell how many have how much time, and what will pass its day."""
    names = ((name, say(f"left_{name.replace('-', '_').replace('+', '_more')}")) for name in board.due)
    rows = tuple((told, say.whole(board.due[name])) for name, told in names)
    return Part(say("due"), _ahead(board.forecast, say, until), (say("left"), say("cases")), rows)


def _ahead(forecast: Forecast, say: Words, until: dt.date) -> str:
    """Tell what will pass its day by the tenth working day."""
    passing = [step for step in forecast.steps if step.unanswered and step.day <= until]
    pace = say.part(forecast.now)
    if not passing:
        return say("due_well", now=pace)
    breaches = say.whole(sum(step.unanswered for step in passing))
    told = {"first": day(passing[0].day), "enough": say.whole(forecast.enough)}
    return say("due_breaches", now=pace, breaches=breaches, **told)


def _changed(board: Board, say: Words) -> Part:
    """Tell the last seven days beside the seven before."""
    quality = board.quality
    heads = (say("figure"), say("now"), say("before"), say("change"))
    pairs = (
        ("received", board.received),
        ("resolved", board.resolved),
        ("returned", _sum(quality.returned.values())),
    )
    shares = (
        ("unaided", quality.unaided),
        ("scanned", quality.scanned),
        ("bad_scans", quality.doubtful_scans),
    )
    rows = (*(_pair(say, *one) for one in pairs), *(_share(say, *one) for one in shares))
    return Part(say("changed"), "", heads, rows)


def _sum(pairs: Iterable[Pair]) -> Pair:
    """Return the sum of pairs."""
    found = tuple(pairs)
    return Pair(sum(one.now for one in found), sum(one.before for one in found))


def _pair(say: Words, name: str, pair: Pair) -> tuple[str, ...]:
    """Return the row of a count."""
    return say(name), say.whole(pair.now), say.whole(pair.before), say.change(pair.change)


def _share(say: Words, name: str, share: Share) -> tuple[str, ...]:
    """Return the row of a share."""
    now, before = share.now, share.before
    return say(name), say.percent(now), say.percent(before), say.points(now, before)


def _open(board: Board, say: Words) -> Part:
    """Tell whose turn it is, and what is stuck."""
    by_stage = Counter[str]()
    for one in board.stuck.every:
        by_stage[one.stage] += one.cases
    told = {
        "held": by_stage["hold"],
        "waiting": by_stage["waiting"],
        "unread": by_stage["accepted"],
        "failed": board.stuck.failed,
    }
    note = say("stuck", **{name: say.whole(value) for name, value in told.items()})
    rows = tuple((say(f"side_{one.name}"), say.whole(one.cases), day(one.oldest)) for one in board.sides)
    heads = (say("turn"), say("cases"), say("oldest"))
    return Part(say("open", cases=say.whole(board.open)), note, heads, rows)


def _offices(board: Board, say: Words) -> Part:
    """Tell each office by itself."""
    names = ("office", "received", "resolved", "pending", "oldest", "late", "expected")
    return Part(say("offices"), "", tuple(say(name) for name in names), tuple(_by_office(board, say)))


def _by_office(board: Board, say: Words) -> Iterator[tuple[str, ...]]:
    """Yield the row of each office."""
    for one in board.offices:
        counts = (one.received.now, one.resolved.now, one.lying.cases if one.lying else 0)
        oldest = day(one.lying.oldest if one.lying else None)
        ahead = (one.late, one.forecast.breaches)
        yield (one.code, *map(say.whole, counts), oldest, *map(say.whole, ahead))
