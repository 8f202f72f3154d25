"""What is proposed for an application; the worked fees of docs/law.md stand among the examples of the law."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from validators.calendar import Calendars
from validators.facts import Application, ConvenioRequest, Fact, Filing, Person
from validators.fee import fee, monthly, part_of_month
from validators.law import version
from validators.policy import Policy
from validators.rules import Law
from validators.rules.fee import leap_day


def test_a_part_lies_in_one_month():
    """Days of two months are not one part."""
    with pytest.raises(ValueError, match="one month"):
        part_of_month(Decimal(60), dt.date(2026, 1, 31), dt.date(2026, 2, 1), Policy())


@pytest.mark.parametrize(("on", "euros"), [(dt.date(2026, 3, 14), "60.00"), (dt.date(2026, 3, 15), "157.00")])
def test_the_fee_depends_on_the_age_on_the_day(on, euros):
    """On the sixty-fifth birthday the higher fee applies, the day before it does not."""
    assert monthly(dt.date(1961, 3, 15), on) == Decimal(euros)


def request(born, kind="alta"):
    person = Person(birth_date=born)
    return Application(
        procedure="convenio_especial",
        filing=Filing(filed_on=dt.date(2026, 3, 16), source="office", received_on=dt.date(2026, 3, 16)),
        applicant=person,
        convenio=(ConvenioRequest(document="d1", applicant=person, request_type=Fact(value=kind)),),
    )


def law(on=dt.date(2026, 3, 16)):
    return Law(on=on, version=version(on), policy=Policy(), calendars=Calendars.shipped())


def test_the_proposed_fee_has_no_month_until_signed():
    """The amount stands, the month from which it applies is open."""
    proposed = fee(request(Fact(value=dt.date(1980, 1, 1))), law())
    assert (proposed.monthly, proposed.since) == (Decimal("60.00"), None)


@pytest.mark.parametrize(
    "born",
    [
        None,
        Fact(value=None),
        Fact(value=dt.date(1980, 1, 1), confidence=0.89),
        Fact(value=dt.date(1980, 1, 1), others=(dt.date(1930, 1, 1),)),
        Fact(value=dt.date(2026, 3, 17)),
    ],
)
def test_no_fee_is_proposed_on_a_doubtful_birth_date(born):
    """Absent, illegible, uncertain, contradicted or future: no amount."""
    assert fee(request(born), law()) is None


def test_the_end_of_a_convenio_has_no_fee():
    """A baja proposes no amount, nor does another procedure."""
    ended = request(Fact(value=dt.date(1980, 1, 1)), "baja")
    assert fee(ended, law()) is None
    assert fee(replace(ended, procedure="asistencia_sanitaria"), law()) is None


@pytest.mark.parametrize(
    ("on", "rules"),
    [(dt.date(2028, 12, 31), []), (dt.date(2029, 1, 1), ["CE-FEE-02"]), (dt.date(2030, 1, 1), [])],
)
def test_a_birthday_of_29_february_is_looked_at_in_its_year(on, rules):
    """Born on 29 February 1964: a person decides in 2029, when the fee may change in March or April."""
    found = leap_day.function(request(Fact(value=dt.date(1964, 2, 29))), law(on))
    assert [finding.rule for finding in found] == rules
