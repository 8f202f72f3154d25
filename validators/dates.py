"""Years and months as the law counts them: date to date, the last day of a month where a day is missing.

Source: Ley 39/2015 art. 30.4 (BOE-A-2015-10565), Código Civil art. 5.1. Never by counting days.
"""

from __future__ import annotations

import calendar
import datetime as dt


def add_days(day: dt.date, days: int) -> dt.date:
    """Return the day some days later (or earlier); beyond the calendar's ends its end."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max if days > 0 else dt.date.min


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month *months* later (or earlier), else that month's last day.

    A date misread as of the year 9999 must not stop the program: beyond the calendar's ends its end
    is returned.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    return dt.date(year, month + 1, min(day.day, month_length(year, month + 1)))


def day_after(day: dt.date) -> dt.date:
    """Return the next day; the last day of the calendar has none and is returned itself."""
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def add_years(day: dt.date, years: int) -> dt.date:
    """Return the same day *years* later (or earlier); 29 February becomes 28 where there is none."""
    return add_months(day, 12 * years)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def first_of_next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after that of *day*."""
    return add_months(day.replace(day=1), 1)


def last_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of *day*."""
    return day.replace(day=month_length(day.year, day.month))


def age(born: dt.date, on: dt.date) -> int:
    """Return the whole years lived on the day *on*; negative when *on* is before the birth.

    Who was born on 29 February is taken to complete a year on 28 February; where that decides, ask
    `leap_birthday`.
    """
    years = on.year - born.year
    return years if on >= add_years(born, years) else years - 1


def leap_birthday(born: dt.date, years: int) -> bool:
    """Whether the birthday *years* later has no day of its own (born on 29 February)."""
    return add_years(born, years).day != born.day
