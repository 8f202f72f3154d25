"""A case whose folders are written twice, by a worker that was cut off, or on a share that fails."""

import contextlib
import shutil

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.folders.publish import publish
from tests.pipeline.folders.judged import MISSING


def test_publishing_twice_changes_nothing(office, worked, pdf):
    """A repeated run after a crash finds all done."""
    office.drop("a.pdf", pdf)
    office.take()
    case = worked("cure", MISSING)
    before = {p: p.stat().st_mtime_ns for p in office.home.rglob("*") if p.is_file()}
    publish(office.store, office.settings, case, came(office), office.now())

    assert {p: p.stat().st_mtime_ns for p in office.home.rglob("*") if p.is_file()} == before


def came(office):
    import sqlalchemy as sa

    from pipeline.store.schema import submissions

    with office.store.read() as connection:
        return tuple(connection.execute(sa.select(submissions.c.id).order_by(submissions.c.seq)).scalars())


ENDS = {
    "routed": ("a.pdf", b"%PDF-1.4 %%EOF", {"3_ACEPTADO": 1, "4_SUBSANAR": 3, "5_DEVUELTO": 0}),
    "returned": ("a.docx", b"PK\3\4", {"3_ACEPTADO": 0, "4_SUBSANAR": 0, "5_DEVUELTO": 2}),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("calls", range(0, 48, 2))
def test_a_cut_while_publishing_is_made_good_by_the_next_worker(office, dying, worked, end, calls):
    """The case is lent again, and each effect is there once and whole."""
    name, data, files = ENDS[end]
    office.drop(name, data)
    office.take()
    with contextlib.suppress(dying.Stopped):
        office.start(dying(calls))
        worked("cure", MISSING)

    office.seconds += 61
    office.start()
    with contextlib.suppress(AttributeError):  # nothing is lent when all was done before the cut
        worked("cure", MISSING)

    found = {f: [p for p in (office.home / f).rglob("*") if p.is_file()] for f in files}
    assert {
        folder: len([p for p in paths if ".part" not in p.name]) for folder, paths in found.items()
    } == files
    assert office.names("2_EN_CURSO") == []


def test_a_returned_folder_whose_copy_was_lost_comes_from_the_store(office, worked):
    """The bytes were safe before anything else happened."""
    office.drop("nota.txt", b"hola", "1_ENTRADA/caso")
    office.take(after=31)
    shutil.rmtree(office.home / "2_EN_CURSO" / "CEU01-2026-000001_caso")
    worked()

    back = office.home / "5_DEVUELTO" / "CEU01-2026-000001" / "caso" / "nota.txt"
    assert back.read_bytes() == b"hola"


def test_a_drop_called_like_our_reason_does_not_hide_it(office, worked):
    """Both are there."""
    office.drop("MOTIVO.txt", b"hola")
    office.take()
    worked()

    assert office.names("5_DEVUELTO/CEU01-2026-000001") == ["CEU01-2026-000001_MOTIVO.txt", "MOTIVO.txt"]


def test_a_share_that_does_not_answer_is_told_as_such(office, worked, tmp_path, pdf):
    """Nothing is made in its place; the case waits."""
    office.drop("a.pdf", pdf)
    office.take()
    office.home.rename(tmp_path / "away")

    with pytest.raises(EnvironmentFault, match="unidad de red"):
        worked()
    assert not office.home.exists()


def test_an_original_that_moved_late_is_removed_too(office, worked, pdf, monkeypatch):
    """The case was published while a program still held the file in 1_ENTRADA."""
    office.drop("a.pdf", pdf)
    monkeypatch.setattr("pipeline.intake.counter.place", lambda *_: False)
    office.take()
    worked()
    assert office.names("1_ENTRADA") == ["a.pdf"]

    monkeypatch.undo()
    office.look()
    assert office.names("1_ENTRADA") == office.names("2_EN_CURSO") == []


def test_an_original_that_moved_after_it_was_given_back_is_removed_too(office, worked, monkeypatch):
    """A worker was quicker than the watcher, who had accepted the drop and died before moving it."""
    office.drop("a.docx", b"PK\3\4")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.intake.counter.place", lambda *_: False)
        office.take()
    worked()

    office.look()
    office.look()
    assert office.names("1_ENTRADA") == office.names("2_EN_CURSO") == []
    assert office.names("5_DEVUELTO/CEU01-2026-000001") == ["MOTIVO.txt", "a.docx"]


def test_a_package_that_came_again_keeps_its_right_to_a_second_receipt(office, worked, pdf, monkeypatch):
    """The watcher died before it gave it, and the case was published meanwhile."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("b.pdf", pdf)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.folders.upkeep.receipt_again", lambda *_: None)
        office.take()
    worked()

    office.look()
    assert "ACUSE_CEU01-2026-000001_2.zip" in office.names("3_ACEPTADO/CEU01-2026-000001")
    assert office.names("2_EN_CURSO") == []
