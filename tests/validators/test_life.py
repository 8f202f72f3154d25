"""The words of events, and what a life says that no example can: numbers of other cases, ids of events."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.calendar import Calendars
from validators.facts import Application, ConvenioRequest, EarlierConvenio, Fact, Filing, Person
from validators.law import version
from validators.life import Event, Kind, event, life, plain, words
from validators.policy import Policy
from validators.rules import Law

FILED = dt.date(2026, 3, 16)
DAY = dt.date(2026, 5, 5)
SAID = {
    "outcome": "grant",
    "suspends": "yes",
    "days": "5",
    "hour": "10:30",
    "month": "2026-05",
    "amount": "60.00",
    "what": "address",
    "to": "melilla",
    "chosen": "no",
    "keep": "no",
    "effect": "2026-06-01",
    "event": "e3",
}
LAW = Law(on=FILED, version=version(FILED), policy=Policy(), calendars=Calendars.shipped())


@pytest.mark.parametrize("kind", list(Kind))
def test_every_event_is_written_in_the_words_that_make_it_again(kind):
    """With all the details that it may have: what is kept says the same."""
    needed, allowed = words(kind)
    told = event(kind, DAY, {name: SAID[name] for name in (*needed, *allowed)}, "e1")

    assert plain(told) == {name: SAID[name] for name in (*needed, *allowed)}
    assert event(kind, DAY, plain(told), "e1") == told


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("quota_paid", {"month": "2026-05"}),
        ("quota_paid", {"month": "05/2026", "amount": "60"}),
        ("quota_paid", {"month": "2026-05", "amount": "0"}),
        ("quota_paid", {"month": "2026-05", "amount": "10000.01"}),
        ("quota_paid", {"month": "2026-05", "amount": "Infinity"}),
        ("requirement_extended", {"days": "0"}),
        ("requirement_extended", {"days": "٣"}),
        ("requirement_extended", {"days": "9" * 5000}),
        ("padron_left", {"keep": "quizá"}),
        ("annulled", {"event": "3"}),
        ("signed", {"hour": "10:00"}),
        ("casado", {}),
    ],
)
def test_an_event_that_cannot_be_read_is_refused_without_its_words(kind, said):
    """The message says what is wanted and repeats nothing."""
    with pytest.raises(ValueError, match=r"falta|ha de ser|admite|no hay") as refused:
        event(kind, DAY, said)

    assert all(text not in str(refused.value) for text in said.values() if len(text) > 2)


def application(kind="baja", **more):
    """Return an application of the convenio's form."""
    person = Person(birth_date=Fact(value=dt.date(1985, 4, 3)))
    form = ConvenioRequest(
        document="d1", applicant=person, request_type=Fact(value=kind), territorial_office=Fact(value="ceuta")
    )
    filing = Filing(filed_on=FILED, source="office", received_on=FILED)
    return Application(
        procedure="convenio_especial", filing=filing, applicant=person, convenio=(form,), **more
    )


IN_FORCE = EarlierConvenio(in_force=Fact(value=True), case="CEU01-2025-000007")


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ((IN_FORCE,), True),
        ((), False),
        ((IN_FORCE, replace(IN_FORCE, case="CEU01-2024-000001")), False),
        ((replace(IN_FORCE, in_force=None),), False),
    ],
)
def test_a_baja_names_the_case_of_the_one_convenio_that_is_known(known, named):
    """Where the record knows none, or several, the clerk looks for it."""
    found = life(application(earlier_convenios=known), (), FILED, LAW)
    (said,) = [finding.reason.es for finding in found.findings if finding.rule == "CE-EXT-03"]

    assert ("CEU01-2025-000007" in said) is named
    assert "17/03/2026" in said


def test_a_finding_points_at_the_events_of_the_record():
    """By the id that the list of events shows, as a paper's finding points at its document."""
    told = [event("signed", FILED, {}, "e4")]
    found = life(application("alta"), told, dt.date(2026, 4, 1), LAW)
    (signed,) = [finding for finding in found.findings if finding.rule == "CE-FORM-01"]

    assert [tuple(place) for place in signed.evidence] == [("e4", "signed")]


@pytest.mark.parametrize("born", [None, Fact(value=None), Fact(value=dt.date(1980, 1, 1), confidence=0.5)])
def test_without_a_sure_birth_no_fee_is_computed_and_nobody_is_in_default(born):
    """The convenio is in force, a person is told, no month is called unpaid."""
    case = replace(application("alta"), applicant=Person(birth_date=born))
    told = [
        event("granted_by_silence", dt.date(2026, 5, 1), {}, "e1"),
        event("signed", DAY, {}, "e2"),
        event("quota_unpaid", dt.date(2026, 8, 1), {"month": "2026-05"}, "e3"),
    ]
    found = life(case, told, dt.date(2026, 9, 1), LAW)

    assert (found.state.value, found.quotas, found.ended) == ("in_force", (), None)
    assert [f.outcome.value for f in found.findings if f.rule == "CE-PAGO-01"] == ["review"]


def test_two_extensions_of_one_requirement_are_counted_each_by_itself():
    """Two days and three are five, as the letter says; one day more when the time is over takes none away."""
    told = [
        Event(kind=Kind.REQUIREMENT_NOTIFIED, on=DAY, id="e1", suspends=True),
        Event(kind=Kind.REQUIREMENT_EXTENDED, on=DAY, id="e2", days=2),
        Event(kind=Kind.REQUIREMENT_EXTENDED, on=DAY, id="e3", days=3),
    ]
    late = Event(kind=Kind.REQUIREMENT_EXTENDED, on=DAY + dt.timedelta(days=90), id="e4", days=1)

    ends = [
        life(application("alta"), some, DAY, LAW).clock.cure_by for some in (told[:2], told, [*told, late])
    ]

    assert ends[0] < ends[1] == ends[2]
