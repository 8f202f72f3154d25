"""From findings to the queue: the first that applies (docs/contract, `process --json`)."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.case import Queue
from validators.finding import Finding, Outcome

ORDER: tuple[tuple[Outcome, Queue], ...] = (
    (Outcome.REFER, "refer"),
    (Outcome.REVIEW, "review"),
    (Outcome.NOT_MET, "refuse"),
    (Outcome.CURE, "cure"),
)


def queue(findings: Iterable[Finding]) -> Queue:
    """Return the queue a case with these findings goes to."""
    outcomes = {finding.outcome for finding in findings}
    return next((name for outcome, name in ORDER if outcome in outcomes), "approve")
