"""What becomes of a case while it is being read for a long time."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from pipeline.case import Returned, carried
from pipeline.settings import Work
from pipeline.store.claims import claim
from pipeline.store.schema import cases
from pipeline.tending import Tending
from pipeline.work import work
from pipeline.workers import me
from tests.waiting import until
from validators.calendar import Calendars

NUMBER = "CEU01-2026-000001"


@pytest.fixture
def claimed(office, pdf):
    """Return a function that claims the one case of the office, for loans of 0.3 s."""
    office.drop("a.pdf", pdf)
    office.take()

    def lend(receipt_seconds):
        office.settings = replace(
            office.settings, work=Work(lease_seconds=0.3, receipt_seconds=receipt_seconds)
        )
        return claim(office.store, me(), 0.3, office.now())

    return lend


def test_a_case_that_is_read_for_long_gets_its_receipt_and_one_only(office, claimed, monkeypatch):
    """It is given while the reading goes on, and is the one that stays."""
    receipt = office.home / "3_ACEPTADO" / NUMBER / f"ACUSE_{NUMBER}.zip"

    def long(case, *_):
        until(receipt.exists)
        return Returned(**carried(case), code="corrupt")

    monkeypatch.setattr("pipeline.work.run", long)
    lent = claimed(receipt_seconds=0.0)

    assert work(lent, office.settings, office.store, None, Calendars.shipped()).outcome == "returned"
    assert [path.name for path in receipt.parent.iterdir()] == [receipt.name]


def test_a_loan_is_renewed_for_as_long_as_the_work_takes(office, claimed):
    """Its end moves on, and what the worker sees to meanwhile is seen to."""
    lent, ends, seen = claimed(receipt_seconds=1e9), set(), []

    def end():
        with office.store.read() as connection:
            ends.add(connection.execute(sa.select(cases.c.lease_until)).scalar_one())
        return len(ends) > 2

    with Tending(lent, office.settings, office.store, lambda: seen.append(1)):
        until(end)
    assert seen


def test_what_fails_beside_the_reading_does_not_end_it(office, claimed):
    """A share that is lost for a while, a locked record: the next beat tries again."""
    lent, asked = claimed(receipt_seconds=1e9), []

    def fails():
        asked.append(1)
        raise OSError

    with Tending(lent, office.settings, office.store, fails):
        until(lambda: len(asked) > 2)
