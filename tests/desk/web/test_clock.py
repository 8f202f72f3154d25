"""The working days of a list are those that the calendars count one by one."""

import datetime as dt
from types import MappingProxyType, SimpleNamespace

import pytest

from desk.web.trays.clock import Clock
from desk.web.words import speaker
from validators.calendar import Calendars, Span

TODAY = dt.date(2026, 3, 23)
SHIPPED = Calendars.shipped()
PLACES = (("ceuta",), ("ceuta", "madrid"))
DAY = dt.timedelta(days=1)


def clock(calendars, days):
    """Return a clock for rows of these days."""
    return Clock(calendars, TODAY, speaker("es"), days)


def line(provisional=False):
    """Return a case whose days are counted in Ceuta, and with Madrid."""
    return SimpleNamespace(calendars=PLACES, saturdays=False, provisional=provisional)


def test_the_days_left_are_the_fewest_of_both_calendars():
    """As counted one by one, for a hundred last days at once."""
    days = [TODAY + n * DAY for n in range(101)]
    one = clock(SHIPPED, days)

    found = [one.left(line(), day).days for day in days]

    span = [Span(TODAY + DAY, day) for day in days]
    assert found == [min(SHIPPED.working_days(each, places) for places in PLACES) for each in span]


def test_a_page_of_one_row_counts_the_same():
    """From today, not from the first last day of the page."""
    day = dt.date(2026, 4, 30)

    left = clock(SHIPPED, [day]).left(line(), day)

    assert left.days == SHIPPED.working_days(Span(TODAY + DAY, day), ("ceuta",)) == 26


def test_a_day_that_passed_is_told_by_the_days_since():
    """The longest count, and always as a risk."""
    day = dt.date(2026, 2, 20)

    left = clock(SHIPPED, [day]).left(line(), day)

    since = [SHIPPED.working_days(Span(day + DAY, TODAY), places) for places in PLACES]
    assert (left.days, left.over, left.risk) == (max(since), True, True)


@pytest.mark.parametrize(("missing", "counted"), [(2027, False), (2025, True)])
def test_a_year_without_a_calendar_is_not_guessed(missing, counted):
    """Days that need it are not counted; one that is not needed changes nothing."""
    years = {key: year for key, year in SHIPPED.years.items() if key != ("ceuta", missing)}
    calendars = Calendars(years=MappingProxyType(years))
    past, day = dt.date(2025, 12, 1), dt.date(2027, 1, 20)

    left = clock(calendars, [past, day]).left(line(), day)

    full = min(SHIPPED.working_days(Span(TODAY + DAY, day), places) for places in PLACES)
    assert left.days == (full if counted else None)
    assert left.provisional is not counted
    assert any("falta el calendario" in said for said in left.more) is not counted


def test_a_provisional_date_says_so():
    """Whatever was counted."""
    day = dt.date(2026, 4, 30)

    left = clock(SHIPPED, [day]).left(line(provisional=True), day)

    assert left.provisional
    assert "Provisional" in left.more[-1]
