"""Fourteen years of holidays in four places: complete, plausible, and honest about what was seen."""

import datetime as dt

import pytest

from validators.calendar import SLACK, Calendars
from validators.calendar.prepared import easter, muslim_feasts, prepared

CALENDARS = Calendars.shipped()
PLACES, YEARS = ("ceuta", "madrid", "melilla", "state"), range(2014, 2028)
EVERY = [(place, year) for place in PLACES for year in YEARS]
LOCAL = [key for key in EVERY if key[0] != "state"]
CONFIRMED = [
    ("ceuta", 2026, "03-20 04-02 05-27 06-13 08-05 09-02"),
    ("melilla", 2026, "03-20 04-02 05-27 09-08 09-17 12-07"),
    ("ceuta", 2025, "03-31 04-17 06-06 06-13 08-05"),
    ("melilla", 2025, "03-31 04-17 06-06 09-08 09-17"),
    ("ceuta", 2024, "03-28 04-10 06-13 06-17 08-05"),
]
"""The days that docs/law.md 7.2 names for a year that it found published."""


def test_every_place_and_year_is_there():
    """Each answers for each year from 2014 to 2027, and no other file lies about."""
    assert set(CALENDARS.years) == set(EVERY)


@pytest.mark.parametrize(("place", "year", "days"), CONFIRMED)
def test_a_year_that_was_found_published_is_verified_and_has_those_days(place, year, days):
    """The place's own days are the published ones, no more and no fewer."""
    found = CALENDARS.years[place, year]
    assert (found.verified, {f"{day:%m-%d}" for day in found.days}) == (True, set(days.split()))


@pytest.mark.parametrize(("place", "year"), [("melilla", 2022), ("ceuta", 2019)])
def test_a_list_that_was_compared_as_a_whole_is_verified(place, year):
    """Melilla 2022 and Ceuta 2019, with the State's days of that year."""
    assert CALENDARS.years[place, year].verified
    assert CALENDARS.years["state", year].verified


@pytest.mark.parametrize("year", range(2014, 2028))
def test_the_patron_of_ceuta_is_never_left_out(year):
    """5 August, which computed lists leave out until 2022; the Monday after where it fell on a Sunday."""
    patron = dt.date(year, 8, 5)
    observed = patron if patron.weekday() < 6 else dt.date(year, 8, 6)
    assert observed in CALENDARS.years["ceuta", year].days


@pytest.mark.parametrize(("place", "year"), LOCAL)
def test_a_place_has_no_more_than_fourteen_days_with_the_states(place, year):
    """Fourteen is the most that the law allows; a draft may have one fewer, a published list has them all."""
    own, state = CALENDARS.years[place, year], CALENDARS.years["state", year]
    number = len({*own.days, *state.days})
    assert number == 14 or (number == 13 and not own.verified)


@pytest.mark.parametrize(("place", "year"), LOCAL)
def test_a_place_names_none_of_the_states_days_again(place, year):
    """Its own days only: the State's hold everywhere."""
    assert not {*CALENDARS.years[place, year].days} & {*CALENDARS.years["state", year].days}


@pytest.mark.parametrize(("place", "year"), EVERY)
def test_no_holiday_falls_on_a_sunday(place, year):
    """What falls on a Sunday moves or is lost; it is a day off anyway."""
    assert [day for day in CALENDARS.years[place, year].days if day.weekday() == 6] == []


@pytest.mark.parametrize("year", YEARS)
def test_the_states_days_are_those_of_the_rule(year):
    """National holidays and Good Friday, without Sundays; 8 December 2018 was none in the Canary Islands."""
    missing = {*prepared("state", year).days} - {*CALENDARS.years["state", year].days}
    assert missing == ({dt.date(2018, 12, 8)} if year == 2018 else set())
    assert not {*CALENDARS.years["state", year].days} - {*prepared("state", year).days}


@pytest.mark.parametrize(("place", "year"), [key for key in EVERY if key[0] in {"ceuta", "melilla"}])
def test_a_muslim_feast_lies_near_its_day_by_the_table(place, year):
    """So near that the slack around an estimate holds the day that was kept in the end."""
    kept = [(day, name) for day, name in CALENDARS.years[place, year].days.items() if name.startswith("Eid")]
    table = [*muslim_feasts(year)]
    assert kept
    assert all(any(n == name and abs(day - d) <= SLACK for d, n in table) for day, name in kept)


@pytest.mark.parametrize(
    ("year", "day"), [(2014, "04-20"), (2018, "04-01"), (2024, "03-31"), (2027, "03-28")]
)
def test_easter_is_where_it_was(year, day):
    """Four years of two reckonings of the moon."""
    assert f"{easter(year):%m-%d}" == day


@pytest.mark.parametrize("place", PLACES)
def test_a_draft_is_never_verified(place):
    """And has none of the days that fall on a Sunday."""
    draft = prepared(place, 2028)
    assert not draft.verified
    assert all(day.year == 2028 and day.weekday() < 6 for day in draft.days)


@pytest.mark.parametrize(("place", "year"), EVERY)
def test_a_count_in_a_year_says_whether_it_is_provisional(place, year):
    """Provisional exactly where the file of the place, or of the State, was not compared."""
    where = () if place == "state" else (place,)
    seen = CALENDARS.years[place, year].verified and CALENDARS.years["state", year].verified
    reached = CALENDARS.add_working_days(dt.date(year, 2, 2), 5, where)
    assert (reached.date is None, reached.provisional) == (False, not seen)
