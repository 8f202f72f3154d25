"""A new application of the same person knows the convenio that this office's record holds."""

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pipeline.facts import put_together
from pipeline.kept import kept_case
from pipeline.life.earlier import with_earlier
from pipeline.life.kept import earlier_report, kept_earlier
from pipeline.life.tell import Told, tell
from pipeline.store.cases import report
from pipeline.store.claims import claim
from pipeline.store.schema import cases
from pipeline.work import work
from validators.calendar import Calendars
from validators.facts import EarlierConvenio
from validators.policy import Policy

PAPERS = Path(__file__).parents[3] / "fixtures" / "submissions" / "example_36.zip"
NOW = dt.datetime(2026, 9, 10, 9, 0, tzinfo=ZoneInfo("Europe/Madrid"))
SIGNED = (
    ("resolution_taken", "2026-04-20", {"outcome": "grant"}),
    ("resolution_notified", "2026-04-22", {}),
    ("signed", "2026-05-05", {}),
)


@pytest.fixture
def person(told, policy):
    """Return the number of the person of the papers, as the record finds it."""
    return put_together(kept_case(told)).applicant.id_number.value


@pytest.fixture
def known(office, judged, told, person, policy, calendars):
    """Return a function that gives an earlier case some events, and what a new one knows of it."""

    def ask(*events, policy=policy, of=None):
        number = judged(person=of or person)
        for kind, day, said in events:
            told_ = Told(kind, dt.date.fromisoformat(day), said, "ana")
            tell(office.store, number, told_, NOW, policy, calendars)
        case = with_earlier(kept_case(told), office.store, NOW.date(), policy, calendars)
        return number, put_together(case).earlier_convenios

    return ask


def test_an_end_of_the_record_is_known_with_its_cause(known):
    """Ended by own decision on 17 June: the first day without it and why, with the number of the case."""
    number, (earlier,) = known(*SIGNED, ("end_notified", "2026-06-17", {}))

    assert (earlier.ended_on.value, earlier.ended_on.confidence) == (dt.date(2026, 6, 18), 1.0)
    assert (earlier.reason.value, earlier.case) == ("own_decision", number)


def test_a_convenio_in_force_is_known_as_such(known):
    """No end is invented for it."""
    _, (earlier,) = known(*SIGNED)

    assert (earlier.in_force.value, earlier.ended_on) == (True, None)


def test_an_end_in_doubt_is_known_with_every_day_and_without_certainty(known):
    """Two fees unpaid: the readings give two days, so no proposal may stand on it."""
    _, (earlier,) = known(
        *SIGNED,
        ("quota_paid", "2026-06-03", {"month": "2026-05", "amount": "52.26"}),
        ("quota_unpaid", "2026-08-20", {"month": "2026-06"}),
        ("quota_unpaid", "2026-08-20", {"month": "2026-07"}),
    )

    assert (earlier.ended_on.value, earlier.ended_on.others) == (dt.date(2026, 8, 1), (dt.date(2026, 9, 1),))
    assert earlier.ended_on.confidence < Policy().acceptance
    assert earlier.reason.value == "unpaid"


def test_a_case_that_was_never_signed_was_no_convenio(known):
    """A grant alone leaves nothing."""
    assert known(*SIGNED[:2])[1] == ()


def test_somebody_elses_convenio_is_not_known(known):
    """Another number is another person."""
    assert known(*SIGNED, of="Z9999999Z")[1] == ()


def test_a_number_read_in_doubt_is_not_asked_for(known, told):
    """It might be somebody else's: with a threshold that nothing reaches nobody is asked about."""
    assert known(*SIGNED, policy=Policy(acceptance=1.1))[1] == ()


def test_a_case_that_cannot_be_read_any_more_stops_nobody(office, known, told, policy, calendars):
    """That there was a convenio is known, and no more: a person looks."""
    number, _ = known(*SIGNED)
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(report={"status": "routed"}))
    case = with_earlier(kept_case(told), office.store, NOW.date(), policy, calendars)

    assert case.earlier == (EarlierConvenio(case=number),)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_ended_a_convenio_is_barred_for_a_year_by_the_office_s_own_record(office, known, sandbox):
    """The same person files again on 1 September: read, judged and kept with the number of the first case."""
    number, _ = known(*SIGNED, ("end_notified", "2026-06-17", {}))
    office.drop("otra.zip.presentacion.json", b'{"filed_on": "2026-09-01", "office": "CEU01"}')
    office.drop("otra.zip", PAPERS.read_bytes())
    office.take()
    claimed = claim(office.store, "w", 60, office.now())
    work(claimed, office.settings, office.store, sandbox, Calendars.shipped())
    found = report(office.store, claimed.case.number)

    assert [known_["case"] for known_ in found["earlier_convenios"]] == [number]
    (barred,) = [finding for finding in found["findings"] if finding["rule"] == "CE-VET-01"]
    assert barred["outcome"] == "not_met"
    assert found["queue"] != "approve"
    assert "19/06/2027" in barred["reason"]["es"]


def test_what_was_known_is_kept_with_the_case(known):
    """As JSON and back: a replay asks no record."""
    _, earlier = known(*SIGNED, ("end_notified", "2026-06-17", {}))

    assert kept_earlier(json.loads(json.dumps(earlier_report(earlier)))) == earlier
