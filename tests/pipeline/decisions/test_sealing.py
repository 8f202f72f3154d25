"""A decision, its end, or a notice that became another on the disk is seen."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.decisions.tables import decisions
from pipeline.store.check import look_over

both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def decided(desk, judged):
    """Return the number of a case with a final decision."""
    number = judged()
    desk.decide(number)
    desk.finals(dt.timedelta(minutes=5))
    return number


def behind_the_triggers(office, statement, **values):
    """Do what somebody with the file, or an error of the disk, does."""
    with office.store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for (name,) in connection.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(sa.text("ALTER TABLE decisions DISABLE TRIGGER USER"))
            connection.execute(sa.text("ALTER TABLE decision_ends DISABLE TRIGGER USER"))
        connection.execute(sa.text(statement), values)


def damage(office, desk):
    return [found.what for found in look_over(office.store, desk.now) if found.damage]


@both
def test_a_whole_record_of_decisions_is_whole(office, desk, decided):
    """Nothing is said of it."""
    assert damage(office, desk) == []


@both
@pytest.mark.parametrize("change", ["kind = 'refuse'", "text = 'otra cosa'", "seen = '[1]'"])
def test_a_decision_that_was_changed_is_seen(office, desk, decided, change):
    """Another outcome, another reason, other doubts."""
    (identifier,) = [one.id for one in desk.decided(decided)]

    behind_the_triggers(office, f"UPDATE decisions SET {change}")

    assert any(identifier in found for found in damage(office, desk))


@both
def test_a_decision_s_end_that_was_taken_out_is_seen(office, desk, decided):
    """It would be open again, and its letter nobody's."""
    behind_the_triggers(office, "DELETE FROM decision_ends")

    assert any("ya no está" in found for found in damage(office, desk))


def test_a_decision_that_nobody_took_is_seen(office, desk, decided):
    """A row put in beside the program has no seal."""
    with office.store.engine.begin() as connection:
        row = connection.execute(sa.select(decisions)).one()._asdict()
        connection.execute(sa.insert(decisions).values(**{**row, "id": "0" * 26, "turn": 2}))

    assert any("0" * 26 in found for found in damage(office, desk))
