"""And if one date were another? A kept case judged twice, as it stands and with some values changed.

No paper is read and nothing is stored; both judgements are today's: only the change makes them differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.case import Assessed, Read, Routed, carried
from pipeline.correction import corrected, parse
from pipeline.errors import UsageError
from pipeline.facts import put_together
from pipeline.kept import kept_case
from pipeline.replay import as_filed
from pipeline.report import case_report
from pipeline.steps import route
from validators.assess import assess
from validators.calendar import Calendars
from validators.policy import Policy

_FILED = "filed_on="
"""The one change that is no field of a paper: the filing date."""


class Verdicts(NamedTuple):
    """The reports of one case without and with the changes."""

    before: dict[str, Any]
    after: dict[str, Any]


def what_if(
    report: Mapping[str, Any], changes: Iterable[str], policy: Policy, calendars: Calendars
) -> Verdicts:
    """Judge the case of *report* as it stands and with *changes* (`d3.periods.0.from=2025-03-14`).

    Raises:
        UsageError: the report is of no judged case, or a change names nothing in it.
    """
    if report.get("status") == "returned":
        raise UsageError("El envío fue devuelto: no hay nada que valorar.", "Elija otro expediente.")
    case, asked = kept_case(report), list(changes)
    fields = [parse(text, case.documents) for text in asked if not text.startswith(_FILED)]
    days = [_day(text.removeprefix(_FILED)) for text in asked if text.startswith(_FILED)]
    other = replace(case, documents=corrected(case.documents, fields))
    verdicts = (
        _judged(case, None, policy, calendars),
        _judged(other, days[-1] if days else None, policy, calendars),
    )
    return Verdicts(*(case_report(one) for one in verdicts))


def _judged(case: Read, filed_on: dt.date | None, policy: Policy, calendars: Calendars) -> Routed:
    """Return the case with its proposal, as filed on another day if one is given."""
    application = put_together(case)
    if filed_on is not None:
        application = as_filed(application, filed_on)
    judged = assess(application, policy, calendars)
    return route(Assessed(**carried(case), application=application, assessment=judged))


def _day(written: str) -> dt.date:
    """Return a filing date as a person wrote it."""
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        raise UsageError("La fecha de presentación no se entiende.", "Escríbala como AAAA-MM-DD.") from None
