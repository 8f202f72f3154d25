"""What a person must do today: the last five working days before silence, and what passed without it."""

import datetime as dt
import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner

from desk.cli.main import gather
from desk.cli.today import today
from pipeline.folders.continuity import continue_numbers
from pipeline.folders.places import STATUS, Place
from pipeline.folders.status import write_status
from pipeline.life.alarms import standing
from pipeline.life.pressing import Pressed, Pressing, sentence
from pipeline.life.sweep import Silences
from pipeline.life.tell import Told, tell
from pipeline.settings import load
from pipeline.store.schema import cases

MADRID = ZoneInfo("Europe/Madrid")
LAST = dt.date(2026, 4, 30)


def at(day, hour=9):
    """Return an hour of a day in Madrid."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), MADRID)


def day(text):
    """Return a day."""
    return dt.date.fromisoformat(text)


@pytest.fixture
def pressing(office):
    """Return what finds the cases of the office that press."""
    return Pressing(office.store, office.settings)


@pytest.fixture
def record(office, policy, calendars):
    """Return a function that records an event of a case."""

    def say(number, kind, on, now, **said):
        told = Told(kind, day(on), said, "ana")
        return tell(office.store, number, told, now, policy, calendars)

    return say


def told_elsewhere(office):
    """Return the settings of an office whose resolutions are kept elsewhere."""
    return replace(office.settings, work=replace(office.settings.work, silence="alarm"))


def test_five_working_days_before_the_last_one_a_case_presses_and_six_before_it_does_not(judged, pressing):
    """The last day is Thursday 30 April: five working days before it is the 23rd."""
    number = judged()

    assert pressing(day("2026-04-22")) == ()
    assert pressing(day("2026-04-23")) == (Pressed(number, "CEU01", "silence-near", LAST, 5),)
    assert pressing(LAST) == (Pressed(number, "CEU01", "silence-near", LAST, 0),)


def test_the_day_after_it_has_passed_until_the_record_says_what_answered(office, judged, pressing, calendars):
    """Before the first sweep of the day; afterwards silence stands, and nobody has to hurry."""
    number = judged()

    assert pressing(day("2026-05-01")) == (Pressed(number, "CEU01", "silence-passed", LAST),)
    Silences(office.store, office.settings, calendars)(at("2026-05-01"))
    assert pressing(day("2026-05-01")) == ()


def test_a_documented_attempt_in_time_ends_the_hurry_at_once(judged, pressing, record):
    """What was remembered of the case in the morning is not told in the afternoon."""
    number = judged()
    assert len(pressing(day("2026-04-29"))) == 1
    record(number, "resolution_taken", "2026-04-28", at("2026-04-29"), outcome="grant")
    assert len(pressing(day("2026-04-29"))) == 1
    record(number, "notice_attempted", "2026-04-29", at("2026-04-29"), hour="10:00")
    assert pressing(day("2026-04-29")) == ()


def test_between_two_readings_of_the_last_day_a_person_decides(judged, pressing, record):
    """Nobody said whether the requirement suspends: by one reading the time passed on 30 April."""
    number = judged()
    record(number, "requirement_notified", "2026-03-24", at("2026-03-24"))
    record(number, "requirement_complied", "2026-04-08", at("2026-04-08"))

    (one,) = pressing(day("2026-05-04"))
    assert (one.code, one.last_day) == ("silence-passed", LAST)


def test_a_suspended_time_does_not_press_on_the_day_of_the_first_judgement(judged, pressing, record):
    """The notice said that it suspends: the last day is some working days later."""
    number = judged()
    record(number, "requirement_notified", "2026-03-24", at("2026-03-24"), suspends="yes")
    record(number, "requirement_complied", "2026-04-08", at("2026-04-08"))

    assert pressing(day("2026-04-30")) == ()
    assert pressing(day("2026-05-12"))[0].code == "silence-near"


def test_an_office_that_resolves_elsewhere_sees_its_alarm_until_it_tells_what_answered(
    office, judged, pressing, record, calendars
):
    """Nothing is recorded by itself; a notice in time, told late, ends the alarm at the next look."""
    number = judged()
    sweep = Silences(office.store, told_elsewhere(office), calendars)
    sweep(at("2026-05-01"))
    assert pressing(day("2026-06-10")) == (Pressed(number, "CEU01", "silence-passed", LAST),)

    record(number, "resolution_taken", "2026-04-20", at("2026-06-10"), outcome="grant")
    record(number, "resolution_notified", "2026-04-22", at("2026-06-10"))
    sweep(at("2026-06-10"))
    assert pressing(day("2026-06-10")) == standing(office.store) == ()


def test_a_silence_that_a_person_records_ends_the_alarm(office, judged, pressing, record, calendars):
    """At once: it is read from the record."""
    number = judged()
    Silences(office.store, told_elsewhere(office), calendars)(at("2026-05-01"))
    record(number, "granted_by_silence", "2026-05-01", at("2026-05-02"))

    assert pressing(day("2026-05-02")) == ()


def test_the_oldest_day_comes_first_and_only_those_of_the_office(office, judged, pressing):
    """Whatever the order in which they were handed in."""
    later, number = judged(), judged()
    with office.store.write() as connection:
        other = sa.update(cases).where(cases.c.number == later)
        connection.execute(other.values(office="MEL01"))

    assert [one.number for one in pressing(day("2026-05-01"))] == [later, number]
    assert [one.number for one in pressing(day("2026-05-01"), "CEU01")] == [number]


def test_a_page_is_not_kept_waiting_by_many_cases(judged, pressing):
    """One is looked at for each page: after two pages both are told."""
    judged(), judged()

    assert [len(pressing(day("2026-05-01"), "CEU01", 1)) for _ in range(3)] == [1, 2, 2]


def test_a_case_that_cannot_be_read_hides_no_other(judged, pressing):
    """Its report is not what the program wrote."""
    judged(change=lambda report: report.pop("documents"))
    good = judged()

    assert [one.number for one in pressing(LAST)] == [good]


def test_a_bad_list_of_days_keeps_no_page_from_the_clerks(office, judged, tmp_path):
    """What stands in the record is told all the same; the near ones as soon as it is mended."""
    judged()
    bad = tmp_path / "calendars"
    bad.mkdir()
    (bad / "ceuta_2026.yaml").write_text("nada")
    settings = replace(office.settings, calendars=replace(office.settings.calendars, folder=bad))
    found = Pressing(office.store, settings)
    place = Place(office.settings.folders.root, "CEU01")

    write_status(office.store, settings, place, [], at("2026-04-29"), found)
    assert "Plazos" not in (place.path / STATUS).read_text(encoding="utf-8")
    (bad / "ceuta_2026.yaml").unlink()
    assert len(found(day("2026-04-29"))) == 1


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Pressed("A", "B", "silence-near", LAST, 3), "hasta el 30/04/2026 (días hábiles que quedan: 3)"),
        (Pressed("A", "B", "silence-near", LAST, 0), "hasta el 30/04/2026 (hoy es el último)"),
        (
            Pressed("A", "B", "silence-passed", LAST),
            "Pasó el último día para resolver y notificar (30/04/2026)",
        ),
        (Pressed("A", "B", "silence-passed", None), "(no se sabe qué día)"),
    ],
)
def test_it_is_said_with_its_day(one, words):
    """As a clerk reads it."""
    assert words in sentence(one)


def test_the_list_of_the_office_shows_what_presses_and_that_the_record_came_from_a_copy(office, judged):
    """With the number and the day, above the cases of the day."""
    number = judged()
    place = Place(office.settings.folders.root, "CEU01")
    write_status(office.store, office.settings, place, [], at("2026-04-29"))
    page = (place.path / STATUS).read_text(encoding="utf-8")
    assert f"<td>{number}</td><td>Hay que resolver y notificar hasta el 30/04/2026" in page
    assert "viene de una copia" not in page

    continue_numbers(office.store, office.settings.folders.root, at("2026-04-29"))
    write_status(office.store, office.settings, place, [], at("2026-04-29", 10))
    assert "viene de una copia" in (place.path / STATUS).read_text(encoding="utf-8")


@pytest.fixture
def machine(office, monkeypatch):
    """Let the commands find the office's record and folders."""
    for key, value in {
        "FOLDERS__ROOT": office.settings.folders.root,
        "STORAGE__DATABASE": office.settings.storage.database,
        "STORAGE__BLOBS": office.settings.storage.blobs,
    }.items():
        monkeypatch.setenv(f"VENTANILLA_{key}", str(value))
    return office


def asked(*arguments):
    """Return what a command prints."""
    return CliRunner().invoke(gather(), arguments, catch_exceptions=False).stdout


def test_the_commands_tell_what_presses_with_number_and_day(machine, judged):
    """`case list` above its cases, its JSON under a key of its own, and the doctor as a notice."""
    number = judged()
    with time_machine.travel(at("2026-04-29"), tick=False):
        text, told = asked("case", "list"), json.loads(asked("case", "list", "--json"))
        (check,) = today(load())

    words = "Hay que resolver y notificar hasta el 30/04/2026 (días hábiles que quedan: 1)"
    assert text.splitlines()[:2] == ["Pendiente para hoy:", f"  {number:<20} {words}"]
    assert told["today"] == [
        {
            "number": number,
            "office": "CEU01",
            "code": "silence-near",
            "last_day": "2026-04-30",
            "working_days_left": 1,
        }
    ]
    assert (check.what, check.well, check.needed, check.seen) == (
        f"expediente {number}",
        False,
        False,
        words,
    )


def test_a_day_without_hurry_says_nothing(machine, judged):
    """The list begins with its first case."""
    number = judged()
    with time_machine.travel(at("2026-04-01"), tick=False):
        assert asked("case", "list").startswith(number)
        assert list(today(load())) == []


def test_whoever_answers_for_the_record_sees_what_will_be_answered_by_silence(machine, judged):
    """The number and the day of each, before it happens."""
    number = judged()
    continue_numbers(machine.store, machine.settings.folders.root, at("2026-05-04"))
    with time_machine.travel(at("2026-05-05"), tick=False):
        said = asked("db", "restored", "--by", "ana")

    assert "Desde mañana" in said
    assert f"  {number}: sin respuesta; último día para resolver y notificar, el 30/04/2026" in said
