"""What one case adds to the figures: on which day, what, by which name, how much.

    told(case)      # Counter({Count(dt.date(2026, 3, 16), "received", ""): 1, ...})

Nothing of a person: names are queues, kinds, rules, fields of papers, codes. A case counts as it stands now;
when it moves, what it added is taken out and added anew (`pipeline.figures.keep`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from pipeline.figures.sides import side
from pipeline.trays import kinds

RECEIVED: Final = "received"
"""On the day it came; no name."""
RETURNED: Final = "returned"
"""On the day it came, by the code of the contract."""
RESOLVED: Final = "resolved"
"""On the day of the final decision that answers it: `queue|kind|how`, with how a word of `How`."""
DECIDED: Final = "decided"
"""On the day of each decision that stands, also those that ask: `queue|kind`."""
SILENCE: Final = "silence"
"""On the day on which silence answered, by what it answered."""
CURE: Final = "cure"
"""On the day it came, by each rule that asks for a cure: once a case."""
PAGES: Final = "pages"
"""Pages on the day the case came, by how they were read: form, text, ocr."""
READ: Final = "read"
"""Values on the day the case came: `reader|sure` or `reader|doubtful`."""
FLAG: Final = "flag"
"""Papers on the day the case came, by what was noted of them: one of which more was noted stands at each."""
BAD_PAPER: Final = "bad-paper"
"""Papers on the day the case came that were badly scanned or photographed, each once."""
CLOSED: Final = "closed"
"""On the day on which it was ended without an answer: joined to another, parted, handed in by mistake."""
SHOWN: Final = "shown"
"""Values on the day the case was resolved: `kind|sure` or `kind|doubtful`; somebody had them to look at."""
DOUBTFUL: Final = "doubtful"
"""Doubtful values on the day the case was resolved: `kind|field`."""
MENDED: Final = "mended"
"""Values set right, on the day the case was resolved: `kind|field|sure` or `kind|field|doubtful`."""
MENDED_RULE: Final = "mended-rule"
"""On the day it was resolved, by each rule that stood on a value that was set right: once a case."""
LIES: Final = "lies"
"""Of an open case, on the day it came, by its tray."""
DUE: Final = "due"
"""Of an open case, on its last day to be answered: `side|queue|calendars|saturdays` (`sides`)."""
NO_DAY: Final = "no-day"
"""Of an open case whose last day nobody can count, on the day it came, by its side."""

How = Literal["proposed", "mended", "asked", "otherwise", "unproposed", "outside", "silence"]
"""As proposed, and nothing else was needed; as proposed after a value was set right, or after the person was
asked something; otherwise than proposed; where nothing was proposed; told by command; by silence alone, in
time or not, so that it says nothing of how fast anybody works.
"""
BAD_SCANS: Final = frozenset(
    {"illegible", "blurred", "too-dark", "too-light", "too-small", "cut-off", "no-print"}
)
"""What is noted of a paper that was badly scanned or photographed."""
SETTERS: Final = frozenset({"corrected", "illegible", "not_applicable", "row_added", "row_removed", "papers"})
"""What a person says of a value that changes it: to confirm is none of them."""


class Count(NamedTuple):
    """One figure that a case adds to."""

    day: dt.date
    what: str
    name: str = ""


class Decided(NamedTuple):
    """One decision that stands: the queue that was proposed, its kind, its day, what it is."""

    queue: str
    kind: str
    on: dt.date
    resolves: bool
    final: bool
    proposed: bool


class Mended(NamedTuple):
    """One word of a person on a value: the paper's kind, its bytes, the field, how sure it was before."""

    what: str
    kind: str
    sha256: str
    field: str
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as it is counted. `standing` are the columns of `standings`, `report` its last report.

    `ended_on` is the day on which a command told that it was answered, `silent_on` that on which silence
    answered, `closed_on` that on which it was ended without an answer, None where nothing did; `acceptance`
    the least certainty for which nobody looks again.
    """

    standing: Mapping[str, Any]
    report: Mapping[str, Any]
    decided: Sequence[Decided]
    mended: Sequence[Mended]
    ended_on: dt.date | None
    silent_on: dt.date | None
    closed_on: dt.date | None
    acceptance: float


def told(case: Case) -> Counter[Count]:
    """Return all that a case adds."""
    found: Counter[Count] = Counter()
    for part in (_came, _read, _decided, _settled, _open):
        for count in part(case):
            found[count] += 1
    found.update(_pages(case))
    return found


def worked(name: str) -> bool:
    """Tell whether people answered the cases resolved under this name, so that they tell of a pace."""
    return not name.endswith("|silence")


def resolved_on(case: Case) -> dt.date | None:
    """Return the day on which a case was answered, None while it is not."""
    final = [one for one in case.decided if one.resolves and one.final]
    if final:
        return final[-1].on
    done = case.standing["tray"] == kinds.DONE and case.standing["stage"] != "closed"
    return (case.ended_on or case.silent_on) if done else None


def _came(case: Case) -> Iterator[Count]:
    """Yield what is counted on the day it came."""
    day = case.standing["received_on"]
    yield Count(day, RECEIVED)
    if code := (case.report.get("returned") or {}).get("code"):
        yield Count(day, RETURNED, code)
    asked = {one["rule"] for one in case.report.get("findings", ()) if one["outcome"] == "cure"}
    yield from (Count(day, CURE, rule) for rule in sorted(asked))
    if case.closed_on:
        yield Count(case.closed_on, CLOSED)
    if case.standing["silence"] and case.silent_on:
        yield Count(case.silent_on, SILENCE, case.standing["silence"])


def _read(case: Case) -> Iterator[Count]:
    """Yield what was read, surely or not, and what was noted of the papers."""
    day = case.standing["received_on"]
    for paper in as_read(case):
        yield from (Count(day, FLAG, flag) for flag in paper["flags"])
        if BAD_SCANS.intersection(paper["flags"]):
            yield Count(day, BAD_PAPER)
        for field in paper["fields"].values():
            yield Count(day, READ, f"{paper['reader']}|{_sure(field['confidence'], case)}")


def _pages(case: Case) -> Counter[Count]:
    """Return the pages by how they were read: a page is that of its paper."""
    found: Counter[Count] = Counter()
    for paper in as_read(case):
        found[Count(case.standing["received_on"], PAGES, paper["reader"])] += len(paper["pages"])
    return found


def _decided(case: Case) -> Iterator[Count]:
    """Yield the decisions that stand."""
    yield from (Count(one.on, DECIDED, f"{one.queue}|{one.kind}") for one in case.decided)


def _settled(case: Case) -> Iterator[Count]:
    """Yield what is counted on the day on which it was answered."""
    day = resolved_on(case)
    if day is None:
        return
    yield Count(day, RESOLVED, _how(case))
    for paper in as_read(case):
        for name, field in paper["fields"].items():
            sure = _sure(field["confidence"], case)
            yield Count(day, SHOWN, f"{paper['kind']}|{sure}")
            if sure == "doubtful":
                yield Count(day, DOUBTFUL, f"{paper['kind']}|{name}")
    changed = {(one.sha256, one.kind, one.field): one for one in case.mended if one.what in SETTERS}
    for one in changed.values():
        yield Count(day, MENDED, f"{one.kind}|{one.field}|{_sure(one.confidence, case)}")
    yield from (Count(day, MENDED_RULE, rule) for rule in sorted(_rules(case, changed.values())))


def _how(case: Case) -> str:
    """Return the name of how it was answered."""
    final = [one for one in case.decided if one.resolves and one.final]
    if not final:
        alone: How = "outside" if case.ended_on else "silence"
        return f"{case.standing['queue'] or ''}||{alone}"
    last = final[-1]
    return f"{last.queue}|{last.kind}|{_manner(case, last)}"


def _manner(case: Case, last: Decided) -> How:
    """Return how a decision came about."""
    if last.queue == "review":
        return "unproposed"
    if not last.proposed:
        return "otherwise"
    if any(one.what in SETTERS for one in case.mended):
        return "mended"
    return "asked" if any(not one.resolves for one in case.decided) else "proposed"


def _rules(case: Case, mended: Any) -> set[str]:
    """Return the rules that stood on a value that was set right."""
    papers = {paper["id"]: paper for paper in case.report.get("documents", ())}
    touched = {(one.sha256, one.field) for one in mended}
    return {
        finding["rule"]
        for finding in case.report.get("findings", ())
        for place in finding["evidence"]
        if place["document"] in papers and (papers[place["document"]]["sha256"], place["field"]) in touched
    }


def _open(case: Case) -> Iterator[Count]:
    """Yield where an open case lies, and its last day."""
    row = case.standing
    if row["tray"] in {kinds.DONE, kinds.RETURNED}:
        return
    yield Count(row["received_on"], LIES, row["tray"])
    where = side(row["tray"])
    if row["resolve_by"] is None:
        yield Count(row["received_on"], NO_DAY, where)
        return
    name = "|".join(
        (where, row["queue"] or "", row["calendars"].replace("|", " "), str(int(row["saturdays"])))
    )
    yield Count(row["resolve_by"], DUE, name)


def as_read(case: Case) -> Sequence[Mapping[str, Any]]:
    """Return the papers as the program read them, before anybody set something right."""
    found: Sequence[Mapping[str, Any]] = case.report.get("as_read") or case.report.get("documents") or ()
    return found


def _sure(confidence: float | None, case: Case) -> str:
    """Return whether a value was read surely; one that only a person found was not read at all: doubtful."""
    return "sure" if confidence is not None and confidence >= case.acceptance else "doubtful"
