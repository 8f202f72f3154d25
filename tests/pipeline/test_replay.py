"""A judged case, taken up from its report and judged again: the same, or what a change would change."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.document import Document, Field, Item, Reading
from extractors.lines import Box
from pipeline.case import Member, Presentation, Read, Source
from pipeline.errors import UsageError
from pipeline.kept import kept_case
from pipeline.replay import FEW, Answer, Change, Question, answers
from pipeline.report import case_report
from pipeline.steps import assess, route
from validators.calendar import Calendars
from validators.policy import Policy

FILED = dt.date(2026, 3, 16)
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
PLACE = Box(10, 10, 100, 20)
LAPSE = [
    {"municipality": "Ceuta", "from": "2019-05-10", "to": "2025-12-15", "cause_out": "expiry"},
    {"municipality": "Ceuta", "from": "2026-01-20", "to": None, "cause_in": "omission"},
]


def paper(kind, **fields):
    named = {name.replace("__", "."): _field(value) for name, value in fields.items()}
    return Document(
        file=f"{kind}.pdf", sha256=kind, pages=(1,), kind=kind, kind_confidence=0.99, fields=named
    )


def _field(value):
    items = tuple(Item(page=1, box=PLACE, confidence=0.97) for _ in value) if isinstance(value, list) else ()
    readings = (Reading(reader="ocr", text="x", value=None, confidence=0.4),) if value is True else ()
    return Field(
        value=value,
        text=str(value),
        confidence=0.97,
        page=1,
        box=PLACE,
        items=items,
        readings=readings,
    )


OFFICE = Presentation(said_by="office", filed_on=FILED, office="CEU01")


def case(periods=None):
    """A convenio case whose papers were read."""
    form = paper(
        "ce_application",
        applicant__first_surname="Haddad",
        applicant__given_name="Samir",
        applicant__id_number="X1234567L",
        applicant__birth_date="1980-04-03",
        request_type="alta",
    )
    register = paper(
        "padron_certificate",
        municipality="Ceuta",
        issued_on="2026-03-10",
        person__first_surname="Haddad",
        person__given_name="Samir",
        person__id_number="X1234567L",
        person__birth_date="1980-04-03",
        signed=True,
        periods=periods or [{"municipality": "Ceuta", "from": "2025-03-16", "to": None}],
    )
    return Read(
        id="01J",
        number="CEU01-2026-000001",
        source=Source("caso.zip", "0", 900),
        originals=(),
        received_at=NOON,
        said=(OFFICE,),
        members=(Member("a.pdf", Path("a.pdf"), "a", 11_000_000, "application/pdf"),),
        documents=(form, register),
    )


def reported(read):
    """Return the report of a case, as another program would read it."""
    return json.loads(json.dumps(case_report(route(assess(read, Policy(), Calendars.shipped())))))


def replayed(report, **changes):
    """Return the answer for one report under some changes."""
    question = Question(policy=changes.pop("policy", Policy()), **changes)
    return next(answers([json.dumps(report)], question))


def test_a_case_is_what_it_was_when_its_papers_had_been_read():
    """Every paper, field, reading and place comes back, and what was said of the filing."""
    read = case()
    again = kept_case(reported(read))
    assert (again.documents, again.said, again.source) == (read.documents, read.said, read.source)
    assert reported(again) == reported(read)


def test_without_a_change_nothing_changes():
    """Today's program says of a case what it said."""
    report = reported(case(LAPSE))
    assert replayed(report) == Answer(report["number"], report["queue"], report["queue"], ())


def test_another_setting_changes_what_it_decides_and_nothing_else():
    """The gap after a lapse, weighed the other way."""
    changed = replayed(reported(case(LAPSE)), policy=Policy(lapsed_gap="broken"))
    assert changed.changes == (Change("CE-RES-06", None, ("review",), ("not_met",)),)


def test_another_day_is_judged_by_its_own_law():
    """Filed a day later the year is complete; filed before there was a convenio nobody judges it."""
    report = reported(case())
    later = {one.rule: one.after for one in replayed(report, filed_on=dt.date(2026, 3, 17)).changes}
    before = replayed(report, filed_on=dt.date(2013, 5, 1))
    assert (later["CE-RES-02"], later["CE-RES-03"]) == (("met",), ())
    assert {one.rule for one in before.changes if one.after} == {"GEN-FILED", "GEN-PROCEDURE"}


def test_the_editions_of_another_day_are_told():
    """A passport alone: before 2018 nobody without residence had a free route that a person looks at."""
    passport = paper("identity_document", document="passport", number="AB123456", surnames="HADDAD")
    read = case()
    report = reported(replace(read, documents=(*read.documents, passport)))
    told = replayed(report, as_of=dt.date(2018, 7, 30)).changes
    assert Change("CE-SUJ-03", None, ("review",), ()) in told
    assert not [
        one for one in replayed(report, as_of=dt.date(2018, 7, 31)).changes if one.rule == "CE-SUJ-03"
    ]


def test_a_returned_case_has_no_answer():
    """Nothing of it was judged, so nothing can change."""
    assert list(answers([json.dumps({"status": "returned"})], Question(policy=Policy()))) == []


def test_a_report_without_word_of_the_filing_is_judged_by_its_own_dates():
    """Reports of earlier versions do not say what the office said."""
    report = reported(case())
    del report["handed_in"]
    assert replayed(report).after == report["queue"]


def test_what_is_no_report_is_refused():
    """Nobody's data are in the message."""
    with pytest.raises(UsageError, match="process --json"):
        list(answers(['{"status": "routed", "source": 3}'], Question(policy=Policy())))


def test_many_cases_are_judged_by_several_processes_in_their_order():
    """The answers come as the reports came."""
    first = reported(case())
    reports = [json.dumps(first | {"number": str(number)}) for number in range(FEW + 75)]
    found = list(answers(iter(reports), Question(policy=Policy(boundary_day="met"))))
    assert [one.case for one in found] == [str(number) for number in range(FEW + 75)]
    assert {one.changes for one in found} == {(Change("CE-RES-03", None, ("review",), ("met",)),)}


def test_the_word_of_the_package_stays_the_package_s():
    """Who said when it was filed decides how much it weighs."""
    said = (Presentation(said_by="package", filed_on=FILED - dt.timedelta(days=2)),)
    read = replace(case(), said=said)
    assert kept_case(reported(read)).said == said


@pytest.mark.parametrize(("certainty", "kept"), [(0.8996, 0.899), (0.9, 0.9), (0.90004, 0.9), (1.0, 1.0)])
def test_a_value_is_not_surer_in_the_report_than_it_was(certainty, kept):
    """What was below the threshold stays below it when the case is judged again."""
    read = case()
    form, register = read.documents
    fields = {**register.fields, "issued_on": replace(register.fields["issued_on"], confidence=certainty)}
    again = kept_case(reported(replace(read, documents=(form, replace(register, fields=fields)))))
    assert again.documents[1].fields["issued_on"].confidence == kept
