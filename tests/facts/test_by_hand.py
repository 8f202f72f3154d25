"""What somebody wrote by hand is neither missing nor read: a person reads it before anything is proposed."""

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.bounds import Bounds
from extractors.reader import read_file
from pipeline import steps
from pipeline.case import Read, Source
from pipeline.handed import Presentation
from validators.calendar import Calendars
from validators.policy import Policy

PACKAGE = Path(__file__).parents[2] / "fixtures" / "submissions" / "represented_017.zip"
FILED = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def case():
    """Return a complete application with a representative, read from digital papers."""
    with zipfile.ZipFile(PACKAGE) as package:
        read = [replace(one, file=name, sha256=name) for name in package.namelist()
                for one in read_file(package.read(name), name, Bounds()).documents]  # fmt: skip
    told = PACKAGE.with_name(f"{PACKAGE.name}.presentacion.json").read_text("utf-8")
    filed_on = dt.date.fromisoformat(told.split('"filed_on": "')[1][:10])
    said = Presentation(said_by="office", filed_on=filed_on)
    return Read(id="x", number=None, source=Source("x.zip", "0", 1), originals=(), received_at=FILED,
                said=(said,), members=(), documents=tuple(read))  # fmt: skip


def judged(case, *by_hand, confidence=0.5, state="read"):
    """Return the case as it is routed where somebody filled in the fields named by hand."""
    told = {"value": None, "text": "", "readings": (), "hand": True, "confidence": confidence, "state": state}
    papers = [
        replace(one, fields={name: replace(field, **told) if name in by_hand else field
                             for name, field in one.fields.items()})
        for one in case.documents
    ]  # fmt: skip
    return steps.route(steps.assess(replace(case, documents=tuple(papers)), Policy(), Calendars.shipped()))


def outcomes(routed):
    return {finding.outcome.value for finding in routed.assessment.findings}


WEIGHTY = [
    ("applicant.birth_date",),
    ("applicant.first_surname", "applicant.given_name"),
    ("applicant.address.street_name", "notification.address.street_name"),
    ("account.iban",),
    ("account.first_surname", "account.second_surname", "account.given_name", "account.id_number"),
    ("representative.first_surname", "representative.second_surname", "representative.given_name",
     "representative.id_number"),
    ("request_type",),
    ("issued_on",),
]  # fmt: skip


def test_the_papers_as_they_are_propose_approval(case):
    """Else the rest would prove nothing."""
    assert judged(case).queue == "approve"


@pytest.mark.parametrize("names", WEIGHTY, ids=lambda names: names[0])
def test_a_place_filled_in_by_hand_goes_to_a_person_and_asks_nobody_for_it(case, names):
    """Even where the reader was sure that no print stands there."""
    routed = judged(case, *names, confidence=0.97)
    assert routed.queue == "review"
    assert "cure" not in outcomes(routed)
    assert any("escrit" in one.reason.es and "a mano" in one.reason.es for one in routed.assessment.findings)


def test_a_floor_written_by_hand_is_told_and_stops_nothing(case):
    """No right stands on it."""
    routed = judged(case, "applicant.address.floor")
    assert routed.queue == "approve"
    told = [one for one in routed.assessment.findings if "a mano" in one.reason.es]
    assert [one.outcome.value for one in told] == ["notice"]


def test_what_a_person_has_looked_at_is_by_hand_no_more(case):
    """Confirmed empty, it is empty."""
    routed = judged(case, "applicant.birth_date", confidence=1.0, state="confirmed")
    assert not any("a mano" in one.reason.es for one in routed.assessment.findings)


def test_a_date_that_a_picture_does_not_show_is_looked_for_by_a_person(case):
    """A certificate on paper is not asked for again because a program cannot read it."""
    papers = [
        replace(one, reader="ocr",
                fields={n: f for n, f in one.fields.items() if n not in {"periods", "issued_on"}})
        if one.kind == "padron_certificate" else one
        for one in case.documents
    ]  # fmt: skip
    routed = steps.route(steps.assess(replace(case, documents=tuple(papers)), Policy(), Calendars.shipped()))
    told = {finding.rule: finding.outcome.value for finding in routed.assessment.findings}
    assert routed.queue == "review"
    assert told["CE-RES-17"] == "review"
