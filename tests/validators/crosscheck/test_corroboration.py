"""Two readings that agree: how sure they make a certificate's dates, and when they do not."""

import datetime as dt

import pytest

from validators.crosscheck.corroboration import combined, corroborated
from validators.facts import (
    Application,
    Evidence,
    Fact,
    Filing,
    Period,
    Person,
    RegisterAnswer,
    Registration,
)

FILED = dt.date(2026, 3, 16)
SINCE = dt.date(2019, 5, 10)


def fact(value, confidence=0.99, others=()):
    return Fact(value=value, confidence=confidence, evidence=(Evidence("d1", "x"),), others=others)


def person(number="X1234567L", name="Nadia"):
    return Person(given_name=fact(name), first_surname=fact("Benali"), id_number=fact(number))


def stay(since=SINCE, until=None, town="Ceuta", confidence=0.6, others=()):
    return Period(
        municipality=fact(town), since=fact(since, confidence, others), until=fact(until, confidence)
    )


def case(*, paper, told, who=None, as_of=FILED):
    certificate = Registration(
        document="d1", official=True, person=person(), issued_on=fact(FILED), periods=(paper,)
    )
    answer = RegisterAnswer(
        document="register-1",
        source="s",
        ground="g",
        about="applicant",
        answer="found",
        as_of=as_of,
        person=who or person(),
        periods=(told,),
    )
    return Application(
        procedure="convenio_especial",
        filing=Filing(filed_on=FILED, source="office", received_on=FILED),
        applicant=person(),
        registrations=(certificate,),
        register=(answer,),
    )


def raised(**parts):
    return corroborated(case(**parts)).registrations[0].periods[0]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(0.5, 0.99, 0.99), (0.9, 0.9, 0.9878), (0.6, 0.6, 0.6923), (0.99, 0.99, 0.99), (1.0, 0.5, 1.0)],
)
def test_two_agreeing_readings_are_surer_than_either_and_never_above_099(one, other, both):
    """ab / (ab + (1-a)(1-b)), at most 0.99; nothing is ever made less sure."""
    assert combined(one, other) == pytest.approx(both, abs=1e-4)


def test_nothing_is_known_of_two_readings_that_exclude_each_other():
    """One is certain, the other impossible: the first stands."""
    assert combined(1.0, 0.0) == 1.0


def test_the_very_same_stay_of_the_very_same_person_raises_the_reading():
    """Name, number, municipality, alta and open end agree: the doubt about a day is settled."""
    found = raised(paper=stay(others=(dt.date(2019, 10, 5),)), told=stay(confidence=0.99))
    assert found.since.confidence == found.until.confidence == 0.99
    assert found.since.others == ()
    assert len(found.since.evidence) == 2


@pytest.mark.parametrize(
    "parts",
    [
        {"told": stay(since=dt.date(2019, 5, 11))},
        {"told": stay(until=dt.date(2025, 7, 1))},
        {"told": stay(town="Melilla")},
        {"told": stay(), "who": person(number="Y7654321G")},
        {"told": stay(), "who": person(name="Samira")},
        {"told": stay(), "who": Person(given_name=fact("Nadia"), first_surname=fact("Benali"))},
    ],
)
def test_a_scanned_date_is_never_raised_unless_all_agree_exactly(parts):
    """A day, the end, the town, the number or the name differ, or the number is not told."""
    found = raised(paper=stay(), **parts)
    assert (found.since.confidence, found.until.confidence) == (0.6, 0.6)


@pytest.mark.parametrize(("as_of", "sure"), [(FILED, 0.99), (FILED - dt.timedelta(days=1), 0.6), (None, 0.6)])
def test_older_data_do_not_confirm_that_an_entry_is_still_open(as_of, sure):
    """The alta is confirmed by any answer, the open end only by one as new as the certificate."""
    found = raised(paper=stay(), told=stay(confidence=0.99), as_of=as_of)
    assert (found.since.confidence, found.until.confidence) == (0.99, sure)


def test_an_end_that_cannot_be_read_is_not_an_open_one():
    """A baja without a legible day is not confirmed by an entry that is open."""
    paper = Period(municipality=fact("Ceuta"), since=fact(SINCE, 0.6), until=Fact(value=None, confidence=0.0))
    assert raised(paper=paper, told=stay(confidence=0.99)).since.confidence == 0.6
