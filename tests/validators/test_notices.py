"""An act notified in time, on paper or electronically, and the silence that follows where nothing came."""

import datetime as dt

import pytest

from validators.calendar import Calendars, Year
from validators.deadlines import (
    Attempt,
    Deadlines,
    Extension,
    Notices,
    Requirement,
    Where,
    alarm,
    attempts_found,
    cure_in_words,
    days_left,
    duty_met,
    may_publish,
    most_extension,
    notified_on,
    notify_by,
    silent_since,
    where,
)
from validators.facts import Address, Application, AsistenciaRequest, Fact, Filing, Person
from validators.law import version
from validators.policy import Policy
from validators.rules import Law

AT = Where(places=("ceuta",), seat=("madrid",))
NEW, OLD = dt.date(2026, 3, 16), dt.date(2016, 9, 19)
LAST = dt.date(2026, 4, 30)
CLOCK = Deadlines(clock_start=dt.date(2026, 3, 17), resolve_by=LAST, silence="positive")


def law(on=NEW, calendars=None):
    """The law of a day."""
    return Law(on=on, version=version(on), policy=Policy(), calendars=calendars or Calendars.shipped())


def day(text):
    """A day of 2026 from its month and day."""
    return dt.date.fromisoformat(f"2026-{text}")


def attempt(text, hour=None, minute=0):
    """An attempt of 2026 at an hour."""
    return Attempt(on=day(text), at=None if hour is None else dt.time(hour, minute))


@pytest.mark.parametrize(
    ("first", "second", "enough"),
    [
        (attempt("03-31", 10), attempt("04-01", 16), True),
        (attempt("03-31", 16), attempt("04-01", 10), True),
        (attempt("03-31", 14, 59), attempt("04-01", 17, 59), True),
        (attempt("03-31", 14, 59), attempt("04-01", 17, 58), False),
        (attempt("03-31", 9), attempt("04-01", 14, 59), False),
        (attempt("03-31", 9), attempt("04-01", 15), True),
        (attempt("03-31", 10), attempt("04-07", 16), True),
        (attempt("03-31", 10), attempt("04-08", 16), False),
        (attempt("03-31", 10), attempt("04-01"), False),
        (attempt("03-31"), attempt("04-01", 16), False),
    ],
)
def test_two_attempts_in_two_bands_near_enough_allow_the_publication(first, second, enough):
    """Before and after three o'clock, three hours apart, the second within three working days."""
    assert may_publish((second, first), AT, law()) is enough
    assert (attempts_found((first, second), AT, law()) is None) is enough


def test_one_attempt_alone_does_not_allow_it():
    """The finding is for a person; without any attempt there is nothing to say."""
    found = attempts_found((attempt("03-31", 10),), AT, law())
    assert (found.rule, found.outcome) == ("PLZ-15", "review")
    assert attempts_found((), AT, law()) is None


@pytest.mark.parametrize(("second", "enough"), [(11, True), (10, False)])
def test_under_the_older_law_another_hour_was_enough(second, enough):
    """Ley 30/1992 named no band, only another hour."""
    attempts = (
        Attempt(on=dt.date(2016, 9, 20), at=dt.time(10)),
        Attempt(on=dt.date(2016, 9, 21), at=dt.time(second, 0)),
    )
    assert may_publish(attempts, AT, law(OLD)) is enough


@pytest.mark.parametrize(
    ("notices", "on"),
    [
        (Notices(), None),
        (Notices(dictated_on=day("04-20")), None),
        (Notices(attempts=(attempt("04-29"), attempt("04-30"))), day("04-29")),
        (Notices(at_disposal_on=day("04-30"), opened_on=day("05-02")), day("04-30")),
        (Notices(notified_on=day("05-01"), published_on=day("05-20")), day("05-01")),
    ],
)
def test_the_duty_to_notify_is_met_by_the_first_attempt_or_putting_at_disposal(notices, on):
    """A resolution that only has a date meets nothing."""
    met = duty_met(notices, law())
    assert (met.on if met else None) == on
    assert met is None or met.applied.rule == "PLZ-13"


@pytest.mark.parametrize(
    ("met_on", "today", "since"),
    [
        (None, LAST, None),
        (None, day("05-01"), day("05-01")),
        (LAST, day("05-01"), None),
        (day("05-01"), day("05-02"), day("05-01")),
    ],
)
def test_silence_has_effect_the_day_after_the_last_one(met_on, today, since):
    """Notified on the last day there is none; a day late it has come already."""
    notices = Notices(notified_on=met_on) if met_on else Notices()
    assert silent_since(CLOCK, notices, today, law()) == since


def test_there_is_no_silence_without_a_last_day():
    """Where no calendar is at hand a person counts."""
    assert silent_since(Deadlines(clock_start=NEW), Notices(), dt.date(2030, 1, 1), law()) is None


@pytest.mark.parametrize(
    ("notices", "on"),
    [
        (Notices(at_disposal_on=day("04-01")), day("04-12")),
        (Notices(at_disposal_on=day("04-01"), opened_on=day("04-03")), day("04-03")),
        (Notices(attempts=(attempt("04-01"),), published_on=day("04-20")), day("04-20")),
        (Notices(attempts=(attempt("04-01"),)), None),
    ],
)
def test_an_act_counts_as_notified_when_opened_rejected_or_published(notices, on):
    """Not opened in ten natural days it counts as rejected on the eleventh; an attempt notifies nothing."""
    assert notified_on(notices, law()) == on


@pytest.mark.parametrize(
    ("today", "outcome"),
    [("04-22", None), ("04-23", "notice"), ("04-30", "notice"), ("05-01", "review")],
)
def test_the_alarm_rings_five_working_days_before_silence(today, outcome):
    """Six working days are left on 22 April, five on 23; after the last day it is a review."""
    found = alarm(CLOCK, day(today), AT, law())
    assert (found.outcome if found else None) == outcome
    assert found is None or found.rule == "CE-RESOL-01"


def test_there_is_no_alarm_where_silence_refuses():
    """CE-RESOL-01 is of the convenio; the INSS's silence grants nothing."""
    negative = Deadlines(clock_start=NEW, resolve_by=LAST, silence="negative")
    assert alarm(negative, LAST, AT, law()) is None


def test_the_days_left_are_the_fewest_of_the_calendars():
    """9 November is a day off of Madrid only."""
    assert days_left(day("11-06"), day("11-10"), AT, law()) == 1
    assert days_left(day("11-06"), day("11-10"), Where(places=("ceuta",)), law()) == 2


def test_an_act_is_notified_by_the_earliest_of_the_last_days():
    """The duty is the administration's: a holiday of Madrid does not lengthen it."""
    assert notify_by(day("11-03"), AT, law()).date == day("11-17")
    assert notify_by(day("11-03"), Where(places=("madrid",)), law()).date == day("11-18")


def test_a_count_is_told_as_a_letter_tells_it():
    """From when to when, and which holidays are left out; week-ends are not listed one by one."""
    said = cure_in_words(Requirement(notified_on=day("03-24")), AT, law())
    assert said.es == (
        "10 días hábiles, del 25/03/2026 al 09/04/2026; no cuentan los sábados ni los domingos ni 02/04/2026 "
        "(Jueves Santo), 03/04/2026 (Viernes Santo)."
    )
    assert (
        "15 working days"
        in cure_in_words(Requirement(notified_on=day("03-24"), extensions=(Extension(days=5),)), AT, law()).en
    )


def test_under_the_older_law_a_holiday_on_a_saturday_is_told_too():
    """Saturdays counted then, so the Día de Melilla of 2016 is a day that did not."""
    said = cure_in_words(Requirement(notified_on=dt.date(2016, 9, 12)), Where(places=("melilla",)), law(OLD))
    assert said.es == (
        "10 días hábiles, del 13/09/2016 al 24/09/2016; no cuentan los domingos ni 17/09/2016 (Día de "
        "Melilla)."
    )


def test_a_count_without_a_calendar_is_not_told():
    """2031 is not at hand."""
    assert cure_in_words(Requirement(notified_on=dt.date(2031, 3, 24)), AT, law()) is None


@pytest.mark.parametrize(("days", "most"), [(10, 5), (11, 5), (12, 6), (20, 10)])
def test_a_time_to_cure_is_extended_by_five_days_or_half_of_a_longer_one(days, most):
    """Ley 39/2015, arts. 68.2 and 32.1."""
    assert most_extension(days, law()) == most


def inss(province):
    """An INSS application of a province."""
    request = AsistenciaRequest(document="d1", holder=Person(), province=Fact(value=province))
    filing = Filing(filed_on=NEW, source="office", received_on=NEW)
    return Application(
        procedure="asistencia_sanitaria", filing=filing, applicant=Person(), asistencia=(request,)
    )


def test_another_province_counts_with_its_own_days_once_its_list_is_loaded():
    """By any of its names; without the list only the days of the State are known."""
    feast = {day("08-19"): "Feria"}
    ours = Year(place="a-coruna", year=2026, verified=True, source="DOG", days=feast)
    loaded = Calendars.shipped().with_years([ours])
    assert where(inss("La Coruña"), loaded) == Where(places=("a-coruna",))
    assert where(inss("La Coruña"), Calendars.shipped()).unknown == "La Coruña"


def test_the_list_of_the_capital_is_not_that_of_the_province_of_madrid():
    """San Isidro and the Almudena are days of one municipality."""
    assert where(inss("Madrid"), Calendars.shipped()).unknown == "Madrid"


def test_the_province_is_taken_from_the_postal_code_where_it_is_not_written():
    """29001 is Málaga."""
    request = AsistenciaRequest(
        document="d1", holder=Person(), address=Address(parts={"postal_code": Fact(value="29001")})
    )
    filing = Filing(filed_on=NEW, source="office", received_on=NEW)
    case = Application(
        procedure="asistencia_sanitaria", filing=filing, applicant=Person(), asistencia=(request,)
    )
    ours = Year(place="malaga", year=2026, verified=True, source="BOJA", days={})
    assert where(case, Calendars.shipped().with_years([ours])) == Where(places=("malaga",))
