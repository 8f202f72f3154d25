"""What a worker finds half done when it starts, and does before it reads anything."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest
import time_machine

from pipeline.case import Returned, carried
from pipeline.folders.publish import receipt_again
from pipeline.reconcile import Reconciler
from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.store.results import fail
from pipeline.work import work
from pipeline.workers import alive, me
from pipeline.workroom import sweep, workroom
from validators.calendar import Calendars

NUMBER = "CEU01-2026-000001"


@pytest.fixture
def waiting(office, pdf):
    """Return an office with one case that nobody has read."""
    office.drop("a.pdf", pdf)
    office.take()
    return office


@pytest.fixture(scope="module")
def dead():
    """Return the name of a worker of this machine that lives no more."""
    told = [sys.executable, "-c", "from pipeline.workers import me; print(me())"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()


def mended(office, seconds):
    """Look after the office so many seconds after its last moment."""
    with time_machine.travel(office.now() + dt.timedelta(seconds=seconds), tick=False):
        return Reconciler(office.settings, office.store)()


def receipts(office):
    return sorted(path.name for path in (office.home / "3_ACEPTADO").rglob("*.zip"))


@pytest.mark.parametrize(("seconds", "given"), [(59, 0), (61, 1)])
def test_a_case_that_nobody_reads_gets_its_receipt_within_the_minute(waiting, seconds, given):
    """It was received, whatever keeps it from being read; it goes on waiting, with all its tries."""
    assert mended(waiting, seconds).receipts == given
    assert mended(waiting, seconds).receipts == 0
    assert len(receipts(waiting)) == given
    assert claim(waiting.store, "w", 60, waiting.now()).attempt == 1


def test_a_case_that_was_tried_in_vain_gets_its_receipt_at_once(waiting):
    """Its reading was begun and failed: who handed it in is not kept waiting for the next try."""
    claimed = claim(waiting.store, "w", 60, waiting.now())
    fail(waiting.store, claimed, "OSError", waiting.now(), attempts=3, wait=10)

    assert mended(waiting, 1).receipts == 1


def test_a_receipt_that_was_taken_away_is_not_given_twice(waiting):
    """The clerk moved it to the applicant's papers: it was given."""
    mended(waiting, 61)
    (waiting.home / "3_ACEPTADO" / NUMBER / f"ACUSE_{NUMBER}.zip").unlink()

    assert mended(waiting, 300).receipts == 0
    assert receipts(waiting) == []


def test_a_share_that_is_away_gets_its_receipts_when_it_is_back(waiting, tmp_path):
    """Nothing is made in its place."""
    waiting.home.rename(tmp_path / "away")
    assert mended(waiting, 61).receipts == 0

    (tmp_path / "away").rename(waiting.home)
    assert mended(waiting, 61).receipts == 1


def test_a_receipt_that_cannot_be_made_stops_no_worker(waiting, monkeypatch):
    """It is told once; the others get theirs."""
    waiting.drop("b.pdf", b"%PDF-1.4 %%EOF")
    waiting.take()
    whole, asked = Reconciler._receipt, []

    def first_fails(self, claimed, now):
        asked.append(claimed.case.number)
        if claimed.case.number == NUMBER:
            raise ValueError
        whole(self, claimed, now)

    monkeypatch.setattr(Reconciler, "_receipt", first_fails)
    with time_machine.travel(waiting.now() + dt.timedelta(seconds=61), tick=False):
        reconcile = Reconciler(waiting.settings, waiting.store)
        for _ in range(3):
            reconcile()

    assert receipts(waiting) == ["ACUSE_CEU01-2026-000002.zip"]
    assert asked.count(NUMBER) == 1


def test_a_second_receipt_that_no_watcher_gave_is_given(waiting, pdf, monkeypatch):
    """The watcher stopped between taking a package in again and answering it."""
    waiting.drop("otra.pdf", pdf)
    monkeypatch.setattr("pipeline.folders.upkeep.receipt_again", lambda *_: None)
    waiting.take()

    assert mended(waiting, 61).receipts == 2
    assert receipts(waiting) == [f"ACUSE_{NUMBER}.zip", f"ACUSE_{NUMBER}_2.zip"]


def test_second_receipts_that_cannot_be_made_stop_no_other(waiting, pdf, monkeypatch):
    """More of them than are given at one go; each is told once, and the one after them gets its turn."""
    whole, asked = receipt_again, []

    def first_fails(store, settings, entered, now):
        asked.append(entered.number)
        if entered.number == NUMBER:
            raise ValueError
        whole(store, settings, entered, now)

    monkeypatch.setattr("pipeline.folders.upkeep.receipt_again", lambda *_: None)
    waiting.drop("b.pdf", b"%PDF-1.4 %%EOF")
    waiting.take()
    for number in range(6):
        waiting.drop(f"otra{number}.pdf", pdf)
    waiting.drop("z.pdf", b"%PDF-1.4 %%EOF")
    waiting.take()
    monkeypatch.setattr("pipeline.reconcile.receipt_again", first_fails)
    with time_machine.travel(waiting.now() + dt.timedelta(seconds=61), tick=False):
        reconcile = Reconciler(waiting.settings, waiting.store)
        for _ in range(3):
            reconcile()

    assert "ACUSE_CEU01-2026-000002_2.zip" in receipts(waiting)
    assert asked.count(NUMBER) == 1


def test_a_case_whose_worker_was_killed_comes_back_at_once(waiting, dead):
    """Nobody waits for the end of a loan to somebody who is dead."""
    claimed = claim(waiting.store, dead, 90, waiting.now())

    assert mended(waiting, 1).given_back == (claimed.case.id,)
    assert claim(waiting.store, "w", 90, waiting.now()).attempt == 1


def test_a_case_that_costs_one_worker_after_another_is_held_for_a_person(waiting, dead):
    """It may be the case; it is shown, and the others go on."""
    few = replace(waiting.settings, work=replace(waiting.settings.work, losses=3))
    waiting.settings = few
    for _ in range(3):
        claimed = claim(waiting.store, dead, 90, waiting.now())
        mended(waiting, 1)

    assert [line.stage for line in lines(waiting.store)] == ["hold"]
    kinds = [event.kind for event in history(waiting.store, claimed.case.id)]
    assert (kinds.count("given-back"), kinds.count("held")) == (2, 1)


def test_a_worker_that_lives_is_known_and_one_of_another_machine_is_not_judged(dead):
    """A process number alone would be borne by another one day."""
    name, _, started = me().rpartition(":")

    assert alive(me()) is True
    assert alive(f"{name}:{int(started) + 1}") is False
    assert alive(dead) is False
    assert alive("other:0123456789ab-1:7:7") is None
    assert alive("nobody") is None


def test_papers_that_a_killed_worker_had_unpacked_are_removed(tmp_path, dead, monkeypatch):
    """They are somebody's; what a living worker has in hand stays."""
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.workroom.me", lambda: dead)
        left = workroom(tmp_path)
        (left.__enter__() / "m00001").write_bytes(b"papel")
    with workroom(tmp_path) as mine:
        assert sweep(tmp_path) == 1
        assert list(tmp_path.iterdir()) == [mine]
    left.__exit__(None, None, None)


def test_a_received_case_is_not_returned_for_what_came_later(waiting, pdf, monkeypatch):
    """An answer that cannot be taken in waits for a person; the application stays received."""
    waiting.drop("b.pdf", pdf + b"\n", f"4_SUBSANAR/{NUMBER}")
    waiting.take()
    claimed = claim(waiting.store, me(), 90, waiting.now())
    end = Returned(**carried(claimed.case), code="too-many-pages")
    monkeypatch.setattr("pipeline.work.run", lambda *_: end)

    assert work(claimed, waiting.settings, waiting.store, None, Calendars.shipped()).outcome == "waiting"
    assert [line.stage for line in lines(waiting.store)] == ["hold"]
    assert list((waiting.home / "5_DEVUELTO").iterdir()) == []
