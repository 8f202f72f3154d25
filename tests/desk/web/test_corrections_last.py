"""What was set right lasts: through an answer, a new reading, and in what the folders say."""

import datetime as dt
import io
import json

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas

from desk.cli.case import case
from pipeline.calendars import at_hand
from pipeline.corrections.record import of_case
from pipeline.kept import as_read, kept_case
from pipeline.reassess import Closed, taken_up
from pipeline.replay import Question, again
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.store.results import requeue
from pipeline.store.schema import cases
from pipeline.watch import Watcher
from pipeline.what_if import what_if
from pipeline.work import work
from tests.readers import readers


class Case:
    """A case at the desk, a reviewer before it, and a worker behind."""

    def __init__(self, desk, queue):
        self.desk, self.client = desk, desk.browser("reviewer")
        self.number = next(
            row.number for row in self._all() if row.queue == queue and row.number.startswith("MEL01")
        )
        self.calendars = at_hand(desk.settings.calendars)
        self.padron = "padron_málaga.pdf" if queue == "review" else "padron_melilla.pdf"

    def _all(self):
        with self.desk.store.read() as connection:
            return connection.execute(sa.select(cases).order_by(cases.c.number)).all()

    @property
    def row(self):
        return next(row for row in self._all() if row.number == self.number)

    def document(self):
        return next(one for one in self.row.report["documents"] if one["file"] == self.padron)

    def say(self, field, **typed):
        one = self.document()
        paper = f"{one['sha256']}:{','.join(map(str, one['pages']))}:{one['kind']}"
        sealed = {"csrf": self.client.csrf, "paper": paper, "revision": self.row.revision}
        address = f"/expedientes/{self.number}/campos/{one['id']}/{field}"
        return self.client.post(address, data=sealed | typed, follow_redirects=False)

    def undo(self, why="no"):
        data = {"csrf": self.client.csrf, "revision": self.row.revision, "why": why}
        row = self.rows[-1].seq
        address = f"/expedientes/{self.number}/correcciones/{row}/deshacer"
        return self.client.post(address, data=data, follow_redirects=False)

    @property
    def rows(self):
        with self.desk.store.read() as connection:
            return of_case(connection, self.row.id)

    @property
    def wanted(self):
        return self.desk.settings.folders.root / "MEL01" / "4_SUBSANAR" / self.number / "FALTA.txt"

    def work(self):
        """Let a worker do all there is to do, an hour later."""
        settings, store = self.desk.settings, self.desk.store
        with time_machine.travel(self.desk.now + dt.timedelta(hours=1)):
            while claimed := claim(store, "w", 90, dt.datetime.now(dt.UTC)):
                work(claimed, settings, store, readers(), self.calendars)

    def answer(self):
        """Drop a paper into the case's folder and let the watcher take it."""
        out = io.BytesIO()
        canvas = Canvas(out, invariant=1)
        canvas.drawString(72, 720, "Aquí tienen lo que faltaba, un escrito cualquiera de tres palabras.")
        canvas.save()
        self.wanted.with_name("respuesta.pdf").write_bytes(out.getvalue())
        seconds = [0.0]
        with time_machine.travel(self.desk.now + dt.timedelta(minutes=30)):
            watcher = Watcher(self.desk.settings, self.desk.store, clock=lambda: seconds[0])
            for _ in range(4):
                watcher.scan_once()
                seconds[0] += 3


@pytest.fixture
def cure(desk):
    """Return the case of Melilla that lacks a paper."""
    return Case(desk, "cure")


@pytest.fixture
def review(desk):
    """Return the case of Melilla in review."""
    return Case(desk, "review")


def test_an_answer_comes_and_what_was_set_right_is_still_there(cure):
    """The papers are read again, with the answer among them; the word of the person goes on."""
    cure.say("notes", act="corrected", value="una nota")
    cure.answer()
    waiting = cure.row.stage
    cure.work()

    assert waiting == "accepted"
    assert len(cure.row.report["documents"]) == len(cure.row.report["as_read"]) == 5
    assert cure.document()["fields"]["notes"]["value"] == "una nota"
    assert cure.row.report["corrections"][0]["document"] is not None


def test_while_an_answer_waits_to_be_read_nothing_is_set_right(cure):
    """What would be set right is about to be read anew: the form comes back with what was typed."""
    cure.answer()
    answer = cure.say("notes", act="corrected", value="una nota")

    assert answer.status_code == 409
    assert "una nota" in answer.text
    with pytest.raises(Closed):
        taken_up(cure.desk.store, cure.row.id)


def test_a_case_read_again_gives_the_same_report(cure):
    """The desk judged what a worker judges: not a letter is different, and nothing is told twice."""
    cure.say("notes", act="corrected", value="una nota")
    before = cure.row
    requeue(cure.desk.store, cure.number, cure.desk.now)
    cure.work()

    assert cure.row.report == before.report
    assert [one.what for one in look_over(cure.desk.store, cure.desk.now) if one.damage] == []


def test_what_is_missing_is_told_anew_at_once(cure):
    """A further defect stands in the folder when the page comes back, and goes when it is undone."""
    first = cure.wanted.read_text(encoding="utf-8")
    cure.say("periods", act="illegible", why="mancha")
    second = cure.wanted.read_text(encoding="utf-8")
    cure.undo()

    assert first != second
    assert cure.wanted.read_text(encoding="utf-8") == first


def test_a_folder_appears_with_the_queue_and_goes_with_it(review):
    """A case must not say two things."""
    before = review.wanted.exists()
    review.say("periods", act="illegible", why="mancha")
    asked = review.wanted.exists(), review.row.queue
    review.undo()

    assert (before, asked) == (False, (True, "cure"))
    assert (review.wanted.exists(), review.row.queue) == (False, "review")


def test_a_share_that_is_away_is_left_to_the_workers(review):
    """What was set right is kept; a minute later a worker takes the case for what its folder lacks."""
    office = review.desk.settings.folders.root / "MEL01"
    office.rename(office.with_name("fuera"))
    answer = review.say("periods", act="illegible", why="mancha")
    at = review.desk.now
    soon = claim(review.desk.store, "w", 90, at)
    later = claim(review.desk.store, "w", 90, at + dt.timedelta(minutes=2))

    assert (answer.status_code, review.row.queue, soon) == (303, "cure", None)
    assert (later.case.number, later.unread) == (review.number, False)


def test_a_corrected_case_is_replayed_and_asked_about_as_it_stands(review):
    """A replay without a change changes nothing; a question stands on what people set right."""
    review.say("notes", act="corrected", value="una nota")
    report = review.row.report
    settings = review.desk.settings
    answer = again(report, Question(policy=settings.policy), review.calendars)
    verdicts = what_if(report, ["d5.notes=otra"], settings.policy, review.calendars)

    assert not answer.changed
    assert verdicts.before["as_read"] == report["as_read"]
    assert kept_case(report).mended is not None
    assert as_read(report).mended is None


def test_case_show_tells_who_set_what_right(review, monkeypatch, tmp_path):
    """With the value that was read, and what was undone."""
    review.say("notes", act="corrected", value="una nota", why="se lee al pie")
    review.say("municipality", act="confirmed")
    review.undo()
    settings = review.desk.settings
    monkeypatch.setenv("VENTANILLA_STORAGE__DATABASE", settings.storage.database)
    monkeypatch.setenv("VENTANILLA_STORAGE__BLOBS", str(settings.storage.blobs))
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(case, ["show", review.number], catch_exceptions=False)
    first, second = json.loads(shown.stdout)["cases"][0]["corrections"]

    assert (first["value"], first["who"], first["why"], first["document"]) == (
        "una nota",
        "ana",
        "se lee al pie",
        "d5",
    )
    assert (second["what"], second["undone"]) == ("confirmed", True)
