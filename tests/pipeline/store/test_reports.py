"""The reports of the judged cases, read one after the other."""

import datetime as dt
import json

import pytest

import pipeline.store.reports
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
