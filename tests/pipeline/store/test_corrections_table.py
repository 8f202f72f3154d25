"""What people set right is kept once and for ever, on both databases."""

import datetime as dt

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.corrections.kept import Before, Kept, Paper, standing
from pipeline.corrections.record import add, of_case
from pipeline.store.check import look_over

AT = dt.datetime(2026, 3, 23, 9, 30, 0, 123456, tzinfo=dt.UTC)
SAID = Kept(
    seq=0,
    what="corrected",
    who="ana",
    at=AT,
    why="se ve «12/07» \u202e<b>",
    paper=Paper("a" * 64, (1, 2), "padron_certificate"),
    field="periods",
    path=("0", "to"),
    value={"to": "2025-07-12", "cells": [1, 2.5, None, True]},
    before=Before(value="2025-06-30", confidence=0.61, read={"to": "2025-06-30"}),
    where={"page": 1, "box": [1.0, 2.0, 3.0, 4.5]},
)


@pytest.fixture
def case(office, pdf):
    """Return the id of a case that was handed in."""
    office.drop("solicitud.pdf", pdf)
    (taken,) = office.take()
    return taken.case


def kept(office, case, *said):
    """Add corrections and return all that stand in the record."""
    with office.store.write() as connection:
        for one in said:
            add(connection, case, one)
    with office.store.read() as connection:
        return of_case(connection, case)


def test_a_correction_comes_back_as_it_was_said(office, case):
    """Each word, place and moment, with a number of its own."""
    (row,) = kept(office, case, SAID)

    assert row.seq > 0
    assert {name: getattr(row, name) for name in Kept.__slots__ if name != "seq"} == {
        name: getattr(SAID, name) for name in Kept.__slots__ if name != "seq"
    }


def test_what_is_undone_stays_and_stands_no_more(office, case):
    """Both rows are there; only the second's absence counts."""
    (first,) = kept(office, case, SAID)
    undoing = Kept(seq=0, what="undone", who="luis", at=AT, paper=SAID.paper, undoes=first.seq)
    rows = kept(office, case, undoing)

    assert [row.what for row in rows] == ["corrected", "undone"]
    assert standing(rows) == ()


@pytest.mark.parametrize("change", ["UPDATE corrections SET who = 'x'", "DELETE FROM corrections"])
def test_the_record_refuses_to_rewrite_or_remove(office, case, change):
    """The database itself refuses it."""
    kept(office, case, SAID)

    with pytest.raises(DBAPIError, match="only added to"), office.store.write() as connection:
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_record_is_not_emptied(office, case):
    """TRUNCATE is no DELETE for a trigger."""
    with pytest.raises(DBAPIError, match="only added to"), office.store.write() as connection:
        connection.exec_driver_sql("TRUNCATE corrections")


def damage(office):
    """Return what the check finds damaged."""
    return [one.what for one in look_over(office.store, AT) if one.damage and "corrección" in one.what]


def test_the_check_sees_a_letter_that_became_another(office, case):
    """Whole at first; then somebody goes round the trigger."""
    kept(office, case, SAID)
    whole = damage(office)
    with office.store.write() as connection:
        loosened(connection)
        connection.exec_driver_sql("UPDATE corrections SET who = 'eva'")

    assert whole == []
    assert len(damage(office)) == 1


def test_the_check_sees_a_row_that_is_gone(office, case):
    """Its seal is left in the events."""
    kept(office, case, SAID)
    with office.store.write() as connection:
        loosened(connection)
        connection.exec_driver_sql("DELETE FROM corrections")

    assert "ya no está" in damage(office)[0]


def loosened(connection):
    """Take the triggers away, as whoever has the file or the server can."""
    names = {
        "sqlite": ["DROP TRIGGER corrections_stay_update", "DROP TRIGGER corrections_stay_delete"],
        "postgresql": [f"DROP TRIGGER corrections_{one} ON corrections" for one in ("stay", "leave")],
    }
    for statement in names[connection.dialect.name]:
        connection.exec_driver_sql(statement)
