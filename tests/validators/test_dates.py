"""Date to date, and what a missing day becomes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.dates import (
    add_months,
    add_years,
    age,
    first_of_next_month,
    last_of_month,
    leap_birthday,
)

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_missing_day_becomes_the_last_of_the_month(day, months, later):
    """The same ordinal day, else the month's last, forwards and back."""
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)


def test_a_year_from_29_february_ends_on_the_28th():
    """Where there is no 29 February the year ends on the 28th."""
    assert add_years(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)


@given(days, st.integers(-600, 600))
def test_months_keep_the_order_of_days(day, months):
    """A later day never ends earlier."""
    assert add_months(day, months) <= add_months(day + dt.timedelta(days=1), months)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1961-03-15", "2026-03-14", 64),
        ("1961-03-15", "2026-03-15", 65),
        ("1964-02-29", "2029-02-27", 64),
        ("1964-02-29", "2029-02-28", 65),
        ("2026-03-15", "2026-03-14", -1),
    ],
)
def test_an_age_is_reached_on_the_birthday(born, on, years):
    """Not a day before; 29 February counts on the 28th."""
    assert age(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == years


def test_only_29_february_lacks_a_birthday():
    """65 years after 29 February there never is one; 64 years after there is."""
    assert leap_birthday(dt.date(1964, 2, 29), 65)
    assert not leap_birthday(dt.date(1964, 2, 29), 64)
    assert not leap_birthday(dt.date(1964, 2, 28), 65)


def test_months_begin_and_end():
    """The first of the next month and the last of this one, over a year's end too."""
    assert first_of_next_month(dt.date(2026, 12, 1)) == dt.date(2027, 1, 1)
    assert last_of_month(dt.date(2028, 2, 3)) == dt.date(2028, 2, 29)
