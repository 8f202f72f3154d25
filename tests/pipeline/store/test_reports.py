"""The reports of the judged cases, read one after the other."""

import datetime as dt
import json

import pytest

import pipeline.store.reports
from desk.cli.main import gather
from pipeline.store.claims import claim
from pipeline.store.reports import reports
from pipeline.store.results import Result, finish, release

DAYS = (dt.date(2026, 3, 15), dt.date(2026, 3, 16), dt.date(2026, 3, 17))


@pytest.fixture
def judged(office, pdf, monkeypatch):
    """An office with three cases judged, filed on three days, and one that still waits."""
    monkeypatch.setattr(pipeline.store.reports, "PAGE", 2)
    for number, day in enumerate(DAYS):
        office.drop(f"{number}.pdf", pdf + bytes([number]))
        office.take()
        claimed = claim(office.store, "a", 60, office.now())
        found = Result(stage="routed", queue="review", filed_on=day, report={"filed_on": day.isoformat()})
        finish(office.store, claimed, found, office.now())
        release(office.store, claimed, office.now())
    office.drop("waits.pdf", pdf + b"w")
    office.take()
    return office.store


def told(store, **between):
    """Return the filing dates of the reports."""
    return [dt.date.fromisoformat(json.loads(text)["filed_on"]) for text in reports(store, **between)]


def test_every_judged_case_is_read_once(judged):
    """In the order they came, page after page; one that waits has nothing to be judged again."""
    assert told(judged) == list(DAYS)


def test_the_days_asked_for_are_both_included(judged):
    """From a day to a day, by the date of filing."""
    assert told(judged, since=DAYS[1]) == list(DAYS[1:])
    assert told(judged, until=DAYS[1]) == list(DAYS[:2])
    assert told(judged, since=DAYS[1], until=DAYS[1]) == [DAYS[1]]


def test_stored_cases_are_judged_again_from_the_command_line(office, pdf, monkeypatch, capsys):
    """The record is read as it stands, between two days, and nothing in it changes."""
    for number, day in enumerate(DAYS):
        office.drop(f"{number}.pdf", pdf + bytes([number]))
        office.take()
        claimed = claim(office.store, "a", 60, office.now())
        kept = Result(stage="routed", queue="review", filed_on=day, report=kept_report(claimed.case, day))
        finish(office.store, claimed, kept, office.now())
        release(office.store, claimed, office.now())
    storage = office.settings.storage
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", storage.database)
    monkeypatch.setenv("VENTANILLA_STORAGE__BLOBS", str(storage.blobs))
    before = list(reports(office.store))

    gather()(
        ["rules", "replay", "--stored", "--from", "2026-03-16", "--to", "2026-03-17", "--json"],
        standalone_mode=False,
    )

    told = json.loads(capsys.readouterr().out)
    changed = {one["rule"]: (one["before"], one["after"]) for one in told["cases"][0]["rules"]}
    assert [one["case"] for one in told["cases"]] == ["CEU01-2026-000002", "CEU01-2026-000003"]
    assert (told["judged"], changed["GEN-SPLIT"]) == (2, (["cure"], []))
    assert list(reports(office.store)) == before


def kept_report(case, day):
    """Return a report of a case without papers, with a finding that today's program does not make."""
    return {
        "id": case.id,
        "number": case.number,
        "source": case.source._asdict(),
        "procedure": "unknown",
        "filed_on": day.isoformat(),
        "office": case.office,
        "status": "routed",
        "queue": "review",
        "documents": [],
        "findings": [{"rule": "GEN-SPLIT", "outcome": "cure"}],
        "handed_in": {"received_on": day.isoformat(), "unpacked_bytes": 1, "said": []},
    }
