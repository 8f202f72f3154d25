"""The folder of pictures stays within its size, is its owner's alone, and never stands in the way."""

import os

import pytest

from pipeline.pictures.shelf import Shelf

A, B = "a" * 64, "b" * 64


def held(root):
    """Return the bytes in the folder."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def test_what_was_put_is_given_back(tmp_path):
    """Each piece by the paper it was made from and its name."""
    shelf = Shelf(tmp_path / "p", 1000)
    shelf.put(A, "1.150", b"one")

    assert (shelf.get(A, "1.150"), shelf.get(A, "2.150"), shelf.get(B, "1.150")) == (b"one", None, None)


def test_the_folder_stays_within_its_size(tmp_path):
    """Whatever is put into it, by two processes at once."""
    shelves = Shelf(tmp_path / "p", 10_000), Shelf(tmp_path / "p", 10_000)
    for n in range(300):
        shelves[n % 2].put(f"{n:064x}", "1.150", bytes(400))

    assert 0 < held(tmp_path / "p") <= 20_000


def test_what_was_used_last_stays(tmp_path):
    """A page that is looked at again outlives those that are not."""
    shelf = Shelf(tmp_path / "p", 4_000)
    for n in range(4):
        shelf.put(f"{n:064x}", "1.150", bytes(900))
        os.utime(tmp_path / "p" / "00" / f"{n:064x}.1.150", (n, n))
    shelf.get(f"{0:064x}", "1.150")
    shelf.put(A, "1.150", bytes(900))

    assert shelf.get(f"{0:064x}", "1.150") is not None
    assert shelf.get(f"{1:064x}", "1.150") is None


def test_only_its_owner_can_read_it(tmp_path):
    """Health papers of people: no group, no others."""
    shelf = Shelf(tmp_path / "p", 1000)
    shelf.put(A, "1.150", b"one")

    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "p").rglob("*")}
    assert modes <= {0o700, 0o600}
    assert (tmp_path / "p").stat().st_mode & 0o777 == 0o700


def test_a_disk_that_refuses_costs_no_picture(tmp_path):
    """What cannot be kept is made again the next time."""
    (tmp_path / "p").write_bytes(b"a file where the folder should be")
    shelf = Shelf(tmp_path / "p", 1000)

    shelf.put(A, "1.150", b"one")

    assert shelf.get(A, "1.150") is None


def test_one_piece_cannot_fill_the_folder(tmp_path):
    """It would put out all the others."""
    shelf = Shelf(tmp_path / "p", 1000)
    shelf.put(A, "1.150", bytes(600))

    assert shelf.get(A, "1.150") is None


def test_what_was_made_from_a_paper_is_forgotten_together(tmp_path):
    """Its pages and itself, and nothing of another paper."""
    shelf = Shelf(tmp_path / "p", 1000)
    for name in ("1.150", "2.220", "papel"):
        shelf.put(A, name, b"x")
    shelf.put(B, "1.150", b"y")

    shelf.forget(A)

    assert [path.name for path in (tmp_path / "p").rglob("*.*")] == [f"{B}.1.150"]


@pytest.mark.parametrize("name", ["../" + "a" * 61, "a" * 63 + "/", "a" * 63])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    """Only digests name papers."""
    with pytest.raises(AssertionError):
        Shelf(tmp_path / "p", 1000).get(name, "1.150")
