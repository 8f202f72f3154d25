"""The move of an original that was accepted: that very one, or none."""

import os
import shutil

import pytest

from pipeline.intake import accept as accepting
from pipeline.journal.rows import of_case, unplaced
from pipeline.store.cases import lines
from pipeline.store.events import history

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def entered(office, pdf, monkeypatch):
    """Return a drop that is accepted while the share allows no move; the next look moves it."""
    office.drop("a.pdf", pdf)
    monkeypatch.setattr("pipeline.intake.counter.place", lambda *_: False)
    (one,) = office.take()
    monkeypatch.undo()
    assert [row.id for row in unplaced(office.store)] == [one.id]
    return one


def test_a_file_put_in_place_of_the_original_is_a_drop_of_its_own(office, entered, pdf):
    """It is never moved as though it had been accepted, and is taken when it lies still."""
    office.drop("a.pdf", pdf + b"\n")
    (second,) = office.take()
    office.look()

    assert second.sha256 != entered.sha256
    assert sorted(office.names("2_EN_CURSO")) == [second.placed_as]
    assert [event.kind for event in history(office.store, entered.case)][-1] == "original-gone"


def test_the_same_bytes_under_another_inode_are_the_same_drop(office, entered):
    """A share that was mounted anew shows every file as another."""
    path = office.home / "1_ENTRADA" / "a.pdf"
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    office.look()

    assert office.names("2_EN_CURSO") == [entered.placed_as]
    assert office.take() == []
    assert len(of_case(office.store, entered.case)) == 1


def test_a_move_that_a_power_cut_left_with_both_names_is_ended(office, entered):
    """One file, two names: the old one goes, and no second receipt is given."""
    os.link(office.home / "1_ENTRADA" / "a.pdf", office.home / "2_EN_CURSO" / entered.placed_as)
    office.look()

    assert office.names("1_ENTRADA") == []
    assert len(of_case(office.store, entered.case)) == 1


def test_a_file_that_came_in_the_middle_of_the_move_is_put_back(office, entered, pdf, monkeypatch):
    """Between the last look at the original and its move a scanner wrote another under its name."""
    rename = type(office.store.files).rename

    def late(files, old, new):
        old.write_bytes(pdf + b"late")
        monkeypatch.undo()
        rename(files, old, new)

    monkeypatch.setattr(type(office.store.files), "rename", late)
    office.look()
    assert office.names("2_EN_CURSO") == []

    office.take()
    assert sorted(line.source_name for line in lines(office.store)) == ["a.pdf", "a.pdf"]
    assert [entered.sha256 in office.store.blobs.all(), len(list(office.store.blobs.all()))] == [True, 2]


def test_an_original_that_was_taken_away_is_noted(office, entered):
    """The case goes on: its bytes are in the store."""
    (office.home / "1_ENTRADA" / "a.pdf").unlink()
    office.look()

    assert unplaced(office.store) == ()
    assert history(office.store, entered.case)[-1].kind == "original-gone"
    assert office.store.blobs.verify(entered.sha256)


def test_both_names_are_forced_also_when_the_move_was_done_before(office, entered, monkeypatch):
    """The move may not have reached the disk before the program was stopped."""
    (office.home / "1_ENTRADA" / "a.pdf").rename(office.home / "2_EN_CURSO" / entered.placed_as)
    forced = []
    monkeypatch.setattr(
        type(office.store.files), "force_folder", lambda _, folder: forced.append(folder.name)
    )
    place = accepting.Place(office.settings.folders.root, "CEU01")
    assert accepting.place(office.store, office.store.files, place, entered, office.now())

    assert forced == ["2_EN_CURSO", "1_ENTRADA"]


def test_a_drop_that_was_missing_when_it_was_to_be_moved_is_the_same_when_it_is_back(office, entered):
    """A share may show an empty folder for a moment: what lay in it is no second drop after that."""
    path = office.home / "1_ENTRADA" / "a.pdf"
    aside = path.rename(office.home / "a.pdf")
    office.look()
    assert unplaced(office.store) == ()
    aside.rename(path)
    office.take()

    assert office.names("2_EN_CURSO") == [entered.placed_as]
    assert len(of_case(office.store, entered.case)) == 1
