"""A paper is in the store when its bytes and its name are on the disk itself, or it is not there at all."""

import errno
import os

import pytest

from pipeline.files import Files
from pipeline.store.blobs import Blobs, ChangedError


class Telling(Files):
    """A disk that tells what is asked of it, and fails at the call of that name and number."""

    def __init__(self, fail=None):
        self.calls, self._fail = [], fail

    def __getattribute__(self, name):
        found = object.__getattribute__(self, name)
        return found if name.startswith("_") or name == "calls" else self._told(name, found)

    def _told(self, name, call):
        def telling(*said):
            self.calls.append(name)
            if self._fail == (name, self.calls.count(name)):
                raise OSError(errno.EIO, "I/O error")
            return call(*said)

        return telling


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    return path


@pytest.fixture
def warm(tmp_path, paper):
    """Return a store that has its folders, on a disk that tells."""
    files = Telling()
    blobs = Blobs(root=tmp_path / "blobs", files=files)
    blobs.keep(paper)
    files.calls.clear()
    return blobs


def test_bytes_then_name_then_folder(warm, paper):
    """Written, forced, then marked and named, then the name forced: in no other order."""
    warm.keep(paper)

    assert warm.files.calls == ["create", "write", "force", "create", "rename", "force_folder"]


def test_a_folder_that_a_cut_program_made_is_forced_again(tmp_path, paper):
    """Its name may not have reached the disk, and the papers in it would be lost with it."""
    Blobs(root=tmp_path / "blobs", files=Files()).keep(paper)
    files = Telling()
    Blobs(root=tmp_path / "blobs", files=files).keep(paper)

    assert files.calls.count("force_folder") == 5


@pytest.mark.parametrize("call", ["create", "write", "force", "rename", "force_folder"])
def test_a_copy_that_failed_is_given_up_and_made_again_from_the_original(warm, paper, call):
    """After a failed force the disk may have dropped the bytes and say that all is well."""
    warm.files._fail = (call, 1)
    with pytest.raises(OSError, match="I/O error"):
        warm.keep(paper)
    assert list((warm.root / "tmp").iterdir()) == []

    warm.files._fail = None
    warm.files.calls.clear()
    kept = warm.keep(paper)
    assert warm.files.calls[:3] == ["create", "write", "force"]
    assert warm.verify(kept.sha256)


def test_a_file_changed_with_its_time_set_back_is_seen(warm, paper, monkeypatch):
    """Size and time of change as before: the time of the last change of any kind tells."""
    status = paper.stat()
    force = Files.force

    def changing(files, file):
        force(files, file)
        paper.write_bytes(b"%PDF-1.7")
        os.utime(paper, ns=(status.st_atime_ns, status.st_mtime_ns))

    monkeypatch.setattr(Files, "force", changing)
    with pytest.raises(ChangedError):
        warm.keep(paper)


def test_a_share_that_gives_other_bytes_the_second_time_is_not_believed(warm, paper, monkeypatch):
    """`folders.verify_reads`: what memory held and what the share has are not the same."""
    rename = Blobs._copy

    def lying(blobs, original, temporary):
        rename(blobs, original, temporary)
        return "0" * 64, 8

    monkeypatch.setattr(Blobs, "_copy", lying)
    with pytest.raises(ChangedError):
        warm.keep(paper, twice=True)
    assert list((warm.root / "tmp").iterdir()) == []


def test_a_link_is_not_followed(warm, paper):
    """Whatever it points at is nobody's application."""
    link = paper.with_name("b.pdf")
    link.symlink_to(paper)
    with pytest.raises(OSError, match=r"symbolic links|loop"):
        warm.keep(link)
