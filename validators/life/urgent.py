"""Whether a person must act on an unanswered case today: its time is running out, or has passed.

Source: docs/law.md section 10 (PLAZO-RIESGO), CE-RESOL-01 and 02; the days of risk are the product's.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from validators.deadlines import days_left, duty_met, where
from validators.facts import Application
from validators.law import whole
from validators.life.answer import State
from validators.life.doings import acts
from validators.life.events import SILENT
from validators.life.life import Life
from validators.rules import Law

_OPEN = frozenset({State.AWAITING, State.SUSPENDED, State.NOTIFYING, State.DOUBTFUL})
_SILENT = frozenset({State.GRANTED_BY_SILENCE, State.REJECTED_BY_SILENCE, State.LAPSE_DOUBTFUL})


class Urgent(NamedTuple):
    """Why a person must act: `near` or `passed`, the last day to answer, and the working days up to it.

    The day is the earliest that can be defended; `left` is None where it has passed.
    """

    code: Literal["near", "passed"]
    last_day: dt.date
    left: int | None = None


def urgent(application: Application, found: Life, law: Law) -> Urgent | None:
    """Return why somebody must act on the day of *found*, None where nobody has to."""
    if not found.last_days or any(event.kind in SILENT for event in found.events):
        return None
    first = found.last_days[0]
    if found.state in _SILENT:
        return Urgent("passed", first) if found.silent_since else None
    if found.state not in _OPEN or found.signed_on is not None or _stopped(found, law):
        return None
    if found.on > first:
        return Urgent("passed", first)
    left = days_left(found.on, first, where(application, law.calendars), law)
    if left is None or left > whole("product", "risk_working_days", on=law.on):
        return None
    return Urgent("near", first, left)


def _stopped(found: Life, law: Law) -> bool:
    """Whether a notice or an attempt has answered already, with no reading against it."""
    met = any(duty_met(act.notices, law) is not None for act in acts(found.events))
    return met and found.state is not State.DOUBTFUL
