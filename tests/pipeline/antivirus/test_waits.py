"""Cases that wait: with the antivirus away, over the day's share, and how they go on."""

import datetime as dt

import pytest

from pipeline.antivirus import Antivirus
from pipeline.store.cases import lines, report
from pipeline.store.claims import claim
from pipeline.store.counts import counts
from pipeline.store.results import requeue
from tests.pipeline.antivirus.judging import NUMBER, Desk


@pytest.fixture
def desk(office, antivirus, sandbox):
    """Return what a worker and a clerk do, with an antivirus that is required."""
    return Desk(office, sandbox, antivirus())


def test_with_the_antivirus_away_a_case_waits_and_then_goes_on_by_itself(desk, clamd, pdf, served):
    """However often it is tried; it says so once, and costs no attempt."""
    place = clamd.server_address
    clamd.stop()
    desk.hand_in("a.pdf", pdf)

    assert [desk.work() for _ in range(5)] == ["held-up"] * 5
    assert (desk.case.stage, desk.case.waits_for) == ("waiting", "antivirus-down")
    assert desk.told.count("waits") == 1
    assert counts(desk.office.store) == {("CEU01", "paused"): 1}
    assert report(desk.office.store, NUMBER)["status"] == "waiting"
    desk.office.look()
    assert "Espera al antivirus" in (desk.office.home / "ESTADO.html").read_text("utf-8")

    served(place)
    assert desk.work() == "review"
    assert (desk.case.stage, desk.case.waits_for) == ("routed", None)


def test_all_that_wait_are_woken_when_one_gets_through(desk, clamd, pdf, served):
    """Nobody waits out a pause for a daemon that is back."""
    place = clamd.server_address
    clamd.stop()
    for name in ("a", "b"):
        desk.hand_in(f"{name}.pdf", pdf + name.encode())
    assert [desk.work(), desk.work()] == ["held-up"] * 2
    served(place)

    desk.work()
    assert claim(desk.office.store, "b", 60, dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)) is not None


def test_a_daemon_that_goes_away_in_the_middle_of_a_case_makes_it_wait(desk, clamd, zipped, pdf):
    """What was scanned before does not let the rest through."""
    desk.hand_in("a.zip", zipped({"a.pdf": pdf, "b.pdf": pdf + b"\n"}))
    clamd.mode, clamd.version = "close", b"nobody"

    assert desk.work() == "held-up"
    assert desk.case.waits_for == "antivirus-down"


@pytest.mark.parametrize("mode", ["limits", "exceeded", "error", "close"])
def test_what_the_antivirus_cannot_judge_waits_for_a_person(desk, clamd, pdf, mode):
    """Who has looked lets it through, for what was handed in until then."""
    clamd.mode = mode
    desk.hand_in("a.pdf", pdf)

    assert desk.work() == "waiting"
    assert (desk.case.stage, desk.case.waits_for) == ("hold", "antivirus-unsure")
    assert desk.work() is None

    assert requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
    assert desk.work() == "review"


def test_an_optional_antivirus_that_is_away_holds_nothing_up(desk, clamd, antivirus, pdf):
    """It is told, in the case's history and on the office's list."""
    clamd.stop()
    desk.trust(antivirus("optional"))
    desk.hand_in("a.pdf", pdf)

    assert desk.work() == "review"
    assert "antivirus-skipped" in desk.told


@pytest.mark.parametrize("share", [{"office_files_per_day": 2}, {"office_bytes_per_day": 2 * 3000}])
def test_over_the_day_s_share_a_case_waits_until_the_next_day(desk, pdf, share):
    """It keeps its number and its date; the day ends at the office's midnight."""
    desk.trust(Antivirus(), **share)
    papers = [pdf.ljust(3000, bytes([byte])) for byte in b"abc"]
    for n, data in enumerate(papers):
        desk.hand_in(f"{n}.pdf", data)

    assert [desk.at(hour=20) for _ in papers] == ["free", "free", "held-up"]
    late = lines(desk.office.store)[-1]
    assert (late.number[-1], late.stage, late.waits_for) == ("3", "waiting", "quota")
    assert late.received_at.date() == dt.date(2026, 3, 16)
    assert desk.at(hour=23, minute=59) is None
    assert desk.at(day=17, hour=0) == "free"


def test_a_person_s_word_ends_the_wait_for_the_next_day(desk, pdf):
    """For that case alone."""
    desk.trust(Antivirus(), office_files_per_day=1)
    for name in ("a", "b", "c"):
        desk.hand_in(f"{name}.pdf", pdf + name.encode())
    assert [desk.at(hour=20) for _ in range(3)] == ["free", "held-up", "held-up"]

    assert requeue(desk.office.store, "CEU01-2026-000002", desk.office.now())
    assert [desk.at(hour=21), desk.at(hour=21)] == ["free", None]


def test_without_a_share_nothing_is_counted(desk, pdf):
    """As it comes."""
    desk.trust(Antivirus())
    desk.hand_in("a.pdf", pdf)

    assert desk.at(hour=20) == "free"


def test_a_wait_of_another_version_is_told_by_its_word(desk, pdf):
    """A record that a newer program wrote is listed all the same."""
    desk.hand_in("a.pdf", pdf)
    with desk.office.store.write() as connection:
        connection.exec_driver_sql("UPDATE cases SET stage = 'hold', waits_for = 'something-new'")

    desk.office.look()
    assert "something-new" in (desk.office.home / "ESTADO.html").read_text("utf-8")
    assert report(desk.office.store, NUMBER)["waiting"]["code"] == "something-new"
    assert requeue(desk.office.store, NUMBER, dt.datetime.now(dt.UTC))
