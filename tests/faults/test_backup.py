"""F19: copied while it works, brought back elsewhere and gone on with; an old record in the new program."""

import datetime as dt
import io
import json
import shutil
import tarfile
import threading
from pathlib import Path

import pytest

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.folders.continuity import continue_numbers
from pipeline.store.backup import back_up
from pipeline.store.blobs import Blobs
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.store.restore import restore, verify
from tests.faults.copies import NOW, copied, elsewhere, judged, lent
from tests.faults.record.office import DROPS, findings, told


def nothing(office, store, sandbox):
    """All is accepted and nothing read."""


def half(office, store, sandbox):
    """One case is done, the others wait."""
    from pipeline.work import work
    from validators.calendar import Calendars

    claimed = claim(store, "worker", 60, dt.datetime.now(dt.UTC))
    work(claimed, office.settings, store, sandbox, Calendars.shipped())


def done(office, store, sandbox):
    """All is done."""
    office.work(store, sandbox)


@pytest.mark.parametrize("moment", [nothing, lent, judged, half, done])
def test_a_copy_of_any_moment_goes_on_elsewhere(received, sandbox, tmp_path, report, moment):
    """While the share has gone on without it: every drop is one case, in its place, with its first date."""
    office = received.copied(tmp_path / "office")
    with office.open() as store:
        moment(office, store, sandbox)
        copy = copied(office, "copia.tar")
        office.work(store, sandbox)

    other = elsewhere(office, copy, tmp_path / "other")
    with other.open() as store:
        lost = continue_numbers(store, other.home / "share", NOW)
        other.look(store)
        other.work(store, sandbox)
        wrong = [one.what for one in look_over(store, dt.datetime.now(dt.UTC)) if one.damage]
    wrong += findings(other, DROPS)
    wrong += [] if told(other) == told(received) else ["a reception date changed"]

    report("F19", trials=1, lost=len(wrong), note="copia y restauración en otra máquina")
    assert (lost, wrong) == ((), [])


def test_a_copy_is_whole_while_cases_are_worked_on(received, sandbox, tmp_path, report):
    """Each is one moment of the record, with every paper that it knows."""
    office = received.copied(tmp_path / "office")
    sandbox.forget()  # or the work would be done before there is a copy
    with office.open() as store:
        worker = threading.Thread(target=office.work, args=(store, sandbox))
        worker.start()
        copies = [copied(office, f"{n}.tar") for n in range(8)]
        worker.join()

    report("F19", trials=len(copies), note="copias mientras se trabaja")
    assert [verify(copy).papers for copy in copies] == [3] * 8
    assert [file.name for file in office.home.glob(".*")] == []


def rewritten(copy: Path, change) -> None:
    """Write the copy anew with its members changed."""
    with tarfile.open(copy) as tar:
        members = {one.name: tar.extractfile(one).read() for one in tar}
    change(members)
    with tarfile.open(copy, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def flipped(members):
    name = min(members)
    members[name] = bytes([members[name][0] ^ 1]) + members[name][1:]


def lacking(members):
    del members[min(members)]


def without_list(members):
    del members["manifest.json"]


def with_more(members):
    members["blobs/../../etc/passwd"] = b"x"


def swapped(members):
    first, second = sorted(name for name in members if name.startswith("blobs/"))[:2]
    members[first], members[second] = members[second], members[first]
    told = json.loads(members["manifest.json"])
    told["members"][first], told["members"][second] = told["members"][second], told["members"][first]
    members["manifest.json"] = json.dumps(told).encode()


def of_another_form(members):
    members["manifest.json"] = b'{"form": 2, "members": {"ventanilla.db": {}}}'


DAMAGES = (flipped, lacking, without_list, with_more, swapped, of_another_form)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_copy_with_a_byte_or_a_paper_less_is_refused_before_anything_is_written(received, tmp_path, damage):
    """It is said of it that it is no good."""
    copy = shutil.copy(copied(received.copied(tmp_path / "office"), "copia.tar"), tmp_path)
    rewritten(copy, damage)

    with pytest.raises(EnvironmentFault, match="no sirve"):
        elsewhere(received, Path(copy), tmp_path / "other")
    assert not (tmp_path / "other" / "blobs").exists()
    assert not (tmp_path / "other" / "v.db").exists()


@pytest.mark.parametrize("tenths", range(10))
def test_a_copy_cut_short_is_refused(received, tmp_path, tenths):
    """Wherever it ends."""
    copy = copied(received.copied(tmp_path / "office"), "copia.tar")
    data = copy.read_bytes()
    copy.write_bytes(data[: len(data) * tenths // 10])

    with pytest.raises(EnvironmentFault, match="no sirve"):
        verify(copy)


@pytest.mark.parametrize("name", ["v.db", "v.db-wal", "v.db-journal"])
def test_a_restored_copy_never_overwrites(received, tmp_path, name):
    """A database that is there, or what is left of one."""
    office = received.copied(tmp_path / "office")
    copy = copied(office, "copia.tar")
    other = tmp_path / "other"
    other.mkdir()
    (other / name).write_bytes(b"algo")

    with pytest.raises(UsageError, match="Apártela"):
        restore(copy, other / "v.db", Blobs(root=other / "blobs", files=office.open().files))
    assert (other / name).read_bytes() == b"algo"


def test_a_damaged_paper_is_found_and_left_out_of_the_copy(received, tmp_path):
    """The rest is copied, and what is missing is told."""
    office = received.copied(tmp_path / "office")
    with office.open() as store:
        damaged_one = next(store.blobs.all())
        store.blobs.path(damaged_one).write_bytes(b"otra cosa")
        found = [one.what for one in look_over(store, NOW) if one.damage]
        copy = back_up(office.database, store.blobs, office.home / "copia.tar", NOW)

    assert [damaged_one[:12] in what for what in found] == [True]
    assert (copy.papers, copy.missing) == (2, (damaged_one,))
    assert verify(office.home / "copia.tar").missing == (damaged_one,)
