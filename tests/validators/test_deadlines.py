"""The clock of an application, from its place and procedure."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from validators.calendar import Calendars, Year
from validators.deadlines import (
    Extension,
    Happened,
    Requirement,
    Where,
    cure_limit,
    deadlines,
    payment_limit,
    signing_limit,
    where,
)
from validators.examples import examples, judged
from validators.facts import (
    Address,
    Application,
    AsistenciaRequest,
    ConvenioRequest,
    Fact,
    Filing,
    Person,
    Registration,
)
from validators.law import version
from validators.policy import Policy
from validators.rules import Law

CEUTA = ConvenioRequest(document="d1", applicant=Person(), territorial_office=Fact(value="ceuta"))
AT = Where(places=("ceuta",), seat=("madrid",))


def law(on):
    return Law(on=on, version=version(on), policy=Policy(), calendars=Calendars.shipped())


def case(procedure="convenio_especial", on=dt.date(2026, 3, 16), **facts):
    filing = Filing(filed_on=on, source="office", received_on=dt.date(2026, 11, 22))
    return Application(procedure=procedure, filing=filing, applicant=Person(), **facts)


def clock(application):
    return deadlines(application, [], law(application.filing.filed_on))


def test_the_clock_starts_the_day_after_filing_and_silence_is_positive():
    """The contract's own example, to the day."""
    found = clock(case(convenio=(CEUTA,)))
    assert found.clock_start == dt.date(2026, 3, 17)
    assert (found.resolve_by, found.resolve_by_seat) == (dt.date(2026, 4, 30), dt.date(2026, 4, 30))
    assert (found.silence, found.cure_by, found.provisional, found.findings) == ("positive", None, False, ())


def test_the_alarm_stands_on_the_earliest_calendar():
    """A holiday of Madrid moves the date by the seat, not the alarm."""
    found = clock(case(on=dt.date(2025, 3, 17), convenio=(CEUTA,)))
    assert (found.resolve_by, found.resolve_by_seat) == (dt.date(2025, 5, 2), dt.date(2025, 5, 5))


@pytest.mark.parametrize(
    "facts",
    [
        {
            "convenio": (
                ConvenioRequest(document="d1", applicant=Person(), territorial_office=Fact(value="melilla")),
            )
        },
        {"office": "MEL01"},
        {
            "registrations": (
                Registration(
                    document="d2", official=True, person=Person(), municipality=Fact(value="Melilla")
                ),
            )
        },
    ],
)
def test_the_place_comes_from_form_office_or_register(facts):
    """Melilla's September of 2026 counts, wherever the papers name the city."""
    found = clock(case(on=dt.date(2026, 8, 3), **facts))
    assert (found.resolve_by, found.provisional) == (dt.date(2026, 9, 15), False)


def test_a_convenio_without_a_city_is_provisional_on_the_earlier():
    """Ceuta or Melilla: the earlier day, marked provisional, with the reason and the days of Melilla."""
    found = clock(case(on=dt.date(2026, 8, 3)))
    assert (found.resolve_by, found.provisional) == (dt.date(2026, 9, 15), True)
    assert [(f.rule, "de Ceuta y de Melilla" in f.reason.es) for f in found.findings] == [("PLZ-18", True)]
    assert {day.place for day in found.days_off if day.why == "holiday"} == {"state", "melilla"}


def test_silence_at_the_inss_is_negative():
    """The INSS decides in the province: no Madrid calendar for a case of Ceuta."""
    address = Address(parts={"postal_code": Fact(value="51001")})
    request = AsistenciaRequest(document="d1", holder=Person(), address=address)
    found = clock(case("asistencia_sanitaria", dt.date(2025, 3, 17), asistencia=(request,)))
    assert (found.silence, found.resolve_by_seat, found.provisional) == (
        "negative",
        dt.date(2025, 5, 2),
        False,
    )


def test_an_inss_case_elsewhere_has_the_days_of_the_state_only():
    """Málaga's own holidays are not known: provisional, and a notice names the province."""
    request = AsistenciaRequest(document="d1", holder=Person(), province=Fact(value="Málaga"))
    found = clock(case("asistencia_sanitaria", asistencia=(request,)))
    assert found.provisional
    assert [(f.rule, f.outcome, "Málaga" in f.reason.es) for f in found.findings] == [
        ("PLZ-18", "notice", True),
        ("AS-PLZ-01", "notice", False),
    ]


def test_a_year_without_calendar_has_no_date_and_is_looked_at():
    """Filed in December 2027: nothing is guessed for 2028."""
    found = clock(case(on=dt.date(2027, 12, 20), convenio=(CEUTA,)))
    assert (found.resolve_by, found.resolve_by_seat, found.provisional) == (None, None, True)
    assert [(f.rule, f.outcome) for f in found.findings] == [("PLZ-CAL", "review")]


def test_an_unknown_procedure_has_no_deadline():
    """Nothing but the start of the clock is known."""
    found = clock(case("unknown"))
    assert (found.clock_start, found.resolve_by, found.silence) == (dt.date(2026, 3, 17), None, None)


def test_the_later_limits_follow_the_table():
    """Cure and its extension, three months to sign, the window of payment."""
    here = law(dt.date(2026, 3, 16))
    notified = dt.date(2026, 3, 24)
    assert cure_limit(Requirement(notified_on=notified), AT, here).date == dt.date(2026, 4, 9)
    assert cure_limit(
        Requirement(notified_on=notified, extensions=(Extension(days=5),)), AT, here
    ).date == dt.date(2026, 4, 16)
    assert signing_limit(dt.date(2026, 5, 5), AT, here).date == dt.date(2026, 8, 6)
    assert payment_limit(dt.date(2026, 8, 1), AT, here).date == dt.date(2026, 8, 10)


def test_the_calendar_of_a_register_counts_for_the_person_where_it_was_loaded():
    """Only with a register's proof of filing among the papers; the person has the latest day."""
    days = {dt.date(2026, 3, day): "sede cerrada" for day in (25, 26, 30)}
    own = Year(place="register", year=2026, verified=True, source="sede electrónica", days=days)
    loaded = Calendars.shipped().with_years([own])
    filed = case(convenio=(CEUTA,), papers={"filing_receipt": ("d3",)})
    notified = Requirement(notified_on=dt.date(2026, 3, 24))
    on = law(filed.filing.filed_on)
    with_it = replace(on, calendars=loaded)
    by_register = cure_limit(notified, replace(AT, register=True), with_it)
    assert where(filed, loaded) == replace(AT, register=True)
    assert where(case(convenio=(CEUTA,)), loaded) == where(filed, on.calendars) == AT
    assert by_register.date == dt.date(2026, 4, 13)
    assert cure_limit(notified, AT, with_it).date == dt.date(2026, 4, 9)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (AT, False),
        (replace(AT, places=("ceuta", "melilla")), True),
        (replace(AT, places=("",), unknown="Málaga"), True),
    ],
)
def test_a_limit_is_provisional_where_it_is_open_whose_days_count(at, open_):
    """One known place whose lists were seen makes it firm: to cure and to sign."""
    here = law(dt.date(2026, 3, 16))
    assert cure_limit(Requirement(notified_on=dt.date(2026, 3, 24)), at, here).provisional is open_
    assert signing_limit(dt.date(2026, 5, 5), at, here).provisional is open_


@pytest.mark.parametrize("verified", [True, False])
def test_a_doubtful_time_to_cure_makes_the_time_to_resolve_doubtful_too(verified):
    """The clock may stand still until the last day to cure: the register's own list was not compared."""
    days = {dt.date(2026, 3, 25): "sede cerrada"}
    own = Year(place="register", year=2026, verified=verified, source="sede", days=days)
    with_it = replace(law(dt.date(2026, 3, 16)), calendars=Calendars.shipped().with_years([own]))
    filed = case(convenio=(CEUTA,), papers={"filing_receipt": ("d3",)})
    happened = Happened(requirements=(Requirement(notified_on=dt.date(2026, 3, 24)),))
    assert deadlines(filed, [], with_it, happened).provisional is not verified


@cache
def all_judged():
    """Every example of the law that is a case, with what the law says of it."""
    return [(example, judged(example)) for example in examples() if example.reckoning is None]


def cures(found):
    """The rules by which something is to be cured."""
    return {finding.rule for finding in found.findings if finding.outcome == "cure"}


def test_a_time_to_cure_is_given_when_and_only_when_something_is_to_be_cured():
    """CE-SUB-01 in the convenio, of every example of the law; PLZ-07 beside it, and in the INSS alone."""
    wrong = [
        example.title
        for example, found in all_judged()
        if found.deadlines.silence is not None
        and (
            ("CE-SUB-01" in cures(found))
            != (example.application.procedure == "convenio_especial" and cures(found) != set())
            or ("PLZ-07" in {one.rule for one in found.deadlines.applied}) != bool(cures(found))
            or cures(found) == {"CE-SUB-01"}
        )
    ]
    assert wrong == []


def test_every_sentence_of_the_clock_is_whole():
    """No blank is left open in any language, and each has its article."""
    said = [one for _, found in all_judged() for one in found.deadlines.applied]
    assert [one for one in said if "{" in "".join(one.reason) or not all((*one.reason, one.basis))] == []
    assert len({one.rule for one in said}) > 10
