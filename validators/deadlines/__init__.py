"""Every date of a case: to resolve, to cure, to notify, to sign, to pay; and why each is what it is.

Pure functions on what the application says and on what happened since (`Happened`, `Notices`). Each limit
carries the rules behind it in three languages (`applied`) and the days that the count passed over.
"""

from __future__ import annotations

from validators.deadlines.cure import cure_in_words, cure_limit, most_extension
from validators.deadlines.happened import Attempt, Extension, Happened, Notices, Report, Requirement
from validators.deadlines.later import bar_ends, payment_limit, signing_limit
from validators.deadlines.limit import Limit
from validators.deadlines.notices import (
    Met,
    alarm,
    attempts_found,
    days_left,
    duty_met,
    may_publish,
    notified_on,
    notify_by,
    rejected_after,
    second_attempt_by,
    silent_since,
)
from validators.deadlines.resolution import Deadlines, Silence, Term, deadlines, terms
from validators.deadlines.where import Where, where

__all__ = [
    "Attempt",
    "Deadlines",
    "Extension",
    "Happened",
    "Limit",
    "Met",
    "Notices",
    "Report",
    "Requirement",
    "Silence",
    "Term",
    "Where",
    "alarm",
    "attempts_found",
    "bar_ends",
    "cure_in_words",
    "cure_limit",
    "days_left",
    "deadlines",
    "duty_met",
    "may_publish",
    "most_extension",
    "notified_on",
    "notify_by",
    "payment_limit",
    "rejected_after",
    "second_attempt_by",
    "signing_limit",
    "silent_since",
    "terms",
    "where",
]
