"""Disks, shares and folders that refuse: nothing is lost, and nobody else is stopped."""

import errno
import os
import shutil
from dataclasses import replace

import pytest

from pipeline.files import Files
from pipeline.store.cases import lines
from pipeline.store.claims import claim


@pytest.mark.parametrize("call", ["create", "write", "force", "force_folder"])
def test_a_disk_that_refuses_accepts_nothing(office, pdf, monkeypatch, call):
    """The drop stays, nothing is left of the copy, and it is taken when the disk is well."""
    office.drop("a.pdf", pdf)
    office.look()
    refuse = raising(OSError(errno.EIO, "I/O error"))
    monkeypatch.setattr(type(office.store.files), call, refuse)
    assert office.look(after=3).accepted == []

    monkeypatch.undo()
    assert office.names("1_ENTRADA") == ["a.pdf"]
    assert list((office.settings.storage.blobs / "tmp").glob("*")) == []
    assert len(office.look(after=31).accepted) == 1


def raising(error):
    def refuse(*_):
        raise error

    return refuse


def test_a_lost_share_is_unknown_not_empty(office, pdf, tmp_path):
    """Nothing is made in its place, and when it is back all goes on."""
    office.drop("a.pdf", pdf)
    office.look()
    root = office.settings.folders.root
    root.rename(tmp_path / "away")
    root.mkdir()

    assert office.look(after=5).unknown == ["CEU01"]
    assert list(root.iterdir()) == []

    root.rmdir()
    assert office.look().unknown == [""]
    (tmp_path / "away").rename(root)
    assert len(office.look().accepted) == 1


def test_a_share_that_is_away_at_the_start_gets_no_folders_in_its_stead(office, pdf, tmp_path):
    """What is written there would lie under it when it is back; a new office has no numbers yet."""
    office.drop("a.pdf", pdf)
    office.take()
    office.home.rename(tmp_path / "away")
    office.start()

    assert office.look().unknown == ["CEU01"]
    assert not office.home.exists()

    (tmp_path / "away").rename(office.home)
    office.drop("b.pdf", pdf + b"\n")
    assert [one.number for one in office.take()] == ["CEU01-2026-000002"]


def test_a_share_that_is_away_is_told_of_once_a_minute_by_its_office(office, caplog, tmp_path):
    """Whoever looks after the machine must hear of it: the office's own page lies on that share."""
    office.look()
    office.home.rename(tmp_path / "away")
    stop = Ending(office, looks=65)

    office.watcher.run(stop)

    assert [record.message.splitlines()[0] for record in caplog.records] == [
        "Las carpetas de CEU01 no están o no se pueden leer"
    ] * 2


class Ending:
    """An event that is set after some looks, between which a second passes on the office's clock."""

    def __init__(self, office, looks):
        self.office, self.left = office, looks

    def is_set(self):
        return self.left == 0

    def wait(self, _):
        self.left -= 1
        self.office.seconds += 1


def test_an_office_whose_folders_cannot_be_made_does_not_stop_the_others(office, pdf):
    """Its share is not there, or is not ours to write; it is asked again at every look."""
    folders = replace(office.settings.folders, offices=("AAA01", "CEU01"))
    office.settings = replace(office.settings, folders=folders)
    blocked = folders.root / "AAA01"
    blocked.write_bytes(b"")
    office.start()
    office.drop("a.pdf", pdf)

    assert len(office.take()) == 1
    blocked.unlink()
    office.look()
    assert (blocked / "1_ENTRADA").is_dir()


def test_the_list_tells_of_a_drop_that_is_taken_but_may_not_be_moved(office, pdf, monkeypatch):
    """A folder that another account owns: it is received once, and whoever sees it lie there knows why."""
    rename = Files.rename

    def refuse(self, old, new):
        if new.parent.name == "2_EN_CURSO":
            raise PermissionError(errno.EACCES, "Permission denied")
        rename(self, old, new)

    monkeypatch.setattr(Files, "rename", refuse)
    office.drop("a.pdf", pdf)
    taken = office.take()
    office.look(after=61)
    page = (office.home / "ESTADO.html").read_text("utf-8")
    monkeypatch.undo()
    office.look(after=1)

    assert [one.number for one in taken] == ["CEU01-2026-000001"]
    assert "no se deja mover" in page
    assert "no se deja mover" not in (office.home / "ESTADO.html").read_text("utf-8")
    assert office.names("2_EN_CURSO") == ["CEU01-2026-000001_a.pdf"]


def test_one_drop_that_cannot_be_read_does_not_stop_the_others(office, pdf, monkeypatch):
    """The others are taken; it is shown, and asked for again."""
    office.drop("a.pdf", pdf)
    office.drop("b.pdf", pdf + b"\n")
    keep = type(office.store.blobs).keep

    def refuse(blobs, path, **how):
        if path.name == "a.pdf":
            raise PermissionError
        return keep(blobs, path, **how)

    monkeypatch.setattr(type(office.store.blobs), "keep", refuse)
    assert [e.name for e in office.take()] == ["b.pdf"]
    assert "No se ha podido leer" in (office.home / "ESTADO.html").read_text()

    monkeypatch.undo()
    assert [e.name for e in office.look(after=31).accepted] == ["a.pdf"]


def test_a_receipt_that_cannot_be_made_stops_no_drop(office, pdf, monkeypatch):
    """A second receipt fails in a way that nobody thought of; what clerks drop is taken all the same."""
    office.drop("a.pdf", pdf)
    office.drop("otra-vez.pdf", pdf)
    monkeypatch.setattr("pipeline.folders.upkeep.receipt_again", lambda *_: int("none"))
    office.take()
    office.drop("b.pdf", pdf + b"\n")

    assert [e.number[-6:] for e in office.take()] == ["000002"]


def test_a_list_that_cannot_be_written_stops_no_other_office(office, pdf, monkeypatch):
    """Nor does it keep the office itself from being looked at."""
    monkeypatch.setattr("pipeline.folders.upkeep.write_status", lambda *_: int("none"))
    office.drop("a.pdf", pdf)
    shutil.copytree(office.home, office.home.with_name("CEU02"))

    assert {e.office for e in office.take()} == {"CEU01", "CEU02"}


def test_without_room_nothing_is_taken(office, pdf, monkeypatch):
    """The drop stays where it is until there is room for it and the reserve."""
    office.drop("a.pdf", pdf)
    free = os.statvfs_result((1, 1, 9, 9, len(pdf) - 1, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: free)
    assert office.take() == []

    monkeypatch.undo()
    assert len(office.look().accepted) == 1


def test_a_file_replaced_while_it_was_copied_is_not_accepted(office, pdf, monkeypatch):
    """Neither the old bytes nor a mixture get a row; the new file is taken when it lies still."""
    path = office.drop("a.pdf", pdf)
    keep = type(office.store.blobs).keep

    def slow(blobs, original, **how):
        kept = keep(blobs, original, **how)
        path.write_bytes(pdf + b"\n")
        return kept

    monkeypatch.setattr(type(office.store.blobs), "keep", slow)
    assert office.take() == []

    monkeypatch.undo()
    (entered,) = office.take()
    assert office.store.blobs.path(entered_sha(office, entered)).read_bytes() == pdf + b"\n"


def entered_sha(office, entered):
    claimed = claim(office.store, "w", 60, office.now())
    assert claimed.case.id == entered.case
    return claimed.case.source.sha256


def test_an_original_that_a_program_holds_open_is_moved_later(office, pdf, monkeypatch):
    """The case is accepted; Windows lets the file go when it is closed."""
    office.drop("a.pdf", pdf)
    monkeypatch.setattr(office.store.files, "rename", refused(office.store.files.rename), raising=False)
    (entered,) = office.take()
    assert office.names("1_ENTRADA") == ["a.pdf"]
    assert office.look(after=60).accepted == []

    monkeypatch.undo()
    office.look()
    assert office.names("2_EN_CURSO") == [entered.placed_as]
    assert len(lines(office.store)) == 1


def refused(rename):
    def refuse(old, new):
        if "1_ENTRADA" in str(old):
            raise PermissionError
        return rename(old, new)

    return refuse
