"""Silence answers on the day after the last one: once, whoever looks, and it is not taken back."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine

from pipeline.folders.status import state
from pipeline.life.lived import lived
from pipeline.life.record import history
from pipeline.life.sweep import ALARM, Silences
from pipeline.life.tell import Told, tell
from pipeline.reconcile import Reconciler
from pipeline.store import events as happened
from pipeline.store import open_store
from pipeline.store.cases import SILENCES, lines
from pipeline.store.schema import cases
from tests.beside import processes
from validators.calendar import Calendars
from validators.life import SILENT, State

MADRID = ZoneInfo("Europe/Madrid")


def at(day, hour=0, minute=1):
    """Return an hour of a day in Madrid."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), MADRID)


def case_of(office, number):
    """Return the id of a case."""
    with office.store.read() as connection:
        return connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()


@pytest.fixture
def sweep(office, calendars):
    """Return a sweep of the office's record."""
    return Silences(office.store, office.settings, calendars)


@pytest.fixture
def record(office, policy, calendars):
    """Return a function that records an event of a case."""

    def say(number, kind, day, now, **said):
        told = Told(kind, dt.date.fromisoformat(day), said, "ana")
        return tell(office.store, number, told, now, policy, calendars)[0].life

    return say


def kinds(office, number):
    """Return what stands in the record of a case."""
    return [
        (kept.event.kind.value, kept.event.on.isoformat(), kept.told_by)
        for kept in history(office.store, case_of(office, number))
    ]


def test_nothing_is_recorded_on_the_last_day(office, judged, sweep):
    """30 April is the last day to resolve: until its last minute nobody is late."""
    number = judged()

    assert sweep(at("2026-04-30", 23, 59)).recorded == ()
    assert kinds(office, number) == []


def test_the_day_after_the_last_one_silence_is_recorded(office, judged, sweep):
    """From the first minute of 1 May, in Madrid: though in UTC it is still April."""
    number = judged()

    assert sweep(at("2026-05-01", 0, 1)).recorded == (case_of(office, number),)
    assert kinds(office, number) == [("granted_by_silence", "2026-05-01", "ventanilla")]


def test_a_second_look_records_nothing_more(office, judged, sweep):
    """The case is no longer among those that are looked at."""
    number = judged()
    sweep(at("2026-05-01"))

    assert sweep(at("2026-05-02")) == ((), ())
    assert len(kinds(office, number)) == 1


def test_the_day_that_is_recorded_is_that_of_the_law_not_of_the_look(office, judged, sweep):
    """A machine that was off for a month finds the silence of its own day."""
    number = judged()
    sweep(at("2026-06-15"))

    assert kinds(office, number)[0][1] == "2026-05-01"


def test_a_notice_in_time_leaves_no_silence(office, judged, sweep, record):
    """Refused, with a documented attempt on the last day."""
    number = judged()
    record(number, "resolution_taken", "2026-04-20", at("2026-04-20", 12), outcome="refusal")
    record(number, "notice_attempted", "2026-04-30", at("2026-04-30", 12), hour="10:00")

    assert sweep(at("2026-05-01")).recorded == ()
    assert sweep(at("2026-09-01")) == ((), ())


def test_a_resolution_that_nobody_tried_to_notify_does_not_stop_silence(office, judged, sweep, record):
    """Taken in time and kept in a drawer."""
    number = judged()
    record(number, "resolution_taken", "2026-04-20", at("2026-04-20", 12), outcome="refusal")

    assert sweep(at("2026-05-01")).recorded != ()
    assert kinds(office, number)[1][0] == "granted_by_silence"


def test_a_suspended_time_is_looked_at_again_when_it_ends(office, judged, sweep, record):
    """Required and cured: by every reading the last day has passed on 15 May, not before."""
    number = judged()
    record(number, "requirement_notified", "2026-03-24", at("2026-03-24", 12), suspends="yes")
    record(number, "requirement_complied", "2026-04-08", at("2026-04-08", 12))

    looks = [sweep(at(day)).recorded for day in ("2026-05-01", "2026-05-13", "2026-05-14", "2026-05-15")]
    assert looks == [(), (), (), (case_of(office, number),)]
    assert kinds(office, number)[-1][:2] == ("granted_by_silence", "2026-05-14")


def test_a_refusal_after_the_silence_is_a_finding_and_no_new_state(office, judged, sweep, record):
    """Only confirmation is possible; the record has both, in the order in which they came."""
    number = judged()
    sweep(at("2026-05-01"))
    record(number, "resolution_taken", "2026-05-04", at("2026-05-04", 12), outcome="refusal")
    life = record(number, "resolution_notified", "2026-05-05", at("2026-05-05", 12))

    assert life.state is State.GRANTED_BY_SILENCE
    assert [f.outcome.value for f in life.findings if f.rule == "CE-RESOL-02"] == [
        "notice",
        "notice",
        "review",
    ]


def test_silence_stays_though_a_calendar_or_a_late_note_moves_the_day(office, judged, sweep, record, policy):
    """An attempt of April noted in May: the record keeps the silence and asks a person."""
    number = judged()
    sweep(at("2026-05-01"))
    record(number, "resolution_taken", "2026-04-20", at("2026-05-06", 12), outcome="refusal")
    life = record(number, "notice_attempted", "2026-04-29", at("2026-05-06", 12), hour="10:00")

    assert life.state is State.GRANTED_BY_SILENCE
    assert "review" in [f.outcome.value for f in life.findings if f.rule == "CE-RESOL-02"]


def test_a_calendar_that_may_still_change_gives_an_alarm_and_no_silence(office, judged, policy):
    """The time ends in a year that nobody has verified: a person confirms, and is told once."""
    number = judged()
    years = Calendars.shipped().years
    loose = Calendars(
        years={
            key: (year if key != ("ceuta", 2026) else type(year)(**_unverified(year)))
            for key, year in years.items()
        }
    )
    sweep = Silences(office.store, office.settings, loose)

    assert sweep(at("2026-05-01")) == ((), (case_of(office, number),))
    assert sweep(at("2026-05-02")) == ((), ())
    assert [e.kind for e in happened.history(office.store, case_of(office, number))].count(ALARM) == 1
    day = dt.date(2026, 5, 2)
    life = lived(office.store, number, day, policy, loose).life
    assert "review" in [f.outcome.value for f in life.findings if f.rule in {"CE-RESOL-01", "CE-RESOL-02"}]
    # once the calendar is verified, silence is recorded by itself
    assert Silences(office.store, office.settings, Calendars(years=years))(at("2026-05-04")).recorded != ()


def _unverified(year):
    """Return the parts of a calendar with its mark taken away."""
    return {name: getattr(year, name) for name in year.__slots__} | {"verified": False}


def test_one_case_that_cannot_be_read_does_not_stop_the_others(office, judged, sweep):
    """Its report is not what the program wrote: it is put off, the next one is seen to."""
    judged(change=lambda report: report.pop("documents"))
    good = judged()

    assert sweep(at("2026-05-01")).recorded == (case_of(office, good),)


def look(url, blobs, settings, ready, results):
    """Look once, in a process of its own, together with another."""
    with open_store(url, blobs) as store:
        sweep = Silences(store, settings, Calendars.shipped())
        ready.wait(60)
        results.put(sweep(at("2026-05-01")).recorded)


def test_two_processes_that_look_at_once_record_one_silence(office, judged):
    """Whoever comes second finds it recorded."""
    numbers = [judged(), judged()]
    fresh = processes()
    ready, results = fresh.Barrier(2), fresh.Queue()
    storage = office.settings.storage
    both = [
        fresh.Process(target=look, args=(storage.database, storage.blobs, office.settings, ready, results))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    found = [results.get(timeout=120) for _ in both]
    for one in both:
        one.join(60)

    assert sorted(case for cases_ in found for case in cases_) == sorted(case_of(office, n) for n in numbers)
    assert [len(kinds(office, number)) for number in numbers] == [1, 1]


def test_an_office_that_resolves_elsewhere_is_told_and_nothing_is_recorded(office, judged, calendars):
    """Its resolutions are not here: silence is not presumed from a record that is empty by choice."""
    number = judged()
    settings = replace(office.settings, work=replace(office.settings.work, silence="alarm"))
    sweep = Silences(office.store, settings, calendars)

    assert [sweep(at("2026-05-01")), sweep(at("2026-05-02"))] == [((), (case_of(office, number),)), ((), ())]
    assert kinds(office, number) == []


def test_every_worker_looks_for_silence_beside_its_work(office, judged):
    """Once a minute at most, with whatever else it mends; no engine is needed."""
    number = judged()
    with time_machine.travel(at("2026-05-01"), tick=False):
        mend = Reconciler(office.settings, office.store)
        found = [mend().silences for _ in range(2)]

    assert found == [(case_of(office, number),), ()]


def test_the_lists_of_clerks_tell_what_silence_answered(office, judged, sweep):
    """Whatever the program had proposed: in the list of that day and of all cases."""
    judged()
    sweep(at("2026-05-01"))
    (line,) = lines(office.store, since=at("2026-05-01", 0, 0))

    assert (line.queue, line.silence) == ("approve", "granted_by_silence")
    assert state(line) == "Estimada por silencio: solo cabe confirmarla"


def test_the_lists_know_every_silence_of_the_law():
    """They name them without loading the law."""
    assert set(SILENCES) == SILENT


def test_a_case_that_is_judged_again_after_its_silence_keeps_it(office, judged, sweep, policy, calendars):
    """A new result sets the day to look again: nothing more is recorded, and the state stands."""
    number = judged()
    sweep(at("2026-05-01"))
    with office.store.write() as connection:
        connection.execute(sa.update(cases).values(silence_after=dt.date(2026, 4, 30), queue="refuse"))

    assert sweep(at("2026-05-02")) == ((), ())
    assert lived(office.store, number, dt.date(2026, 5, 2), policy, calendars).life.state is (
        State.GRANTED_BY_SILENCE
    )
