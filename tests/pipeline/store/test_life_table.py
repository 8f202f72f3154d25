"""What happened to a case is recorded once and for ever, on both databases."""

import datetime as dt

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.life.record import add, case_row, history
from validators.life import event

AT = dt.datetime(2026, 5, 2, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 5, 1)


@pytest.fixture
def case(office, pdf):
    """Return the id of a case that was handed in."""
    office.drop("solicitud.pdf", pdf)
    (taken,) = office.take()
    return taken.case


def told(office, case, kind="signed", on=DAY, by="ana", **said):
    """Record an event and tell whether it was new."""
    with office.store.writing() as transaction:
        return add(transaction, case, event(kind, on, said), by, AT)


def test_an_event_stands_as_it_was_told(office, case):
    """What, on which day, by whom, recorded when; numbered in the order of the record."""
    told(office, case, "quota_paid", month="2026-05", amount="60,00")
    told(office, case, "signed", dt.date(2026, 4, 1))

    first, second = history(office.store, case)
    assert (first.event.id, first.event.kind, first.event.on) == ("e1", "quota_paid", DAY)
    assert (str(first.event.amount), first.event.month) == ("60.00", dt.date(2026, 5, 1))
    assert (first.told_by, first.recorded_at, second.event.id) == ("ana", AT, "e2")


def test_told_twice_it_stands_once(office, case):
    """The same event of the same day, whoever tells it again."""
    assert told(office, case)
    assert not told(office, case, by="luis")
    assert len(history(office.store, case)) == 1


def test_silence_answers_once_whatever_day_is_told(office, case):
    """A second silence, of another day or sense, is not added to the first."""
    assert told(office, case, "granted_by_silence")
    assert not told(office, case, "granted_by_silence", dt.date(2026, 5, 20))
    assert not told(office, case, "rejected_by_silence", dt.date(2026, 5, 20))


@pytest.mark.parametrize(
    "change",
    ["UPDATE life SET happened_on = '2026-06-01'", "UPDATE life SET told_by = 'x'", "DELETE FROM life"],
)
def test_the_record_refuses_to_rewrite_or_remove(office, case, change):
    """The database itself refuses it."""
    told(office, case)

    with pytest.raises(DBAPIError, match="only added to"), office.store.write() as connection:
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_record_is_not_emptied(office, case):
    """TRUNCATE is no DELETE for a trigger."""
    with pytest.raises(DBAPIError, match="only added to"), office.store.write() as connection:
        connection.exec_driver_sql("TRUNCATE life")


def test_a_case_is_found_by_its_number(office, case):
    """And by its id; another name finds none."""
    with office.store.reading() as transaction:
        found = case_row(transaction, "CEU01-2026-000001")
        assert found["id"] == case
        assert case_row(transaction, case)["number"] == "CEU01-2026-000001"
        assert case_row(transaction, "CEU01-2026-000002") is None
