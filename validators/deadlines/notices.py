"""An act notified in time: ten days, two attempts, the electronic office, and silence where nothing came.

Source: Ley 39/2015 arts. 24 and 40 to 44; before it Ley 30/1992 arts. 43, 44, 58 and 59 and Ley 11/2007
art. 28; docs/law.md PLZ-12 to PLZ-16.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from validators.calendar import Span, WorkingDay
from validators.dates import add_days
from validators.deadlines.happened import Attempt, Notices
from validators.deadlines.limit import Limit, latest, reasons, saturdays
from validators.deadlines.resolution import Deadlines
from validators.deadlines.where import Where
from validators.deadlines.words import by_language, working
from validators.finding import Applied, Finding, Outcome, Text
from validators.law import whole
from validators.rules import Law
from validators.rules.clock import AT_RISK, EXPIRED, INGESA
from validators.rules.notice_of_acts import BAD_ATTEMPTS, DUTY_MET, NOTIFY, REJECTED, SECOND_ATTEMPT

_ACT = "ley-39-2015"
_HOUR = 60
_NOTIFIED = Text("se notificó", "notificouse", "it was notified")
_ATTEMPTED = Text("consta un intento acreditado", "consta un intento acreditado", "a documented attempt")
_AT_DISPOSAL = Text(
    "se puso a disposición en la sede electrónica",
    "púxose a disposición na sede electrónica",
    "it was made available in the electronic office",
)


class Met(NamedTuple):
    """The day on which the duty to notify in time was met, and the sentence that says how."""

    on: dt.date
    applied: Applied


def notify_by(dictated_on: dt.date, at: Where, law: Law) -> Limit:
    """Return the last day to notify an act, from the day after its date (PLZ-12)."""
    days = whole(_ACT, "notify_working_days", on=law.on)
    options = _counted(dictated_on, days, at, law)
    # the duty is the administration's: the earliest day that can be defended
    known = [day.date for day in options if day.date]
    last = min(known) if len(known) == len(options) else None
    words = by_language(days=working(days))
    said = () if last is None else (NOTIFY.on(law.day).applied(dictated=dictated_on, last=last, **words),)
    return Limit(date=last, provisional=_open(options, at), reason=", ".join(reasons(options)), applied=said)


def duty_met(notices: Notices, law: Law) -> Met | None:
    """Return how the duty to notify in time was met first, or None where nothing is on record (PLZ-13)."""
    ways = [
        *((attempt.on, _ATTEMPTED) for attempt in notices.attempts),
        *((day, _AT_DISPOSAL) for day in (notices.at_disposal_on, notices.offered_on) if day),
        *((day, _NOTIFIED) for day in (notices.notified_on, notices.opened_on, notices.published_on) if day),
    ]
    if not ways:
        return None
    day, how = min(ways, key=lambda way: way[0])
    return Met(day, DUTY_MET.on(law.day).applied(day=day, **by_language(how=how)))


def notified_on(notices: Notices, law: Law) -> dt.date | None:
    """Return the day on which an act counts as notified, or None while it does not.

    On paper, the day it was accepted or refused, else that of the publication; electronically, that on
    which it was opened, else the day after the last one to open it, only of who chose that way (art. 43.2).
    """
    days = [notices.notified_on, notices.published_on, notices.opened_on]
    if notices.at_disposal_on is not None:
        last = rejected_after(notices.at_disposal_on, law).date
        days.append(add_days(last, 1) if last is not None else None)
    known = [day for day in days if day is not None]
    return min(known) if known else None


def rejected_after(at_disposal_on: dt.date, law: Law) -> Limit:
    """Return the last day to open an electronic notice; from the next one it counts as rejected (PLZ-14).

    The days are natural ones and the last is not moved: nothing has to be done at an office on it.
    """
    days = whole(_ACT, "electronic_rejection_days", on=law.on)
    last = add_days(at_disposal_on, days)
    said = REJECTED.on(law.day).applied(day=at_disposal_on, days=days, last=last)
    return Limit(date=last, applied=(said,))


def second_attempt_by(first: Attempt, at: Where, law: Law) -> Limit:
    """Return the last day of the second attempt on paper (PLZ-15): the latest that may be defended."""
    days = whole(_ACT, "second_attempt_working_days", on=law.on)
    options = _counted(first.on, days, at, law)
    last = latest(options)
    said = () if last is None else (SECOND_ATTEMPT.on(law.day).applied(first=first.on, last=last),)
    return Limit(date=last, provisional=_open(options, at), reason=", ".join(reasons(options)), applied=said)


def may_publish(attempts: tuple[Attempt, ...], at: Where, law: Law) -> bool:
    """Whether the attempts on paper allow the publication: two, near enough, in two bands of hours."""
    ordered = sorted(attempts, key=lambda attempt: (attempt.on, attempt.at or dt.time.min))
    if not ordered[1:]:
        return False
    first, second, *_ = ordered
    last = second_attempt_by(first, at, law).date
    return last is not None and second.on <= last and _other_band(first.at, second.at, law)


def attempts_found(attempts: tuple[Attempt, ...], at: Where, law: Law) -> Finding | None:
    """Return the finding for attempts that do not allow the publication yet, None where they do."""
    if not attempts or may_publish(attempts, at, law):
        return None
    return SECOND_ATTEMPT.finds(Outcome.REVIEW, law, reason=BAD_ATTEMPTS)


def silent_since(clock: Deadlines, notices: Notices, today: dt.date, law: Law) -> dt.date | None:
    """Return the day from which silence has effect, or None while it has none (PLZ-16).

    The day after the last one to resolve, if until then neither a notification nor an attempt is on record.
    """
    if clock.resolve_by is None or today <= clock.resolve_by:
        return None
    met = duty_met(notices, law)
    return None if met is not None and met.on <= clock.resolve_by else add_days(clock.resolve_by, 1)


def alarm(clock: Deadlines, today: dt.date, at: Where, law: Law) -> Finding | None:
    """Return CE-RESOL-01 as an alarm: a notice in the last days to resolve, a review once they passed.

    It speaks of silence that grants, and only where the last day is known; None before the days of risk.
    """
    if clock.resolve_by is None or clock.silence != "positive":
        return None
    if today > clock.resolve_by:
        return INGESA.finds(Outcome.REVIEW, law, reason=EXPIRED, last=clock.resolve_by)
    left = days_left(today, clock.resolve_by, at, law)
    if left is None or left > whole("product", "risk_working_days", on=law.on):
        return None
    words = by_language(days=working(left))
    return INGESA.finds(Outcome.NOTICE, law, reason=AT_RISK, last=clock.resolve_by, **words)


def days_left(today: dt.date, last: dt.date, at: Where, law: Law) -> int | None:
    """Return the working days after *today* up to a last day, the fewest among the calendars."""
    over, works = Span(add_days(today, 1), last), saturdays(law)
    counts = [law.calendars.working_days(over, names, saturdays=works) for names in at.every()]
    known = [count for count in counts if count is not None]
    return min(known) if len(known) == len(counts) else None


def _other_band(first: dt.time | None, second: dt.time | None, law: Law) -> bool:
    """Whether two hours lie in two bands and far enough apart; unknown hours do not."""
    if first is None or second is None:
        return False
    border = whole(_ACT, "attempt_band_hour", on=law.on)
    gap = abs(_minutes(first) - _minutes(second))
    bands = not border or (first.hour < border) != (second.hour < border)
    return bands and gap >= whole(_ACT, "attempt_gap_hours", on=law.on) * _HOUR


def _minutes(at: dt.time) -> int:
    """Return an hour of the clock as minutes since midnight."""
    return at.hour * _HOUR + at.minute


def _counted(start: dt.date, days: int, at: Where, law: Law) -> list[WorkingDay]:
    """Return the last of some working days by each calendar that may count."""
    works = saturdays(law)
    return [law.calendars.add_working_days(start, days, names, saturdays=works) for names in at.every()]


def _open(options: list[WorkingDay], at: Where) -> bool:
    """Whether a day may still move."""
    return any(day.provisional for day in options) or at.unknown is not None or len(at.places) > 1
