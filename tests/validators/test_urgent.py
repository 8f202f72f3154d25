"""When somebody must act on an unanswered case: five working days before its last one, and after it."""

import datetime as dt

import pytest

from validators.calendar import Calendars
from validators.facts import Application, AsistenciaRequest, ConvenioRequest, Fact, Filing, Person
from validators.law import version
from validators.life import event, life
from validators.life.urgent import Urgent, urgent
from validators.policy import Policy
from validators.rules import Law

FILED = dt.date(2026, 3, 16)
LAST = dt.date(2026, 4, 30)
LAW = Law(on=FILED, version=version(FILED), policy=Policy(), calendars=Calendars.shipped())
PERSON = Person(birth_date=Fact(value=dt.date(1985, 4, 3)))
FILING = Filing(filed_on=FILED, source="office", received_on=FILED)
CONVENIO = Application(
    procedure="convenio_especial",
    filing=FILING,
    applicant=PERSON,
    convenio=(
        ConvenioRequest(
            document="d1",
            applicant=PERSON,
            request_type=Fact(value="alta"),
            territorial_office=Fact(value="ceuta"),
        ),
    ),
)
INSS = Application(
    procedure="asistencia_sanitaria",
    filing=FILING,
    applicant=PERSON,
    asistencia=(AsistenciaRequest(document="d1", holder=PERSON, province=Fact(value="Ceuta")),),
)
GRANTED = ("resolution_taken", "2026-04-20", {"outcome": "grant"})


def pressing(application, today, *told):
    """Return why somebody must act on a day, after some events."""
    happened = [
        event(kind, dt.date.fromisoformat(on), said, f"e{n}") for n, (kind, on, said) in enumerate(told)
    ]
    return urgent(application, life(application, happened, dt.date.fromisoformat(today), LAW), LAW)


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2026-04-22", None),
        ("2026-04-23", Urgent("near", LAST, 5)),
        ("2026-04-30", Urgent("near", LAST, 0)),
        ("2026-05-01", Urgent("passed", LAST)),
        ("2026-09-30", Urgent("passed", LAST)),
    ],
)
def test_a_convenio_that_nobody_answered(today, found):
    """The last case lies after the three months to sign: nobody recorded the silence yet."""
    assert pressing(CONVENIO, today) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ((GRANTED,), Urgent("near", LAST, 1)),
        ((GRANTED, ("notice_attempted", "2026-04-22", {"hour": "10:00"})), None),
        ((GRANTED, ("resolution_notified", "2026-04-22", {})), None),
        ((("withdrawal_declared", "2026-04-20", {}),), None),
        ((("term_extended", "2026-04-20", {"days": "10"}),), None),
    ],
)
def test_what_answers_or_moves_the_time_ends_the_hurry(told, found):
    """A resolution in a drawer does not: until it is tried to be notified the time runs."""
    assert pressing(CONVENIO, "2026-04-29", *told) == found


@pytest.mark.parametrize("kind", ["granted_by_silence", "resolution_notified"])
def test_what_the_record_says_after_the_last_day_ends_it_where_it_answers(kind):
    """Silence that stands presses nobody; a notice that came too late answers nothing."""
    found = pressing(CONVENIO, "2026-05-05", GRANTED, (kind, "2026-05-04", {}))

    assert (found is None) is (kind == "granted_by_silence")


def test_silence_that_rejects_presses_too():
    """The INSS owes an answer all the same, by the last day of its own term."""
    last = life(INSS, [], FILED, LAW).last_days[0]

    assert pressing(INSS, (last - dt.timedelta(days=1)).isoformat()).code == "near"
    assert pressing(INSS, (last + dt.timedelta(days=1)).isoformat()) == Urgent("passed", last)
