"""A stored case with what was recorded of it: read with the eyes of the law of its filing day.

    found = lived(store, "CEU01-2026-000001", today, settings.policy, calendars)
    found.life.state

The papers are not read again: the facts are put together from what the report kept of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.facts import put_together
from pipeline.journal.kept import unpacked
from pipeline.journal.port import Journal, Row
from pipeline.kept import kept_case
from pipeline.life.record import Kept, case_row, events_of
from validators.calendar import Calendars
from validators.facts import Application
from validators.law import version
from validators.life import Life, life
from validators.policy import Policy
from validators.rules import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A case, its record, and how it stands."""

    id: str
    number: str
    application: Application
    law: Law
    record: tuple[Kept, ...]
    life: Life


def lived(journal: Journal, name: str, today: dt.date, policy: Policy, calendars: Calendars) -> Lived:
    """Return the case of that number or id as it stands *today*.

    Raises:
        UsageError: there is none, or it was not judged (returned, waiting).
    """
    with journal.reading() as transaction:
        row = case_row(transaction, name)
        record = events_of(transaction, row["id"]) if row else ()
    return as_lived(judged(row), record, today, policy, calendars)


def judged(row: Row | None) -> Row:
    """Return the row of a case that was judged; raise UsageError for any other."""
    if row is None:
        raise UsageError("No existe ese expediente", "Vea los que hay con `ventanilla case list`.")
    report = unpacked(row["report"])
    if not report or report.get("status") != "routed":
        raise UsageError(
            "Ese expediente no está valorado: no tiene todavía plazos ni efectos",
            "Vea cómo está con `ventanilla case show`.",
        )
    return row


def as_lived(
    row: Row, record: tuple[Kept, ...], today: dt.date, policy: Policy, calendars: Calendars
) -> Lived:
    """Return a judged case with its *record* as it stands *today*."""
    application = put_together(kept_case(unpacked(row["report"])))
    filed_on = application.filing.filed_on
    law = Law(on=filed_on, version=version(filed_on), policy=policy, calendars=calendars)
    return Lived(
        id=row["id"],
        number=row["number"],
        application=application,
        law=law,
        record=record,
        life=life(application, [kept.event for kept in record], today, law),
    )
