"""The measures there are: each with its kind, what it tells, and its labels. docs/monitoring.md repeats them.

Labels are offices, queues, trays, codes and machines: closed or few, and nobody's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Kind = Literal["gauge", "histogram"]
PREFIX: Final = "ventanilla_"


class Told(NamedTuple):
    """One measure."""

    kind: Kind
    help: str
    labels: tuple[str, ...] = ()


MEASURES: Final[Mapping[str, Told]] = {
    "cases_total": Told(
        "gauge",
        "Cases of this year by what became of them; one that moves leaves its old outcome: use delta().",
        ("office", "outcome"),
    ),
    "cases_today": Told("gauge", "The same, of today.", ("office", "outcome")),
    "cases_open": Told("gauge", "Open cases by tray.", ("office", "tray")),
    "queue_oldest_seconds": Told(
        "gauge", "Age of the oldest open case of a tray, in whole days.", ("office", "tray")
    ),
    "deadlines": Told("gauge", "Open cases by working days left to answer them.", ("office", "left")),
    "deadline_days_left": Told(
        "gauge",
        "Days of the calendar to the nearest last day of an open case; -1 once one is past.",
        ("office",),
    ),
    "breaches_expected": Told(
        "gauge", "Open cases that will pass their last day unanswered at the pace of four weeks.", ("office",)
    ),
    "pages_today": Told("gauge", "Pages that came today by how they were read.", ("office", "reader")),
    "cases_halted": Told("gauge", "Cases that wait, or are held for a person, by why.", ("stage", "why")),
    "cases_failed": Told("gauge", "Cases that failed and are tried again."),
    "effects_owed": Told("gauge", "Receipts, lists and letters owed to the folders and not yet there."),
    "drops_waiting": Told("gauge", "What lies in drop folders and is not yet taken.", ("office", "state")),
    "drops_oldest_seconds": Told("gauge", "For how long the oldest of them has lain.", ("office", "state")),
    "stage_seconds": Told(
        "histogram",
        "From reception to a queue, of the cases of the last hour; no rate() is needed.",
        ("stage",),
    ),
    "parts": Told(
        "gauge", "Processes by what they do and whether they give signs of life.", ("part", "state")
    ),
    "cases_in_hand": Told("gauge", "Cases lent to the workers of a machine.", ("machine",)),
    "ready": Told("gauge", "1 where something that this machine needs is there.", ("check",)),
    "disk_free_bytes": Told("gauge", "Bytes left on the fuller of the disks of papers and record."),
    "disk_reserve_bytes": Told("gauge", "Bytes below which nothing is received."),
    "audit_head_age_seconds": Told("gauge", "Since the chain of the audit was last sealed."),
    "backup_age_seconds": Told("gauge", "Since the last copy made by `ventanilla db backup`."),
    "mails_unsent": Told("gauge", "Morning mails of today that were tried and have not gone out."),
    "collected_seconds": Told("gauge", "What it took to count these."),
    "release_info": Told("gauge", "Always 1; the label tells the version of the program.", ("release",)),
}
"""By name without the prefix. A measure of which nothing is known has no sample."""
BUCKETS: Final = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3600)
"""Seconds of `stage_seconds`: from a digital paper at once to an hour of waiting."""
