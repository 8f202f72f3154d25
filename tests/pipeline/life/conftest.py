"""Cases of the record that were read from real papers once, and stand in an office of each test's own."""

import copy
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from validators.calendar import Calendars
from validators.policy import Policy

PAPERS = Path(__file__).parents[3] / "fixtures" / "submissions" / "example_36.zip"


@pytest.fixture(scope="session")
def told():
    """Return the report of an application for a convenio in Ceuta of 16 March 2026, in order."""
    line = [sys.executable, "-m", "desk.cli", "process", str(PAPERS), "--json"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    (report,) = json.loads(done.stdout)["cases"]
    assert (report["queue"], report["deadlines"]["resolve_by"]) == ("approve", "2026-04-30")
    return report


@pytest.fixture
def judged(office, pdf, told):
    """Return a function that puts a judged case into the record and returns its number."""
    made = iter(range(1, 100))

    def put(person="Y1234567X", change=None, resolve_by=dt.date(2026, 4, 30), filed="2026-03-16"):
        office.drop(f"solicitud{next(made)}.pdf", pdf + b"%" * next(made))
        office.take()
        claimed = claim(office.store, "w", 60, office.now())
        report = copy.deepcopy(told) | {"id": claimed.case.id, "number": claimed.case.number}
        if change:
            change(report)
        result = Result(
            stage="routed",
            queue="approve",
            procedure=report["procedure"],
            filed_on=dt.date.fromisoformat(filed),
            resolve_by=resolve_by,
            report=report,
            person=person,
        )
        assert finish(office.store, claimed, result, office.now())
        release(office.store, claimed, office.now())
        return claimed.case.number

    return put


@pytest.fixture
def calendars():
    """Return the calendars of the program."""
    return Calendars.shipped()


@pytest.fixture
def policy():
    """Return the settings as they come."""
    return Policy()
