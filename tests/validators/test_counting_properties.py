"""What must hold of every count of days, whatever the dates, places and holidays."""

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.calendar import Calendars, Span, Year
from validators.dates import add_months
from validators.deadlines import (
    Attempt,
    Extension,
    Happened,
    Report,
    Requirement,
    Where,
    cure_limit,
    deadlines,
    notify_by,
    payment_limit,
    rejected_after,
    second_attempt_by,
    signing_limit,
)
from validators.facts import Application, ConvenioRequest, Fact, Filing, Person
from validators.law import version
from validators.policy import Policy
from validators.rules import Law

DAY = dt.timedelta(days=1)
FILED = dt.date(2026, 3, 16)
CALENDARS = Calendars.shipped()
PLACES = st.lists(st.sampled_from(["ceuta", "melilla", "madrid"]), unique=True, max_size=3).map(tuple)
DATES = st.dates(dt.date(2014, 1, 1), dt.date(2026, 9, 30))
COUNTS = st.integers(1, 60)
ANY_DATE = st.dates()
SETTINGS = settings(max_examples=60, deadline=None)
CONVENIO = ConvenioRequest(document="d1", applicant=Person(), territorial_office=Fact(value="ceuta"))


def end(start, days, places, calendars=CALENDARS, **more):
    """The last of some working days."""
    found = calendars.add_working_days(start, days, places, **more).date
    assert found is not None
    return found


def application(on, procedure="convenio_especial"):
    """A bare application filed on a day."""
    filing = Filing(filed_on=on, source="office", received_on=on)
    return Application(procedure=procedure, filing=filing, applicant=Person(), convenio=(CONVENIO,))


def law(on, calendars=CALENDARS):
    """The law of a day."""
    return Law(on=on, version=version(on), policy=Policy(), calendars=calendars)


@SETTINGS
@given(DATES, st.integers(0, 40), COUNTS, PLACES, st.booleans())
def test_who_starts_later_never_ends_earlier(start, later, days, places, saturdays):
    """Counting is monotone in the first day."""
    more = start + later * DAY
    assert end(start, days, places, saturdays=saturdays) <= end(more, days, places, saturdays=saturdays)


@SETTINGS
@given(DATES, COUNTS, PLACES)
def test_one_more_day_ends_later(start, days, places):
    """Counting is strictly monotone in the number of days."""
    assert end(start, days, places) < end(start, days + 1, places)


@SETTINGS
@given(DATES, COUNTS, PLACES, st.integers(0, 100))
def test_one_more_holiday_never_ends_earlier(start, days, places, after):
    """A day off moves the end later, or not at all."""
    feast = start + after * DAY
    own = CALENDARS.years["state", feast.year]
    with_it = Year(
        place="state",
        year=feast.year,
        verified=True,
        source="x",
        days={**own.days, feast: "fiesta"},
    )
    assert end(start, days, places, CALENDARS.with_years([with_it])) >= end(start, days, places)


@SETTINGS
@given(DATES, COUNTS, st.lists(st.sampled_from(["ceuta", "melilla"]), min_size=1, unique=True).map(tuple))
def test_the_seat_never_makes_a_date_earlier(start, days, places):
    """The days off of Madrid beside those of the place."""
    assert end(start, days, (*places, "madrid")) >= end(start, days, places)


@SETTINGS
@given(DATES, COUNTS, PLACES, st.integers(0, 60), st.integers(0, 60))
def test_a_suspension_moves_the_end_by_its_working_days(start, days, places, first, length):
    """As many working days come after the old end as the suspension took away before the new one."""
    span = Span(start + first * DAY, start + (first + length) * DAY)
    moved = end(start, days, places, suspended=[span])
    inside = Span(max(span.first, start + DAY), min(span.last, moved))
    old = end(start, days, places)
    assert CALENDARS.working_days(Span(old + DAY, moved), places) == CALENDARS.working_days(inside, places)


@SETTINGS
@given(DATES, COUNTS, PLACES, st.booleans())
def test_every_day_of_a_count_works_or_is_passed_over_with_its_reason(start, days, places, saturdays):
    """Working days and days off add up to all days, and the last day works."""
    last = end(start, days, places, saturdays=saturdays)
    off = CALENDARS.days_off(Span(start + DAY, last), places, saturdays=saturdays)
    assert len(off) + days == (last - start).days
    assert last not in {day.date for day in off}


@SETTINGS
@given(DATES, st.integers(1, 12), PLACES)
@example(dt.date(2026, 1, 31), 1, ())
@example(dt.date(2024, 2, 29), 12, ("ceuta",))
def test_months_end_on_the_first_working_day_from_their_date(start, months, places):
    """From the same ordinal day, or the month's last, nothing works until the day reached."""
    date, reached = add_months(start, months), CALENDARS.months_later(start, months, places).date
    assert reached is not None
    assert CALENDARS.working_days(Span(date, reached), places) == 1
    assert not CALENDARS.nonworking(reached, places)


@SETTINGS
@given(ANY_DATE, st.sampled_from(["convenio_especial", "asistencia_sanitaria", "unknown"]))
@example(dt.date.max, "convenio_especial")
@example(dt.date(9999, 12, 30), "asistencia_sanitaria")
@example(dt.date(2027, 12, 31), "convenio_especial")
@example(dt.date(2013, 12, 31), "asistencia_sanitaria")
def test_a_year_without_a_calendar_has_no_date_and_is_looked_at(on, procedure):
    """Never an exception; a date exactly where there is no PLZ-CAL."""
    found = deadlines(application(on, procedure), [], law(on))
    missing = {finding.outcome.value for finding in found.findings if finding.rule == "PLZ-CAL"}
    assert missing == ({"review"} if found.resolve_by is None and procedure != "unknown" else set())


@SETTINGS
@given(DATES, ANY_DATE, st.none() | ANY_DATE, ANY_DATE, st.none() | ANY_DATE, st.integers(-5, 200))
@example(FILED, dt.date.max, dt.date.max, dt.date.max, dt.date.max, 10**9)
@example(FILED, dt.date.min, dt.date.min, dt.date.min, dt.date.min, -(10**9))
def test_events_without_sense_are_findings_and_never_exceptions(on, notified, complied, asked, came, extra):
    """Whatever the days of a requirement and a report, and however it was extended."""
    asked_for = Requirement(
        notified_on=notified, complied_on=complied, extensions=(Extension(days=extra, on=complied),)
    )
    report = Report(requested_on=asked, received_on=came)
    happened = Happened(requirements=(asked_for,), reports=(report,), extra_days=extra)
    found = deadlines(application(on), [], law(on), happened)
    wrong = notified < on or (complied or notified) < notified or asked < on or (came or asked) < asked
    assert ("PLZ-08" in {finding.rule for finding in found.findings}) == wrong


@SETTINGS
@given(DATES, st.integers(0, 10), st.integers(0, 30))
def test_a_later_compliance_never_makes_the_time_to_resolve_shorter(on, after, taken):
    """A day more until the defects are cured moves the last day later, or not at all."""
    notified = on + after * DAY
    ends = [
        deadlines(
            application(on),
            [],
            law(on),
            Happened(requirements=(Requirement(notified_on=notified, complied_on=notified + n * DAY),)),
        ).resolve_by
        for n in (taken, taken + 1)
    ]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[0] <= ends[1]


@SETTINGS
@given(ANY_DATE, DATES)
@example(dt.date.max, FILED)
@example(dt.date.min, FILED)
def test_no_limit_of_any_day_is_an_exception(day, on):
    """To cure, to notify, to sign, to pay: a date, or none where a calendar is missing."""
    at = Where(places=("ceuta",), seat=("madrid",))
    for limit in (
        cure_limit(Requirement(notified_on=day), at, law(on)),
        notify_by(day, at, law(on)),
        signing_limit(day, at, law(on)),
        payment_limit(day.replace(day=1), at, law(on)),
        rejected_after(day, law(on)),
        second_attempt_by(Attempt(on=day), at, law(on)),
    ):
        assert (limit.date is None) <= limit.provisional
