"""What happened to a case from its reception on, by time: the program, people, the law's events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desk.web.case.by_run import runs
from desk.web.case.found import Found
from desk.web.case.spoken import naming
from desk.web.case.told import word
from desk.web.visit import Values, Visit
from pipeline.audit.read import Asked, lines
from pipeline.errors import UsageError
from pipeline.life.record import history as life_of
from pipeline.store.events import history as events_of

_TOLD = frozenset(
    {"received-new", "received-answer", "received-duplicate", "routed", "returned", "held", "waits"}
)
"""What the program tells of its own work; the rest of its steps are technical."""
_ELSEWHERE = frozenset(
    {"life", "corrected", "desk-row", "decision-undone", "decision-confirmed", "decision-disagreed"}
)
"""Told by the record of the law's events, or by the audit, with whose act it was."""
_LOOKS = frozenset({"case-seen", "page-seen", "page-sent", "what-if-asked"})
_WORDS = {"field": "fields.", "kind": "decide.kind_"}
"""Details whose codes have words of their own."""
_MOST = 2000
"""Lines of one case that a page shows."""


class Line(NamedTuple):
    """One thing: when, who (empty for the program), what in words, `more` with its details."""

    at: dt.datetime
    who: str
    words: str
    more: str
    technical: bool


def build(visit: Visit, case: Found) -> Values:
    """Return the lines by time, those of interest and the technical ones apart.

    `name` says whose they are, `runs` where Prefect shows the runs, for who watches over those.
    """
    told = sorted([*_events(visit, case), *_life(visit, case), *_acts(visit, case)], key=lambda one: one.at)
    return {
        "lines": [one for one in told if not one.technical],
        "technical": [one for one in told if one.technical],
        "name": naming(visit),
        "runs": runs(visit, case),
    }


def _events(visit: Visit, case: Found) -> Iterator[Line]:
    """Yield what the program did."""
    for one in events_of(visit.room.store, case.id):
        if one.kind not in _ELSEWHERE:
            queue = one.detail.get("queue")
            more = (
                visit.say(f"case.queue_{queue}")
                if queue
                else str(one.detail.get("code") or one.detail.get("why") or "")
            )
            words = _named(visit, f"case.event_{one.kind}", one.kind)
            yield Line(one.at, "", words, more, one.kind not in _TOLD)


def _life(visit: Visit, case: Found) -> Iterator[Line]:
    """Yield what happened in the law's eyes, each with the day that was told."""
    try:
        record = life_of(visit.room.store, case.id)
    except UsageError:
        return
    for kept in record:
        words = _named(visit, f"case.life_{kept.event.kind.value}", kept.event.kind.value)
        outcome = (
            f", {_named(visit, f'case.life_{kept.event.outcome}', kept.event.outcome)}"
            if kept.event.outcome
            else ""
        )
        by = "" if kept.told_by == "ventanilla" else kept.told_by
        yield Line(kept.recorded_at, by, words, f"{kept.event.on:%d/%m/%Y}{outcome}", technical=False)


def _acts(visit: Visit, case: Found) -> Iterator[Line]:
    """Yield what people did and looked at, the newest where there is too much."""
    for row in lines(visit.room.store, Asked(number=case.number), None, _MOST):
        words = _named(visit, f"audit.did_{row.did}", row.did)
        yield Line(row.at, row.who, words, _details(visit, row.detail), row.did in _LOOKS)


def _details(visit: Visit, detail: Mapping[str, Any]) -> str:
    """Return the details of an act as they were kept: codes and names of fields, no value."""
    told = (
        _named(visit, f"{_WORDS.get(key, '')}{one}", word(visit.say, str(one)))
        for key, one in detail.items()
        if _short(one)
    )
    return ", ".join(told)


def _short(one: Any) -> bool:
    """Whether a detail is a word or a number to be shown."""
    return isinstance(one, str | int) and not isinstance(one, bool) and 0 < len(str(one)) <= 60


def _named(visit: Visit, name: str, otherwise: str) -> str:
    """Return the words of that name, the code itself where there are none."""
    key = name.replace("-", "_")
    return visit.say(key) if visit.say.has(key) else otherwise
