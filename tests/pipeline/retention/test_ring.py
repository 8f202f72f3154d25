"""Keys apart from the record: made once, given back, destroyed for good."""

import datetime as dt
from dataclasses import dataclass

import pytest

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files
from pipeline.retention.chosen import Retention
from pipeline.retention.ring import KeyGoneError, Ring

AT = dt.datetime(2040, 1, 1, 9, tzinfo=dt.UTC)
FIRST, SECOND, OTHER = ("01KA" + tail.rjust(22, "0") for tail in ("1", "2", "3"))
LATER = "01KB".ljust(26, "0")


@dataclass
class _Cut(Files):
    """A disk that stops before one of its calls."""

    left: int

    def __getattribute__(self, name):
        if name in {"create", "write", "force", "force_folder", "rename", "remove"}:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
        return object.__getattribute__(self, name)


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens the ring of a machine, on a disk of its own."""
    chosen = Retention(keys=tmp_path / "keys")
    return lambda files=None: Ring.at(chosen, tmp_path / "blobs", files)


def test_a_key_is_made_once_and_is_each_cases_own(opened):
    """Another program that opens the ring finds the same."""
    ring = opened()
    keys = {case: ring.key(case) for case in (FIRST, SECOND, LATER)}

    assert len(set(keys.values())) == 3
    assert {len(key) for key in keys.values()} == {32}
    assert {case: opened().known(case) for case in keys} == keys
    assert [opened().key(case) for case in keys] == list(keys.values())


def test_a_destroyed_key_is_gone_and_the_others_stay(opened, tmp_path):
    """Under another master: the old one, and the old file of keys, are nowhere."""
    ring = opened()
    keys = {case: ring.key(case) for case in (FIRST, SECOND, OTHER, LATER)}
    masters = {one.name: one.read_bytes() for one in tmp_path.glob("keys/*.master")}
    ring.destroy([FIRST], AT)

    with pytest.raises(KeyGoneError):
        ring.known(FIRST)
    assert {case: ring.known(case) for case in keys if case != FIRST} == {
        case: key for case, key in keys.items() if case != FIRST
    }
    assert ring.has([FIRST, SECOND, "02"]) == {SECOND}
    assert opened().destroyed() == {FIRST}
    left = {one.name for one in tmp_path.glob("keys/*.master")}
    assert len(left & masters.keys()) == 1
    assert len(left) == 2


def test_a_cut_anywhere_loses_no_other_key(opened, tmp_path):
    """At every call that changes the disk; the next call ends it, and one master is left."""
    kept = opened().key(SECOND)
    cuts = 0
    for left in range(60):
        opened().key(FIRST)
        try:
            opened(_Cut(left)).destroy([FIRST], AT)
        except KeyboardInterrupt:
            cuts += 1
            assert opened().known(SECOND) == kept
        else:
            break
    opened().destroy([FIRST], AT)

    assert cuts > 10
    assert opened().known(SECOND) == kept
    assert opened().has([FIRST]) == frozenset()
    assert len(list(tmp_path.glob("keys/*.master"))) == 1
    assert list(tmp_path.glob("keys/*.part")) == []


def test_a_line_cut_short_was_never_used(opened, tmp_path):
    """The key that was being written is made anew, on a line of its own."""
    first = opened().key(FIRST)
    (file,) = tmp_path.glob("keys/*.keys")
    with file.open("ab") as out:
        out.write(b'{"case": "01KA')
    second = opened().key(SECOND)

    assert (opened().known(FIRST), opened().known(SECOND)) == (first, second)


@pytest.mark.parametrize("harm", ["master", "line", "head"])
def test_a_ring_that_is_not_whole_is_told_and_destroys_nothing(opened, tmp_path, harm):
    """A key in it may be all that opens a case."""
    opened().key(FIRST)
    opened().key(SECOND)
    (file,), (master,) = tmp_path.glob("keys/*.keys"), tmp_path.glob("keys/*.master")
    lines = file.read_bytes().splitlines(keepends=True)
    harms = {
        "master": master.unlink,
        "line": lambda: file.write_bytes(lines[0] + b"{]\n" + lines[2]),
        "head": lambda: file.write_bytes(b"".join(lines[1:])),
    }
    harms[harm]()
    before = file.read_bytes()

    with pytest.raises(EnvironmentFault, match="no están enteras"):
        opened().known(SECOND)
    with pytest.raises(EnvironmentFault, match="no están enteras"):
        opened().destroy([FIRST], AT)
    assert file.read_bytes() == before


def test_a_key_of_another_case_is_none(opened, tmp_path):
    """Lines that were exchanged open nothing."""
    opened().key(FIRST)
    (file,) = tmp_path.glob("keys/*.keys")
    file.write_text(file.read_text().replace(FIRST, SECOND))

    with pytest.raises(EnvironmentFault, match="no están enteras"):
        opened().known(SECOND)


def test_keys_among_the_papers_are_refused(tmp_path):
    """They would be copied with what they open."""
    with pytest.raises(UsageError, match="se copiaría con ellos"):
        Ring.at(Retention(keys=tmp_path / "blobs" / "keys"), tmp_path / "blobs")
    (tmp_path / "blobs").mkdir()
    (tmp_path / "apart").symlink_to(tmp_path / "blobs")
    with pytest.raises(UsageError, match="se copiaría con ellos"):
        Ring.at(Retention(keys=tmp_path / "apart" / "keys"), tmp_path / "blobs")


def test_a_folder_that_others_read_is_refused(opened, tmp_path):
    """It is made for its owner alone."""
    assert opened().root.stat().st_mode & 0o777 == 0o700
    (tmp_path / "keys").chmod(0o750)

    with pytest.raises(EnvironmentFault, match="alguien más"):
        opened()


def test_one_run_at_a_time(opened):
    """The second is told."""
    with opened().alone(), pytest.raises(EnvironmentFault, match="en marcha"), opened().alone():
        pass
