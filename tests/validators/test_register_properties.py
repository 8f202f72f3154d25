"""What must hold of every case, whatever a register answers."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.register.kept import kept_answers, register_report
from pipeline.routing import queue
from tests.law.changed import cases, one_of
from validators.assess import assess
from validators.calendar import Calendars
from validators.consultation import asked
from validators.facts import Evidence, Fact, Period, RegisterAnswer
from validators.rules._answered import UNASKED

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unanswered():
    """Return the examples that are cases and have no register's answer."""
    return (e for e in cases() if not e.application.register)


def certified():
    """Return those to approve that one certificate with one stay proves."""
    for e in unanswered():
        papers = e.application.registrations
        proposed = e.queue == "approve" and e.application.procedure == "convenio_especial"
        if proposed and asked(e.application) and len(papers) == 1 and len(papers[0].periods) == 1:
            yield e


PLACE = (Evidence("register-1", "periods"),)


def answered(example, answer, **said):
    papers = example.application.registrations
    towns = tuple(p.municipality.value for paper in papers for p in paper.periods if p.municipality.value)
    one = RegisterAnswer(
        document="register-1",
        source="padron",
        ground="Ley 39/2015, art. 28.2",
        about="applicant",
        municipalities=towns,
        answer=answer,
        **said,
    )
    return replace(example.application, register=(one,))


def judged(case, policy):
    return assess(case, policy, Calendars.shipped())


def told(day):
    return Fact(value=day, confidence=0.99, evidence=PLACE)


@pytest.mark.parametrize("why", sorted(UNASKED))
@QUIET
@given(example=one_of(unanswered))
def test_a_register_that_was_not_asked_moves_no_case(why, example):
    """Down, slow, opposed: the queue is the one without a register."""
    case = answered(example, "not_checked", why=why)
    assert queue(judged(case, example.policy).findings) == queue(
        judged(example.application, example.policy).findings
    )


@QUIET
@given(example=one_of(certified), days=st.integers(1, 4000), later=st.booleans())
def test_another_alta_than_the_certificate_s_is_never_approved(example, days, later):
    """However near the two dates are."""
    paper = example.application.registrations[0]
    (stay,) = paper.periods
    other = stay.since.value + dt.timedelta(days=days if later else -days)
    period = Period(municipality=stay.municipality, since=told(other), until=told(None))
    as_of = max(other, stay.since.value, example.application.filing.filed_on)
    case = answered(example, "found", as_of=as_of, person=example.application.applicant, periods=(period,))
    assert queue(judged(case, example.policy).findings) != "approve"


@QUIET
@given(example=one_of(certified), answer=st.sampled_from(["found", "not_found", "ambiguous"]))
def test_what_is_kept_is_judged_the_same(example, answer):
    """The answer read back from the case gives the same findings."""
    stay = example.application.registrations[0].periods[0]
    period = Period(municipality=told("Ceuta"), since=told(stay.since.value), until=told(None))
    said = {"person": example.application.applicant, "periods": (period,)} if answer == "found" else {}
    case = answered(example, answer, as_of=example.application.filing.filed_on, **said)
    again = replace(case, register=kept_answers(register_report(case.register)))
    first, second = (judged(one, example.policy).findings for one in (case, again))
    assert [(f.rule, f.outcome, f.reason) for f in first] == [(f.rule, f.outcome, f.reason) for f in second]
