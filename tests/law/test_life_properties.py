"""What must hold of every life of a case, whatever is recorded of it and in whichever order."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.calendar import Calendars
from validators.facts import Application, ConvenioRequest, Fact, Filing, Person
from validators.law import version
from validators.life import Event, Kind, State, life
from validators.policy import Policy
from validators.rules import Law

FILED = dt.date(2026, 3, 16)
SILENT = Event(kind=Kind.GRANTED_BY_SILENCE, on=dt.date(2026, 5, 1), id="e0")
AFTER_SILENCE = {
    State.GRANTED_BY_SILENCE,
    State.LAPSE_DOUBTFUL,
    State.LAPSED,
    State.IN_FORCE,
    State.DOUBTFUL,
    State.ENDED,
}
"""What may become of what silence granted: it is signed or not, and ends as a convenio ends."""
NEAR = st.dates(dt.date(2026, 3, 1), dt.date(2027, 6, 30))
ANY = st.one_of(NEAR, st.sampled_from([dt.date.min, dt.date.max, dt.date(2028, 2, 29)]))
MONTHS = st.dates(dt.date(2026, 3, 1), dt.date(2027, 6, 1)).map(lambda day: day.replace(day=1))


def events(days):
    """Return a strategy of lists of events, each detail present or not, wherever it may stand."""
    one = st.builds(
        Event,
        kind=st.sampled_from([kind for kind in Kind if kind is not Kind.ANNULLED]),
        on=days,
        outcome=st.sampled_from([None, "grant", "refusal", "referral", "desistimiento", "withdrawal"]),
        suspends=st.sampled_from([None, True, False]),
        days=st.one_of(st.none(), st.integers(1, 90)),
        hour=st.one_of(st.none(), st.times()),
        month=st.one_of(st.none(), MONTHS),
        amount=st.one_of(st.none(), st.decimals("0.01", "200", places=2)),
        keep=st.booleans(),
        effect=st.one_of(st.none(), days),
    )
    return st.lists(one, max_size=12)


def application(born=dt.date(1961, 3, 15), procedure="convenio_especial", kind="alta"):
    """Return an application filed in Ceuta."""
    person = Person(birth_date=Fact(value=born))
    form = ConvenioRequest(
        document="d1", applicant=person, request_type=Fact(value=kind), territorial_office=Fact(value="ceuta")
    )
    return Application(
        procedure=procedure,
        filing=Filing(filed_on=FILED, source="office", received_on=FILED),
        applicant=person,
        office="CEU01",
        convenio=(form,) if procedure == "convenio_especial" else (),
    )


LAW = Law(on=FILED, version=version(FILED), policy=Policy(), calendars=Calendars.shipped())


def lived(told, today, **facts):
    """Return the life of an application with what was told of it."""
    named = [event if event.id else _named(event, n) for n, event in enumerate(told, 1)]
    return life(application(**facts), named, today, LAW)


def _named(event, number):
    """Return the event with its place in the record."""
    return replace(event, id=f"e{number}")


@settings(max_examples=150, deadline=None)
@given(told=events(ANY), today=ANY, kind=st.sampled_from(["alta", "baja", "variacion"]))
def test_nothing_that_is_recorded_makes_a_life_fail(told, today, kind):
    """Impossible days, details in the wrong place, the ends of the calendar: a state, never an exception."""
    found = lived(told, today, kind=kind)

    assert isinstance(found.state, State)
    assert all(all(text.strip() and "{" not in text for text in f.reason) for f in found.findings)
    assert all(all(text.strip() and "{" not in text for text in one.reason) for one in found.applied)


@settings(max_examples=50, deadline=None)
@given(told=events(NEAR), today=NEAR, procedure=st.sampled_from(["asistencia_sanitaria", "unknown"]))
def test_other_procedures_have_a_life_too(told, today, procedure):
    """The INSS has no convenio: it is never signed, in force or ended."""
    found = lived(told, today, procedure=procedure)

    assert found.state not in {State.IN_FORCE, State.ENDED, State.LAPSED, State.AWAITING_SIGNATURE}
    assert found.quotas == ()


@settings(max_examples=150, deadline=None)
@given(told=events(NEAR), today=st.dates(dt.date(2026, 5, 1), dt.date(2027, 6, 30)))
def test_what_silence_granted_is_undone_by_nothing(told, today):
    """Once it stands in the record, whatever else is told before or after, refusals and withdrawals too."""
    others = [event for event in told if event.kind is not Kind.REJECTED_BY_SILENCE]
    struck = Event(kind=Kind.ANNULLED, on=today, event="e0")

    assert lived([SILENT, *others, struck], today).state in AFTER_SILENCE


@settings(max_examples=100, deadline=None)
@given(data=st.data(), told=events(NEAR), today=NEAR)
def test_the_order_of_the_record_changes_nothing(data, told, today):
    """Somebody notes in June what happened in May: things of different days or kinds have their own order."""
    once = list({(event.on, event.kind): event for event in told}.values())
    named = [_named(event, n) for n, event in enumerate(once, 1)]
    mixed = data.draw(st.permutations(named))

    one, other = lived(named, today), lived(mixed, today)
    assert (one.state, one.since, one.ended, one.quotas) == (
        other.state,
        other.since,
        other.ended,
        other.quotas,
    )


@settings(max_examples=100, deadline=None)
@given(told=events(NEAR), today=NEAR, later=st.integers(0, 400))
def test_what_has_ended_for_sure_does_not_begin_again(told, today, later):
    """The same record, looked at on a later day."""
    past = [event for event in told if event.on <= today and event.kind is not Kind.NEW_CONVENIO]
    first = lived(past, today)
    again = lived(past, today + dt.timedelta(days=later))

    assert first.state is not State.ENDED or again.state is State.ENDED


@pytest.mark.parametrize("day", [dt.date(2026, 6, 17), dt.date(2026, 6, 30), dt.date(2026, 12, 31)])
@settings(max_examples=30, deadline=None)
@given(signed=st.dates(dt.date(2026, 4, 23), dt.date(2026, 6, 15)))
def test_the_months_of_a_life_are_whole_but_for_the_first_and_the_last(day, signed):
    """No day from signature to end is left out or paid twice, and no month costs more than its fee."""
    told = [
        Event(kind=Kind.RESOLUTION_TAKEN, on=dt.date(2026, 4, 20), outcome="grant"),
        Event(kind=Kind.RESOLUTION_NOTIFIED, on=dt.date(2026, 4, 22)),
        Event(kind=Kind.SIGNED, on=signed),
        Event(kind=Kind.END_NOTIFIED, on=day),
    ]
    dues = [quota.due for quota in lived(told, dt.date(2027, 3, 1)).quotas]

    assert (dues[0].first, dues[-1].last) == (signed, day)
    assert all(one.last + dt.timedelta(days=1) == other.first for one, other in pairwise(dues))
    assert all(Decimal(0) < due.amount <= Decimal("157.00") for due in dues)
