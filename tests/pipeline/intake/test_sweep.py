"""What cuts leave about goes; what a row has, or might be the last copy of a paper, stays."""

import os
import time

import pytest

from pipeline.intake.accept import accept
from pipeline.intake.sight import look
from pipeline.intake.sweep import sweep
from pipeline.journal.rows import of_case
from pipeline.store.blobs import Blobs

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
TWO_HOURS = 7200


def aged(path):
    then = time.time() - TWO_HOURS
    os.utime(path, (then, then))
    return path


def clean(office):
    list(sweep(office.store, office.store.blobs, office.settings.folders.root))


def stored(office):
    return sorted(p.name for p in office.store.blobs.root.rglob("*") if p.is_file())


def test_bytes_kept_for_a_row_that_never_came_go_with_their_mark(office, pdf):
    """Their drop was taken away, or changed, before it was accepted."""
    kept = office.store.blobs.keep(office.drop("a.pdf", pdf))
    aged(kept.mark)
    clean(office)

    assert stored(office) == []


def test_bytes_kept_a_moment_ago_stay(office, pdf):
    """Another watcher may be about to write their row."""
    office.store.blobs.keep(office.drop("a.pdf", pdf))
    clean(office)

    assert len(stored(office)) == 2


def test_bytes_that_a_row_has_stay_without_their_mark(office, pdf):
    """The cut came between the row and the taking away of the mark."""
    office.drop("a.pdf", pdf)
    office.take()
    kept = office.store.blobs.keep(office.drop("b.pdf", pdf))
    aged(kept.mark)
    clean(office)

    assert stored(office) == [office.store.blobs.path(kept.sha256).name]


def test_bytes_without_row_and_mark_are_never_removed(office, pdf):
    """After a database was restored from an older copy they may be all that is left of a case."""
    kept = office.store.blobs.keep(office.drop("a.pdf", pdf))
    office.store.blobs.settle(kept)
    aged(office.store.blobs.path(kept.sha256))
    clean(office)

    assert office.store.blobs.verify(kept.sha256)


def test_a_copy_cut_short_goes(office, pdf):
    """Nothing points at it."""
    folder = office.store.blobs.root / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    aged(office.drop("a.pdf", pdf).rename(folder / "f00"))
    clean(office)

    assert stored(office) == []


def test_a_page_cut_short_goes_and_a_clerk_s_file_stays(office, pdf):
    """In every folder that the program writes in."""
    for folder in ("", "3_ACEPTADO/CEU01-2026-000001", "4_SUBSANAR/CEU01-2026-000001", "5_DEVUELTO"):
        aged(office.drop(".0123456789abcdef.part", pdf, folder))
        aged(office.drop("nota.part", pdf, folder))
    clean(office)

    assert sorted({path.name for path in office.home.rglob("*.part")}) == ["nota.part"]


def test_a_sweep_in_the_middle_of_an_acceptance_makes_it_begin_again(office, pdf, monkeypatch):
    """No row is written for bytes that are not there; the next look takes the drop."""
    path = office.drop("a.pdf", pdf)
    keep = Blobs.keep

    def swept(blobs, original, **how):
        kept = keep(blobs, original, **how)
        aged(kept.mark)
        clean(office)
        return kept

    monkeypatch.setattr(Blobs, "keep", swept)
    refused = accept(
        office.store, office.store.blobs, place(office), look(path), office.settings.limits, office.now()
    )
    monkeypatch.undo()

    assert refused is None
    (entered,) = office.take()
    assert len(of_case(office.store, entered.case)) == 1
    assert office.store.blobs.verify(entered.sha256)


def place(office):
    from pipeline.folders.places import Place

    return Place(office.settings.folders.root, "CEU01")
