"""The limits that follow a grant: to sign, to pay, and the year without a new convenio.

Source: Orden SSI/1475/2014 arts. 5.4 and 6; RD 576/2013 arts. 4.3 and 7.3; Ley 39/2015 art. 30.4 and 30.5.
"""

from __future__ import annotations

import datetime as dt

from validators.calendar import Span, WorkingDay
from validators.dates import add_days
from validators.deadlines.limit import Limit, latest, reasons, saturdays
from validators.deadlines.where import Where
from validators.deadlines.words import by_language, months, working
from validators.finding import Applied
from validators.law import whole
from validators.rules import Law
from validators.rules.bar import anniversary
from validators.rules.clock import MONTHS, WORKING_DAYS

_ACT = "ssi-1475-2014"


def signing_limit(from_day: dt.date, at: Where, law: Law) -> Limit:
    """Return the last day to sign the convenio, from its notification or silence (Orden, art. 5.4).

    Where it is open whose holidays count, the person has the latest day.
    """
    number, works = whole(_ACT, "formalise_months", on=law.on), saturdays(law)
    options = [law.calendars.months_later(from_day, number, names, saturdays=works) for names in at.every()]
    last = latest(options)
    words = by_language(months=months(number))
    said = () if last is None else (MONTHS.on(law.day).applied(start=from_day, last=last, **words),)
    return _limit(last, options, at, said)


def payment_limit(month: dt.date, at: Where, law: Law) -> Limit:
    """Return the last day to pay in the month that starts on *month* (Orden, art. 6).

    The first working days are those of the place: it is paid at a bank, not at the seat.
    """
    days, eve = whole(_ACT, "payment_working_days", on=law.on), add_days(month, -1)
    options = [
        law.calendars.add_working_days(eve, days, names, saturdays=saturdays(law)) for names in at.by_place()
    ]
    last = latest(options)
    words = by_language(days=working(days))
    said = () if last is None else (WORKING_DAYS.on(law.day).applied(first=month, last=last, **words),)
    limit = _limit(last, options, at, said)
    if last is None:
        return limit
    off = law.calendars.days_off(Span(month, last), at.by_place()[0], saturdays=saturdays(law))
    return Limit(date=last, provisional=limit.provisional, reason=limit.reason, applied=said, days_off=off)


def bar_ends(ended_on: dt.date, law: Law) -> dt.date:
    """Return the last day of the bar after a convenio that ended on a day: its anniversary (art. 7.3).

    Whether that very day is still barred is open (docs/law.md, section 11, number 17): the rule CE-VET-01
    asks the settings.
    """
    return anniversary(ended_on, law)


def _limit(last: dt.date | None, options: list[WorkingDay], at: Where, said: tuple[Applied, ...]) -> Limit:
    """Return a limit with what makes it provisional."""
    why = reasons(options)
    open_place = at.unknown is not None or len(at.places) > 1
    return Limit(date=last, provisional=bool(why) or open_place, reason=", ".join(why), applied=said)
