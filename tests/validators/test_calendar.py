"""Counting working days; the worked deadlines of docs/law.md stand among the examples of the law."""

import datetime as dt

import pytest

from validators.calendar import Calendars, NoCalendarError, Span
from validators.calendar.files import Year, year
from validators.tables import TableError

CALENDARS = Calendars.shipped()


SUSPENDED = [
    (dt.date(2026, 4, 8), dt.date(2026, 5, 14)),
    (dt.date(2026, 4, 7), dt.date(2026, 5, 13)),
]


@pytest.mark.parametrize(("until", "last"), SUSPENDED)
def test_suspended_days_are_not_counted(until, last):
    """Received on 16 March, required on the 24th, cured on 8 April: that day counts, or it does not."""
    held = [Span(dt.date(2026, 3, 25), until)]
    assert CALENDARS.add_working_days(dt.date(2026, 3, 16), 30, ["ceuta"], suspended=held).date == last


@pytest.mark.parametrize(("work", "last"), [(True, dt.date(2016, 9, 30)), (False, dt.date(2016, 10, 3))])
def test_saturdays_worked_before_the_law_of_2015(work, last):
    """Ten days from a notice of September 2016 end a Saturday earlier under the older law."""
    blank = Year(place="state", year=2016, verified=True, source="none", days={})
    calendars = Calendars(years={("state", 2016): blank})
    assert calendars.add_working_days(dt.date(2016, 9, 19), 10, [], saturdays=work).date == last


def test_a_year_without_a_file_gives_no_date():
    """Nothing is guessed for a year without a calendar."""
    reached = CALENDARS.add_working_days(dt.date(2027, 12, 20), 30, ["ceuta"])
    assert (reached.date, reached.provisional, reached.reason) == (None, True, "state 2028")


def test_what_the_published_lists_say_prevails():
    """2 September was no holiday in Ceuta in 2024 and 2025, and is one in 2026."""
    days = [CALENDARS.nonworking(dt.date(year, 9, 2), ["ceuta"]) for year in (2024, 2025, 2026)]
    assert days == [False, False, True]


def test_asking_a_missing_calendar_says_which_file_to_add():
    """The error names the place, the year and the file."""
    with pytest.raises(NoCalendarError, match=r"ceuta_2031\.yaml"):
        Calendars(years={("state", 2031): CALENDARS.years["state", 2026]}).nonworking(
            dt.date(2031, 1, 2), ["ceuta"]
        )


@pytest.mark.parametrize(
    ("start", "days", "unsettled"),
    [(dt.date(2027, 3, 1), 4, False), (dt.date(2027, 3, 1), 6, True), (dt.date(2027, 3, 12), 5, True)],
)
def test_an_estimated_feast_near_the_days_makes_them_provisional(start, days, unsettled):
    """Eid of 10 March 2027 unsettles a count that ends on 8 March or later, or starts two days after it."""
    years = {
        key: Year(
            place=y.place, year=y.year, verified=True, source=y.source, days=y.days, estimated=y.estimated
        )
        for key, y in CALENDARS.years.items()
    }
    reached = Calendars(years=years).add_working_days(start, days, ["ceuta"])
    assert reached.provisional is unsettled


def test_an_unverified_year_makes_a_date_provisional():
    """A date that leans on the file of 2027 says so, one of 2026 alone stands firm."""
    assert CALENDARS.add_working_days(dt.date(2026, 12, 1), 30, ["ceuta"]).provisional
    assert not CALENDARS.add_working_days(dt.date(2026, 8, 3), 30, ["ceuta"]).provisional


VERIFIED = [(y.place, y.year) for y in CALENDARS.years.values() if y.verified and y.place != "state"]


@pytest.mark.parametrize(("place", "number"), VERIFIED)
def test_a_verified_year_has_its_fourteen_days(place, number):
    """State and local days together are the fourteen that the law allows."""
    days = {*CALENDARS.years["state", number].days, *CALENDARS.years[place, number].days}
    assert len(days) == 14


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("2026-02-30: x", "is no date"),
        ("2025-01-01: x", "is no day of 2026"),
        ("monday: x", "is not a date"),
        ("2026-01-02: {name: x, maybe: true}", "unknown key 'maybe'"),
        ("2026-01-01: x\n  2026-01-01: y", "stands twice"),
    ],
)
def test_a_faulty_calendar_is_refused_with_its_line(tmp_path, line, complaint):
    """File, line and fault are in the message."""
    file = tmp_path / "ceuta_2026.yaml"
    head = "place: ceuta\nyear: 2026\nverified: true\nsource: x\nchecked_on: 2026-01-01\ndays:\n"
    file.write_text(f"{head}  {line}\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"^ceuta_2026\.yaml, line [78]: .*{complaint}"):
        year(file)
