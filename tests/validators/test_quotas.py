"""What each month of a convenio costs, from signature to its end, and which rules say so."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from validators.calendar import Calendars
from validators.facts import Application, Fact, Filing, Person
from validators.fee import fee
from validators.law import version
from validators.policy import Policy
from validators.quotas import schedule
from validators.rules import Law

BORN = dt.date(1980, 1, 1)
POLICY = Policy()


def application(born):
    """Return a convenio asked for by someone of that birth."""
    filing = Filing(filed_on=dt.date(2026, 3, 16), source="office", received_on=dt.date(2026, 3, 16))
    return Application(
        procedure="convenio_especial", filing=filing, applicant=Person(birth_date=Fact(value=born))
    )


def law(on=dt.date(2026, 3, 16)):
    """Return the law of a day."""
    return Law(on=on, version=version(on), policy=POLICY, calendars=Calendars.shipped())


def amounts(born, signed, last, policy=POLICY):
    """Return the amount of each month, by its number."""
    return {due.month.isoformat()[:7]: due.amount for due in schedule(born, signed, last, policy)}


def test_the_first_and_last_months_are_settled_by_days_and_the_others_are_whole():
    """Signed on 16 March, ended on 17 June: 16 of 31 days, two months, 17 of 30 days."""
    found = amounts(BORN, dt.date(2026, 3, 16), dt.date(2026, 6, 17))

    assert list(found.values()) == [Decimal(x) for x in ("30.97", "60.00", "60.00", "34.00")]


def test_a_convenio_that_begins_and_ends_in_one_month_costs_its_days_once():
    """From 5 to 20 May: 16 of 31 days."""
    assert amounts(BORN, dt.date(2026, 5, 5), dt.date(2026, 5, 20)) == {"2026-05": Decimal("30.97")}


def test_who_ends_before_signing_owes_nothing():
    """An end on the day before the signature leaves no month; on the day itself, one day."""
    assert amounts(BORN, dt.date(2026, 5, 5), dt.date(2026, 5, 4)) == {}
    assert amounts(BORN, dt.date(2026, 5, 5), dt.date(2026, 5, 5)) == {"2026-05": Decimal("1.94")}


@pytest.mark.parametrize(
    ("born", "signed", "march", "april"),
    [
        (dt.date(1961, 3, 15), dt.date(2026, 2, 10), "60.00", "157.00"),
        (dt.date(1961, 3, 1), dt.date(2026, 2, 10), "60.00", "157.00"),
        (dt.date(1961, 2, 28), dt.date(2026, 2, 10), "157.00", "157.00"),
        (dt.date(1961, 3, 20), dt.date(2026, 3, 16), "30.97", "157.00"),
        (dt.date(1961, 1, 10), dt.date(2026, 3, 16), "81.03", "157.00"),
    ],
)
def test_the_change_at_65_comes_the_month_after(born, signed, march, april):
    """The worked ages of docs/law.md: a birthday on the first still waits a month."""
    found = amounts(born, signed, dt.date(2026, 4, 30))

    assert (found["2026-03"], found["2026-04"]) == (Decimal(march), Decimal(april))


def test_a_birthday_of_29_february_leaves_march_to_a_person():
    """In 2029 the readings are 97 euros apart in March, and agree before and after it."""
    found = schedule(dt.date(1964, 2, 29), dt.date(2028, 1, 1), dt.date(2029, 4, 30), POLICY)[-3:]

    assert [(due.amount, due.otherwise) for due in found] == [
        (Decimal("60.00"), ()),
        (None, (Decimal("157.00"), Decimal("60.00"))),
        (Decimal("157.00"), ()),
    ]


@pytest.mark.parametrize(("chosen", "euros"), [("february_28", "157.00"), ("march_1", "60.00")])
def test_the_setting_of_29_february_decides_march(chosen, euros):
    """An office that has decided gets one amount."""
    policy = Policy(leap_birthday=chosen)

    assert amounts(dt.date(1964, 2, 29), dt.date(2028, 1, 1), dt.date(2029, 3, 31), policy)["2029-03"] == (
        Decimal(euros)
    )


@pytest.mark.parametrize(("signed", "amount"), [(dt.date(2029, 2, 27), "4.29"), (dt.date(2029, 2, 28), None)])
def test_who_signs_on_28_february_may_be_of_age_or_not(signed, amount):
    """The first fee goes by the age at signature: the day before it is sure, on the day it is not."""
    due = schedule(dt.date(1964, 2, 29), signed, dt.date(2029, 2, 28), POLICY)[0]

    assert due.amount == (None if amount is None else Decimal(amount))


def test_the_other_denominator_is_shown_where_it_gives_another_amount():
    """Natural days are the default; thirty parts are shown beside, and nothing where they agree."""
    march, april = schedule(BORN, dt.date(2026, 3, 16), dt.date(2026, 4, 30), POLICY)
    (again,) = schedule(BORN, dt.date(2026, 3, 16), dt.date(2026, 3, 31), Policy(proration="thirty"))

    assert (march.amount, march.otherwise) == (Decimal("30.97"), (Decimal("32.00"),))
    assert april.otherwise == ()
    assert (again.amount, again.otherwise) == (Decimal("32.00"), (Decimal("30.97"),))


def test_each_amount_names_the_rules_that_made_it():
    """A part of a month: age, days and rounding; a whole one: age; after the change: the change."""
    born, signed = dt.date(1961, 3, 20), dt.date(2026, 3, 16)
    march, april = schedule(born, signed, dt.date(2026, 4, 30), POLICY)

    assert [applied.rule for applied in march.applied] == ["CE-FEE-01", "CE-FEE-04", "CE-FEE-05"]
    assert [applied.rule for applied in april.applied] == ["CE-FEE-02"]
    assert "16 de 31 partes de 60,00 €" in march.applied[1].reason.es
    assert "157,00 € al mes desde el 01/04/2026" in april.applied[0].reason.es


def test_the_proposed_amount_names_its_rules_too():
    """Below the age: the amount, the day that counts and the change to come; above it, no change."""
    young = fee(application(dt.date(1980, 1, 1)), law())
    old = fee(application(dt.date(1950, 1, 1)), law())

    assert [one.rule for one in young.applied] == ["CE-FEE-01", "CE-FEE-03", "CE-FEE-02"]
    assert "01/02/2045" in young.applied[2].reason.en
    assert [one.rule for one in old.applied] == ["CE-FEE-01", "CE-FEE-03"]
    assert "157,00 € al mes: el 16/03/2026 ya ha cumplido 65 años" in old.applied[0].reason.es


def test_no_amount_is_proposed_on_the_day_that_two_readings_share():
    """Born on 29 February, filed on 28 February 2029: 60 or 157; an office that decided gets one."""
    leap, day = application(dt.date(1964, 2, 29)), dt.date(2029, 2, 28)
    decided = replace(law(day), policy=Policy(leap_birthday="march_1"))

    assert fee(leap, law(day)) is None
    assert fee(leap, decided).monthly == Decimal("60.00")
