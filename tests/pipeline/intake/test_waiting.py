"""What lies in a drop folder and is not taken: why, since when, and what a restart still knows of it."""

import datetime as dt
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.journal.drops import lying
from pipeline.store.blobs import Blobs

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def waits(office):
    return [(one.name, one.state, one.why) for one in lying(office.store, "CEU01")]


def test_since_when_a_drop_is_seen_survives_a_restart(office, pdf):
    """The list goes on telling the hour at which it was first seen."""
    office.drop("a.pdf", pdf[:200])
    office.look()
    office.look(after=10)
    office.start()
    office.look(after=60)

    (one,) = lying(office.store, "CEU01")
    assert one.first_seen == dt.datetime(2026, 3, 16, 8, 30, tzinfo=dt.UTC)
    assert "09:30" in (office.home / "ESTADO.html").read_text()


def test_patience_is_counted_over_restarts(office, pdf):
    """A machine that starts anew every few minutes must not put an answer off for ever."""
    office.drop("a.pdf", pdf[:200])
    office.look()
    for _ in range(3):
        office.look(after=190)
        office.start()
        office.look()

    assert office.look(after=20).accepted == []
    assert len(office.look(after=20).accepted) == 1


def test_patience_begins_again_when_the_drop_changed_while_nobody_looked(office, pdf):
    """Whoever writes it is still at it."""
    office.drop("a.pdf", pdf[:200])
    office.look()
    office.look(after=590)
    office.drop("a.pdf", pdf[:300])
    office.start()
    office.look(after=60)

    assert office.look(after=590).accepted == []
    assert len(office.look(after=20).accepted) == 1


def test_a_drop_that_cannot_be_taken_is_asked_for_less_often_but_for_ever(office, pdf, monkeypatch):
    """Half a minute, one, two ... ten minutes; a restart asks once more, and then goes on as before."""
    office.drop("a.pdf", pdf)
    office.look()
    asked = []
    monkeypatch.setattr(Blobs, "keep", lambda *_, **__: asked.append(office.seconds) or missing())
    for _ in range(330):
        office.look(after=10)
        office.start() if office.seconds == 2150 else None

    assert [b - a for a, b in pairwise(asked)] == [30, 60, 120, 240, 480, 600, 600, 30, 600]
    assert waits(office) == [("a.pdf", "deferred", "deferred")]


def missing():
    raise PermissionError


def test_what_was_taken_is_no_longer_said_to_wait(office, pdf):
    """The row that accepts it and the row that says it waits change in one step."""
    office.drop("a.pdf", pdf[:200])
    office.look()
    office.look(after=10)
    assert waits(office) == [("a.pdf", "waiting", "writing")]

    office.drop("a.pdf", pdf)
    assert len(office.take()) == 1
    assert waits(office) == []


def test_what_a_clerk_took_away_is_forgotten(office, pdf):
    """It was never received, and nobody waits for it."""
    path = office.drop("a.pdf", pdf[:200])
    office.look()
    office.look(after=10)
    path.unlink()
    office.look()

    assert waits(office) == []


def test_a_drop_for_which_there_is_no_room_waits_and_goes_on_by_itself(office, pdf):
    """On the disk of the papers or of the journal; the list says so, and nothing of it is kept meanwhile."""
    settings = office.settings
    office.settings = replace(settings, storage=replace(settings.storage, reserve=1 << 60))
    office.start()
    office.drop("a.pdf", pdf)
    assert office.take() == []
    assert waits(office) == [("a.pdf", "deferred", "no-room")]
    assert "No queda sitio" in (office.home / "ESTADO.html").read_text()

    office.settings = settings
    office.start()
    assert len(office.take()) == 1


def test_what_a_clerk_must_mend_is_held(office, pdf):
    """A name that is no text, and an office's word without its file."""
    Path(os.fsdecode(os.fsencode(office.home / "1_ENTRADA") + b"/\xff.pdf")).write_bytes(pdf)
    office.drop("b.pdf.presentacion.json", b"{}")
    office.look()

    assert waits(office) == [
        ("\\xff.pdf", "hold", "bad-name"),
        ("b.pdf.presentacion.json", "hold", "no-paper"),
    ]


def test_a_paper_that_keeps_the_name_of_one_half_written_is_shown(office, pdf):
    """It may be whole: nobody takes it, and nobody forgets it; a system's own hidden file is left alone."""
    for name in (".a.pdf", "b.pdf.part", ".gitkeep"):
        office.drop(name, pdf)
    office.look()
    office.look(after=599)
    assert {why for _, _, why in waits(office)} == {"writing"}
    office.look(after=2)
    assert waits(office) == [(".a.pdf", "hold", "unfinished-name"), ("b.pdf.part", "hold", "unfinished-name")]


def test_an_answer_beside_the_folders_of_the_cases_is_shown(office, pdf):
    """Nobody can tell whose it is; nothing is taken, and the clerk who left it there is told."""
    cure = office.home / "4_SUBSANAR"
    for name in ("suelto.pdf", "ceu01-2026-000003 /a.pdf", "CEU01-2026-000003/.b.pdf"):
        (cure / name).parent.mkdir(exist_ok=True)
        (cure / name).write_bytes(pdf)
    (cure / "vacia").mkdir()
    office.look()

    assert office.look(after=601).accepted == []
    assert waits(office) == [
        ("ceu01-2026-000003 ", "hold", "no-number"),
        ("suelto.pdf", "hold", "no-number"),
        (".b.pdf", "hold", "unfinished-name"),
    ]
    assert "no se recoge" in (office.home / "ESTADO.html").read_text()


def test_a_drop_that_waits_a_moment_costs_no_write(office, pdf):
    """Almost all are taken seconds after they are seen."""
    office.drop("a.pdf", pdf)
    office.look()

    assert waits(office) == []


def test_one_office_s_storm_does_not_keep_the_others_waiting(office, pdf, monkeypatch):
    """After some seconds the next office has its turn; what was left is taken at the next look, at once."""
    other = office.settings.folders.root / "MEL01"
    for folder in ("1_ENTRADA", "2_EN_CURSO"):
        (other / folder).mkdir(parents=True)
    (other / "1_ENTRADA" / "m.pdf").write_bytes(pdf)
    for n in range(3):
        office.drop(f"{n}.pdf", pdf + b"%d" % n)
    office.look()
    keep = Blobs.keep

    def slow(blobs, original, **how):
        office.seconds += 4
        return keep(blobs, original, **how)

    monkeypatch.setattr(Blobs, "keep", slow)
    first = office.look(after=3)
    second = office.look()

    assert [(e.office, e.name) for e in first.accepted] == [
        ("CEU01", "0.pdf"),
        ("CEU01", "1.pdf"),
        ("MEL01", "m.pdf"),
    ]
    assert (first.more, second.more, [e.name for e in second.accepted]) == (True, False, ["2.pdf"])


def test_an_office_s_word_that_is_not_spelt_as_agreed_is_shown(office, pdf):
    """Its paper is taken without it, and what only ends like a word is a drop like any other."""
    office.drop("a.pdf", pdf)
    office.drop("a.pdf.Presentacion.JSON", b"{}")
    office.drop("PRESENTACION.json", b"{}")
    office.drop("mi-presentacion.json", b"{}")

    assert [e.name for e in office.take(after=10)] == ["a.pdf", "mi-presentacion.json"]
    assert waits(office) == [
        ("PRESENTACION.json", "hold", "no-paper"),
        ("a.pdf.Presentacion.JSON", "hold", "no-paper"),
    ]
