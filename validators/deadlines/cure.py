"""The person's time to cure defects: ten working days and what they are extended by.

Source: Ley 39/2015 arts. 32, 68 and 73.3 (before it Ley 30/1992 arts. 49, 71 and 76.3); Orden
SSI/1475/2014 art. 5.2. Where it is open whose holidays count the person has the latest day (PLZ-17).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.calendar import DayOff, Span, WorkingDay
from validators.dates import add_days
from validators.deadlines.happened import Requirement
from validators.deadlines.limit import Limit, earliest, latest, reasons, saturdays
from validators.deadlines.where import Where
from validators.deadlines.words import by_language, counting, working
from validators.finding import Applied, Finding, Outcome, Text
from validators.law import whole
from validators.rules import Law
from validators.rules.clock import EARLIEST, LATEST
from validators.rules.notice_of_acts import CURE_UNTIL, LATE_EXTENSION, TIME_TO_CURE

_ACT = "ley-39-2015"


def cure_limit(requirement: Requirement, at: Where, law: Law) -> Limit:
    """Return the last day to cure, counted from the day after the notice, with its extension.

    What of an extension was decided after the time had passed, or goes beyond the most that the law allows,
    is not counted and is a finding.
    """
    days, sound = _days(requirement, at, law)
    options = _options(requirement.notified_on, days, at, law)
    last, why = latest(options), reasons(options)
    return Limit(
        date=last,
        provisional=bool(why) or at.unknown is not None or len(at.places) > 1,
        reason=", ".join(why),
        applied=tuple(_applied(requirement, days, options, law)),
        days_off=_passed_over(requirement.notified_on, last, options, at, law),
        findings=() if sound else (_late(law),),
    )


def cure_in_words(requirement: Requirement, at: Where, law: Law) -> Text | None:
    """Return the count to cure as a letter tells it, or None where a calendar is missing.

    "10 días hábiles, del 25/03/2026 al 09/04/2026; no cuentan los sábados ni los domingos ni 02/04/2026 ..."
    """
    limit = cure_limit(requirement, at, law)
    if limit.date is None:
        return None
    first, (days, _) = add_days(requirement.notified_on, 1), _days(requirement, at, law)
    return counting(days, first, limit.date, limit.days_off, saturdays=saturdays(law))


def cure_ends_first(requirement: Requirement, at: Where, law: Law) -> dt.date | None:
    """Return the earliest last day to cure that may be defended: the time to resolve goes on from it."""
    days, _ = _days(requirement, at, law)
    return earliest(_options(requirement.notified_on, days, at, law))


def most_extension(days: int, law: Law) -> int:
    """Return the working days by which a time to cure may be extended: five, or half of a longer one."""
    ordinary = whole(_ACT, "cure_working_days", on=law.on)
    if days <= ordinary:
        return whole(_ACT, "cure_extension_working_days", on=law.on)
    return days // whole(_ACT, "extension_divisor", on=law.on)


def _days(requirement: Requirement, at: Where, law: Law) -> tuple[int, bool]:
    """Return the working days to cure with what holds of each extension (art. 32.3), and whether all does."""
    ordinary = _granted(requirement, law)
    days, most, sound = ordinary, ordinary + most_extension(ordinary, law), True
    for extension in requirement.extensions:
        ends = latest(_options(requirement.notified_on, days, at, law))
        late = extension.on is not None and ends is not None and extension.on > ends
        longer = days if late else min(days + max(extension.days, 0), most)
        sound = sound and longer == days + extension.days
        days = longer
    return days, sound


def _granted(requirement: Requirement, law: Law) -> int:
    """Return the working days that the notice gives, never fewer than the law's."""
    ordinary = whole(_ACT, "cure_working_days", on=law.on)
    return max(requirement.granted_days or ordinary, ordinary)


def _options(start: dt.date, days: int, at: Where, law: Law) -> tuple[WorkingDay, ...]:
    """Return the last day by each calendar that may count."""
    works = saturdays(law)
    return tuple(
        law.calendars.add_working_days(start, days, names, saturdays=works) for names in at.of_the_person()
    )


def _passed_over(
    start: dt.date, last: dt.date | None, options: tuple[WorkingDay, ...], at: Where, law: Law
) -> tuple[DayOff, ...]:
    """Return the days that the count of the latest calendar passed over."""
    names = next((n for n, day in zip(at.of_the_person(), options, strict=True) if day.date == last), ())
    if last is None:
        return ()
    over = Span(add_days(start, 1), last)
    return law.calendars.days_off(over, names, saturdays=saturdays(law))


def _applied(
    requirement: Requirement, days: int, options: tuple[WorkingDay, ...], law: Law
) -> Iterator[Applied]:
    """Yield the rules behind the last day to cure."""
    last = latest(options)
    if last is None:
        return
    words = by_language(days=working(days))
    yield TIME_TO_CURE.on(law.day).applied(
        reason=CURE_UNTIL, notified=requirement.notified_on, last=last, **words
    )
    if len({day.date for day in options}) > 1:
        yield EARLIEST.on(law.day).applied(reason=LATEST, last=last)


def _late(law: Law) -> Finding:
    """Return the finding for an extension that does not hold."""
    return TIME_TO_CURE.finds(Outcome.REVIEW, law, reason=LATE_EXTENSION)
