"""A case is blocked, then erased, and nothing of the person is left where anybody could read it."""

import datetime as dt
import json
from contextlib import suppress

import pytest
import sqlalchemy as sa

from pipeline.audit.verify import verify
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files
from pipeline.journal.connect import sqlite_file
from pipeline.life.record import case_row
from pipeline.retention.open import unpack
from pipeline.retention.ring import Ring
from pipeline.store.backup import back_up
from pipeline.store.cases import lines, report, row_of
from pipeline.store.check import look_over
from pipeline.store.results import requeue
from pipeline.trays.search import Search, found
from pipeline.trays.standing import Days
from pipeline.trays.tidy import tidy
from pipeline.trays.wanted import Reach

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
SECOND = pytest.param("postgresql", marks=pytest.mark.nightly)
BY_NIGHT = pytest.mark.parametrize("database", ["sqlite", SECOND], indirect=True)


def spoken(kept, path, marks):
    """Return in how many rows of the record, and files below *path*, each mark stands."""
    seen = dict.fromkeys(marks, 0)
    with kept.store.read() as connection:
        tables = sa.inspect(connection).get_table_names()
        rows = [
            str(tuple(row)) for one in tables for row in connection.execute(sa.text(f"SELECT * FROM {one}"))
        ]
    files = [one.read_bytes() for one in path.rglob("*") if one.is_file()]
    for name, mark in marks.items():
        seen[name] += sum(mark in row for row in rows)
        seen[name] += sum(mark.encode() in data for data in files)
    return seen


@BOTH
def test_nothing_of_a_blocked_case_stands_where_anybody_reads(kept, told_of, tmp_path, marks, policy):
    """Tables, the database's file and log, papers, pictures, folders, a new copy; before, all had it."""
    before = spoken(kept, tmp_path, marks)
    done = kept.run("2032-01-10")
    while tidy(kept.store, Days(dt.date(2032, 1, 10), policy, kept.calendars)):
        pass
    kept.office.look()
    file = sqlite_file(kept.settings.storage.database)
    if file is not None:
        back_up(file, kept.store.blobs, tmp_path / "copia.tar", kept.at("2032-01-11"))

    assert min(before.values()) > 0
    assert (done.blocked, done.rewritten, done.more) == ((("CEU01", told_of.number),), True, False)
    assert spoken(kept, tmp_path, marks) == dict.fromkeys(marks, 0)


@BOTH
def test_the_record_is_whole_with_a_blocked_case(kept, told_of):
    """`db check` and the audit find nothing wrong; what is left is number, office, days, outcome, digests."""
    kept.run("2032-01-10")
    now = kept.at("2032-01-11")
    wrong = [one.what for one in look_over(kept.store, now) if one.damage]
    row = dict(kept.row(told_of.number))

    assert wrong == []
    assert verify(kept.store, kept.settings.receipts).whole
    assert (row["stage"], row["source_name"], row["report"], row["person"]) == ("blocked", "", None, None)
    with kept.store.read() as connection:
        (left,) = connection.execute(sa.text("SELECT outcome, closed_on FROM retained")).all()
        moment = connection.execute(sa.text("SELECT did FROM audit ORDER BY seq DESC LIMIT 1")).scalar()
    assert (left.outcome, str(left.closed_on), moment) == ("ended", "2027-01-10", "case-blocked")


def test_nobody_finds_lists_or_works_on_a_blocked_case(kept, told_of):
    """By number, name or list; neither requeued nor told of anything."""
    kept.run("2032-01-10")
    with kept.store.reading() as transaction:
        assert case_row(transaction, told_of.number) is None

    assert row_of(kept.store, told_of.number) is None
    assert lines(kept.store) == ()
    assert found(kept.store, Search(reach=Reach(), at=kept.at("2032-01-11"))).lines == ()
    assert not requeue(kept.store, told_of.number, kept.at("2032-01-11"))
    with pytest.raises(UsageError, match="bloqueado"):
        report(kept.store, told_of.number)


def test_what_comes_under_a_blocked_number_is_a_new_case(kept, told_of, marks):
    """An answer, and the very package again: both are received, nothing is lost."""
    kept.run("2032-01-10")
    kept.office.drop("respuesta.pdf", kept.pdf + b"%1", f"4_SUBSANAR/{told_of.number}")
    kept.office.drop("otra-vez.pdf", kept.pdf + marks["paper"].encode())
    came = kept.office.take()

    assert {(one.kind, one.number) for one in came} == {
        ("new", "CEU01-2026-000002"),
        ("new", "CEU01-2026-000003"),
    }


def test_a_paper_that_another_case_has_stays(kept, told_of, tmp_path, marks):
    """The other case of the same person lives on whole; when it goes too, so does the paper."""
    folder = kept.office.home / "1_ENTRADA" / "otro"
    folder.mkdir()
    (folder / "comun.pdf").write_bytes(kept.pdf + marks["paper"].encode())
    (folder / "suyo.pdf").write_bytes(kept.pdf + b"%2")
    assert kept.office.take(60)
    kept.run("2032-01-10")
    with kept.store.read() as connection:
        papers = connection.execute(sa.text("SELECT sha256 FROM originals")).scalars().all()

    assert len(papers) == 2
    assert all(kept.store.blobs.verify(one) for one in papers)


def test_a_paper_that_somebody_is_handing_in_stays(kept, told_of, marks):
    """Its bytes are in the store and its row is not written yet: the mark beside them says so."""
    coming = kept.store.blobs.pour([kept.pdf + marks["paper"].encode()])
    kept.run("2032-01-10")

    assert kept.store.blobs.verify(coming.sha256)
    assert coming.mark.exists()


@BY_NIGHT
def test_a_blocked_case_is_opened_whole_by_two_people(kept, told_of, tmp_path, marks):
    """Rows and papers as they were; the audit names both, and the case stays blocked."""
    kept.run("2032-01-10")
    ring, now = Ring.at(kept.settings.retention, tmp_path / "blobs"), kept.at("2032-02-01")
    for_court = {"reference": "PO 12/2032", "at": now}
    count = unpack(kept.store, ring, told_of.number, tmp_path / "juez", people=("ana", "eva"), **for_court)
    read = {one.name: one.read_bytes() for one in (tmp_path / "juez").rglob("*") if one.is_file()}

    assert count == len(read)
    assert marks["name"] in read["cases.json"].decode()
    assert marks["street"] in read["corrections.json"].decode()
    assert any(marks["paper"].encode() in data for data in read.values())
    assert {json.loads(read["submissions.json"])[0]["name"]} == {f"{marks['file']}.pdf"}
    assert row_of(kept.store, told_of.number) is None
    for people, into in ((("ana", "ana"), "otra"), (("ana", "eva"), "juez")):
        with pytest.raises(UsageError):
            unpack(kept.store, ring, told_of.number, tmp_path / into, people=people, **for_court)


@BY_NIGHT
def test_an_erased_case_cannot_be_opened_from_any_copy(kept, told_of, tmp_path):
    """Its key is nowhere in the ring; packet and copy of it are noise; the record says when."""
    kept.run("2032-01-10")
    with kept.store.read() as connection:
        packet = connection.execute(sa.text("SELECT packet FROM retained")).scalar_one()
    kept_apart = kept.store.blobs.read(packet)
    before = {one.name: one.read_bytes() for one in kept.keys.glob("*.keys")}
    done = kept.run("2037-01-10")
    after = b"".join(one.read_bytes() for one in kept.keys.iterdir() if one.suffix != ".jsonl")
    ring = Ring.at(kept.settings.retention, tmp_path / "blobs")

    assert (done.erased, done.more) == (1, False)
    assert not kept.store.blobs.verify(packet)
    assert told_of.case.encode() in b"".join(before.values())
    assert told_of.case.encode() not in after
    assert len(list(kept.keys.glob("*.master"))) == 1
    with pytest.raises(UsageError, match="suprimido"):
        unpack(
            kept.store,
            ring,
            told_of.number,
            tmp_path / "x",
            reference="r",
            people=("a", "b"),
            at=kept.at("2037-02-01"),
        )
    assert len(kept_apart) > 0
    assert [one.what for one in look_over(kept.store, kept.at("2037-02-01")) if one.damage] == []
    assert kept.run("2037-01-11") == type(done)()


def test_a_record_from_a_copy_learns_what_was_erased(kept, told_of):
    """The copy is of the time when the case was blocked; the ring remembers."""
    kept.run("2032-01-10")
    ring = Ring.at(kept.settings.retention, kept.settings.storage.local)
    ring.destroy([told_of.case], kept.at("2037-01-10"))
    kept.run("2033-01-10")

    with kept.store.read() as connection:
        row = connection.execute(sa.text("SELECT erased_at, erased_by FROM retained")).one()
    assert (row.erased_at[:10], row.erased_by) == ("2033-01-10", "ana")


def test_another_ring_erases_nothing(kept, told_of, tmp_path):
    """A folder that is not the one of these cases is told, and no case is said to be erased."""
    kept.run("2032-01-10")
    with pytest.raises(EnvironmentFault, match="no es la suya"):
        kept.run("2037-01-10", keys=tmp_path / "otra")

    assert kept.run("2037-01-10").erased == 1


def test_a_run_is_bounded_and_the_next_goes_on(kept):
    """One at a time, the oldest first; more is said."""
    for n in range(3):
        number = kept.judged(kept.pdf + b"%%%d" % n)
        kept.granted(number)
        kept.ends(number)
    told = [kept.run("2032-01-10", cases=1) for _ in range(4)]

    assert [[number for _, number in one.blocked] for one in told] == [
        ["CEU01-2026-000001"],
        ["CEU01-2026-000002"],
        ["CEU01-2026-000003"],
        [],
    ]
    assert [one.more for one in told] == [True, True, False, False]


class Cut(Files):
    """A disk that works for some calls, and then for none until the program starts again."""

    def __init__(self, left):
        self.left = left

    def _count(self):
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


for _name in ("create", "write", "force", "force_folder", "rename", "remove", "make_folder"):

    def _cut(self, *args, _name=_name):
        self._count()
        return getattr(Files, _name)(self, *args)

    setattr(Cut, _name, _cut)


def states(kept, told_of):
    """Return how the case stands after a cut: live with all its rows, or away with a packet that is whole."""
    row = kept.row(told_of.number)
    with kept.store.read() as connection:
        entries = connection.execute(sa.text("SELECT COUNT(*) FROM submissions")).scalar_one()
        packets = connection.execute(sa.text("SELECT packet, erased_at FROM retained")).all()
    whole = [one.erased_at is not None or kept.store.blobs.verify(one.packet) for one in packets]
    return row["stage"], entries, whole


def cut_everywhere(kept, day):
    """Run until the disk fails at its first call, then at its second, and so on, until one run ends."""
    for left in range(200):
        kept.office.start(Cut(left))
        with suppress(KeyboardInterrupt):
            kept.run(day)
            return
        # what the interrupt left half done in memory is gone by now, its connections are closed
        kept.office.start()
        yield left


def test_a_cut_anywhere_leaves_the_case_live_or_blocked_and_nothing_between(kept, told_of):
    """At every call that changes a disk; then one run ends it, and the record is whole."""
    seen = [states(kept, told_of) for _ in cut_everywhere(kept, "2032-01-10")]
    kept.office.start()
    kept.run("2032-01-10")

    assert len(seen) > 15
    assert set(map(str, seen)) <= {"('resolved', 1, [])", "('blocked', 0, [True])"}
    assert states(kept, told_of) == ("blocked", 0, [True])
    assert [one.what for one in look_over(kept.store, kept.at("2032-01-11")) if one.damage] == []


def test_a_cut_anywhere_while_erasing_is_ended_by_the_next_run(kept, told_of):
    """The key is destroyed once; the record never says so before it is."""
    kept.run("2032-01-10")
    seen = []
    for _ in cut_everywhere(kept, "2037-01-10"):
        ring = Ring.at(kept.settings.retention, kept.settings.storage.local)
        with kept.store.read() as connection:
            erased = connection.execute(sa.text("SELECT erased_at FROM retained")).scalar_one()
        assert [one.what for one in look_over(kept.store, kept.at("2037-01-11")) if one.damage] == []
        seen.append((bool(ring.has([told_of.case])), erased is not None))
    kept.office.start()
    kept.run("2037-01-10")

    assert len(seen) > 5
    assert (True, True) not in seen
    assert kept.run("2037-01-11").erased == 0
    assert len(list(kept.keys.glob("*.master"))) == 1
