"""A record that may lack events records no silence: it asks a person, until one says that it is whole."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pipeline.errors import UsageError
from pipeline.folders.continuity import continue_numbers
from pipeline.journal.events import note
from pipeline.life.alarms import ALARM, OVER, standing
from pipeline.life.gap import RETOLD, gap_since, may_lack_events, retold
from pipeline.life.record import history
from pipeline.life.sweep import Silences
from pipeline.life.tell import Told, tell
from pipeline.store import events
from pipeline.store.schema import cases

MADRID = ZoneInfo("Europe/Madrid")


def at(day, hour=0):
    """Return an hour of a day in Madrid."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, 1), MADRID)


@pytest.fixture
def sweep(office, calendars):
    """Return a sweep of the office's record."""
    return Silences(office.store, office.settings, calendars)


@pytest.fixture
def case(office, judged):
    """Return number and id of a case whose last day is 30 April."""
    number = judged()
    with office.store.read() as connection:
        return number, connection.execute(sa.select(cases.c.id)).scalar_one()


@pytest.fixture
def record(office, policy, calendars):
    """Return a function that records an event of a case."""

    def say(number, kind, day, now, **said):
        told = Told(kind, dt.date.fromisoformat(day), said, "ana")
        return tell(office.store, number, told, now, policy, calendars)

    return say


def test_after_a_copy_came_back_silence_is_only_an_alarm(office, case, sweep):
    """The notice may have been told after the copy: nothing is presumed, and it stays so."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-04-28"))

    assert [sweep(at(day)) for day in ("2026-05-01", "2026-05-02", "2026-06-02")] == [
        ((), (case[1],)),
        ((), ()),
        ((), ()),
    ]
    assert history(office.store, case[1]) == ()
    assert [alarm[1:] for alarm in standing(office.store)] == [(case[0], "CEU01", dt.date(2026, 4, 30))]


def test_once_a_person_answers_for_the_record_silence_is_recorded_the_next_day(office, case, sweep):
    """With the day of the law; the person has the rest of that day to correct herself."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-04-28"))
    sweep(at("2026-05-04"))
    retold(office.store, "ana", at("2026-05-04", 10))

    assert sweep(at("2026-05-04", 11)).recorded == ()
    assert sweep(at("2026-05-05")).recorded == (case[1],)
    (kept,) = history(office.store, case[1])
    assert (kept.event.kind.value, kept.event.on.isoformat()) == ("granted_by_silence", "2026-05-01")
    assert standing(office.store) == ()


def test_nothing_is_recorded_on_the_day_of_the_word_though_nobody_had_looked_before(office, case, sweep):
    """The machine was off until the record had been completed."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-05-04"))
    retold(office.store, "ana", at("2026-05-04", 10))

    assert [sweep(at(day)).recorded for day in ("2026-05-04", "2026-05-05")] == [(), (case[1],)]


def test_what_is_told_again_ends_the_alarm(office, case, sweep, record):
    """A refusal that was notified in time: no silence, today or later."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-04-28"))
    sweep(at("2026-05-04"))
    record(case[0], "resolution_taken", "2026-04-20", at("2026-05-04", 9), outcome="refusal")
    record(case[0], "resolution_notified", "2026-04-22", at("2026-05-04", 9))
    retold(office.store, "ana", at("2026-05-04", 10))

    assert [sweep(at(day)) for day in ("2026-05-04", "2026-05-05")] == [((), ()), ((), ())]
    assert standing(office.store) == ()
    assert [one.kind for one in events.history(office.store, case[1])].count(OVER) == 1


def test_the_word_of_a_person_is_kept_with_the_account(office):
    """Who answers for it, as an event that nothing removes."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-05-01"))
    retold(office.store, "ana", at("2026-05-02"))

    with office.store.reading() as transaction:
        (row,) = transaction.all("SELECT detail FROM events WHERE kind = :kind", kind=RETOLD)
        assert gap_since(transaction) is None
    assert "ana" in str(row["detail"])


def test_a_second_copy_asks_again(office):
    """What was said of the first one says nothing of what the second one lacks."""
    continue_numbers(office.store, office.settings.folders.root, at("2026-05-01"))
    retold(office.store, "ana", at("2026-05-02"))
    continue_numbers(office.store, office.settings.folders.root, at("2026-05-03"))

    with office.store.reading() as transaction:
        assert gap_since(transaction) == at("2026-05-03")


@pytest.mark.parametrize(("by", "what"), [("ana", "ninguna copia"), ("Ana López", "cuenta"), ("", "cuenta")])
def test_nobody_answers_for_a_record_that_was_never_brought_back(office, by, what):
    """Nor under a name that is no account."""
    with pytest.raises(UsageError, match=what):
        retold(office.store, by, at("2026-05-02"))


def test_a_record_older_than_its_folders_records_no_silence(office, case, sweep):
    """A file put back by hand: a folder shows a number that it never gave."""
    strange = office.home / "3_ACEPTADO" / "CEU01-2026-000009"
    strange.mkdir(parents=True)

    assert may_lack_events(office.store, office.settings.folders.root)
    assert sweep(at("2026-05-01")) == ((), (case[1],))
    # the newer copy is there: the number is known, and nothing was lost
    strange.rmdir()
    assert sweep(at("2026-05-02")).recorded == (case[1],)


def test_a_case_that_came_after_its_silence_is_for_a_person(office, case, sweep):
    """Dropped again after a loss, or brought from another program: what happened before was not told here."""
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(received_at=at("2026-05-01"), offset_minutes=120))

    assert [sweep(at("2026-05-02")), sweep(at("2026-05-03"))] == [((), (case[1],)), ((), ())]
    assert history(office.store, case[1]) == ()


def test_a_case_that_came_on_its_last_day_is_answered_by_silence(office, case, sweep):
    """Nothing can have been missed but what happened that day: it is told as ever."""
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(received_at=at("2026-04-30", 23), offset_minutes=120))

    assert sweep(at("2026-05-01")).recorded == (case[1],)


def test_a_silence_that_stands_raises_no_alarm_in_a_record_brought_back(office, case, sweep):
    """The copy knows it: nobody is asked about what is settled."""
    sweep(at("2026-05-01"))
    continue_numbers(office.store, office.settings.folders.root, at("2026-05-02"))
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(silence_after=dt.date(2026, 4, 30)))

    assert sweep(at("2026-05-03")) == ((), ())
    assert standing(office.store) == ()


def test_a_silence_is_recorded_though_the_time_to_sign_passed_too(office, case, sweep):
    """A machine that was off, or a record in doubt, for more than three months."""
    assert sweep(at("2026-09-15")).recorded == (case[1],)
    (kept,) = history(office.store, case[1])
    assert kept.event.on.isoformat() == "2026-05-01"


def test_an_alarm_without_a_day_has_that_of_the_first_judgement(office, case):
    """As earlier versions noted it."""
    with office.store.writing() as transaction:
        note(transaction, case[1], at("2026-05-01"), ALARM)

    assert [alarm.last_day for alarm in standing(office.store)] == [dt.date(2026, 4, 30)]


def test_folders_that_cannot_be_read_say_nothing_and_nothing_is_recorded(office, case, sweep, monkeypatch):
    """They may show that the record is old: the case stays as it is until they are back."""

    def away(*_):
        raise PermissionError

    monkeypatch.setattr("pipeline.life.gap.ahead", away)
    assert sweep(at("2026-05-01")) == ((), ())
    assert not may_lack_events(office.store, office.settings.folders.root)
    monkeypatch.undo()
    assert sweep(at("2026-05-01")).recorded == (case[1],)
