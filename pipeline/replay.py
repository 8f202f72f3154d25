"""Cases judged again under another day, setting or law, to see what would change; no paper is read.

    question = Question(policy=policy, filed_on=..., as_of=...)
    for answer in answers(reports, question): ...

Each report is judged by the steps that judged it first. Every core works; only a few reports lie in memory.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from typing import Any, NamedTuple

from pipeline import routing
from pipeline.calendars import at_hand
from pipeline.facts import put_together
from pipeline.kept import kept_case
from pipeline.settings import Shelf
from validators.assess import assess
from validators.calendar import Calendars
from validators.facts import Application
from validators.finding import Finding
from validators.policy import Policy

AT_ONCE = 50
"""Reports that one process gets at a time: enough that handing them over costs little."""
FEW = 200
"""So few reports are judged here: a process of its own would cost more than it saves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is different: the settings, the filing date, the day whose law applies; None as it was.

    `shelf` is where the office keeps calendars of its own.
    """

    policy: Policy
    shelf: Shelf = field(default_factory=Shelf)
    filed_on: dt.date | None = None
    as_of: dt.date | None = None


class Change(NamedTuple):
    """One rule that says something else: of whom (None: the applicant), and its outcomes, sorted."""

    rule: str
    person: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


class Answer(NamedTuple):
    """One case judged again: its number or name, its queues and the rules that changed."""

    case: str
    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is different."""
        return bool(self.changes) or self.before != self.after


def answers(reports: Iterable[str], question: Question) -> Iterator[Answer]:
    """Yield an answer for each report (the JSON of one case), in their order; returned cases have none.

    Raises:
        UsageError: a report is not that of a case.
    """
    waiting = iter(reports)
    first = list(islice(waiting, FEW))
    if len(first) < FEW:
        yield from _judged(first, question)
        return
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        yield from _ahead(pool, _batches(first, waiting), question)


def _batches(first: list[str], waiting: Iterator[str]) -> Iterator[list[str]]:
    """Yield the reports in lists of a few."""
    for start in range(0, len(first), AT_ONCE):
        yield first[start : start + AT_ONCE]
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch


def _ahead(pool: ProcessPoolExecutor, batches: Iterator[list[str]], question: Question) -> Iterator[Answer]:
    """Yield the answers of all batches, never more than a few of them on their way."""
    under_way: deque[Future[list[Answer]]] = deque()
    for batch in batches:
        under_way.append(pool.submit(_judged, batch, question))
        if len(under_way) > 2 * (os.cpu_count() or 1):
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _judged(reports: list[str], question: Question) -> list[Answer]:
    """Judge some reports."""
    calendars = at_hand(question.shelf)
    found = (again(json.loads(text), question, calendars) for text in reports)
    return [answer for answer in found if answer is not None]


def again(report: Mapping[str, Any], question: Question, calendars: Calendars) -> Answer | None:
    """Judge one report again; None for a case that was returned, of which nothing was judged."""
    if report.get("status") == "returned":
        return None
    application = put_together(kept_case(report))
    if question.filed_on is not None:
        application = as_filed(application, question.filed_on)
    findings = assess(application, question.policy, calendars, as_of=question.as_of).findings
    return Answer(
        case=report["number"] or report["source"]["name"],
        before=report["queue"],
        after=routing.queue(findings),
        changes=tuple(_changes(_told(report), _said(findings))),
    )


def as_filed(application: Application, day: dt.date) -> Application:
    """Return the application as filed on *day*; no paper of another day contradicts it."""
    received_on = max(application.filing.received_on, day)
    filing = replace(application.filing, filed_on=day, source="option", received_on=received_on, stated=())
    return replace(application, filing=filing)


Outcomes = Mapping[tuple[str, str | None], tuple[str, ...]]


def _told(report: Mapping[str, Any]) -> Outcomes:
    """Return the outcomes of a report by rule and person."""
    found: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for finding in report["findings"]:
        found[finding["rule"], finding.get("person")].add(finding["outcome"])
    return {key: tuple(sorted(outcomes)) for key, outcomes in found.items()}


def _said(findings: Iterable[Finding]) -> Outcomes:
    """Return the outcomes of findings by rule and person."""
    found: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for finding in findings:
        found[finding.rule, finding.about].add(finding.outcome.value)
    return {key: tuple(sorted(outcomes)) for key, outcomes in found.items()}


def _changes(before: Outcomes, after: Outcomes) -> Iterator[Change]:
    """Yield the rules whose outcomes differ, by id."""
    for rule, person in sorted({*before, *after}, key=lambda key: (key[0], key[1] or "")):
        was, is_now = before.get((rule, person), ()), after.get((rule, person), ())
        if was != is_now:
            yield Change(rule, person, was, is_now)
