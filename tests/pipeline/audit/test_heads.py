"""A head is sealed once a day, signed by the office's key, and goes on after a copy was brought back."""

import contextlib
import datetime as dt
import sqlite3

import pytest

from pipeline.audit.chain import note
from pipeline.audit.heads import PLACE, exported
from pipeline.audit.restored import note_restored
from pipeline.audit.sealing import Sealing
from pipeline.audit.verify import verify
from pipeline.complaints import Complaints
from pipeline.settings import Receipts, Settings
from pipeline.store import open_store
from pipeline.store.backup import back_up
from pipeline.store.blobs import Blobs
from pipeline.store.restore import restore
from tests.beside import processes

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


@BOTH
def test_one_head_a_day_and_a_signature_as_soon_as_there_is_a_key(chain, trial_key):
    """The second look of a day makes none; the first with a key signs what was sealed without."""
    chain.settings = Settings(storage=chain.settings.storage)
    unsigned = chain.seal()
    assert chain.seal() is None

    chain.settings = Settings(storage=chain.settings.storage, receipts=Receipts(key=trial_key))
    signed = chain.seal()
    assert (unsigned.signature, signed.signature is None, signed.n) == (None, False, 2)
    assert chain.seal() is None
    assert chain.verify().whole


def test_nothing_is_sealed_where_nothing_was_written(tmp_path, database):
    """An empty chain is whole, without a head."""
    with open_store(database, tmp_path / "blobs") as store:
        assert not Sealing(store, Settings(), Complaints())(NOW)
        assert verify(store, Receipts()).whole


def test_a_file_of_heads_that_went_away_is_written_again(chain):
    """At the next look; until then it is told, and is no fault."""
    head = chain.seal()
    (chain.store.blobs.root / PLACE).unlink()
    assert [tuple(one) for one in chain.verify().notices] == [("not-exported", 1)]

    chain.seal()
    assert exported(chain.store.blobs.root) == (head.line,)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_letter_that_is_none_any_more_is_told_with_its_row(chain, tmp_path):
    """A byte that turned on the disk, so that SQLite cannot read the text at all."""
    chain.store.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "v.db")) as raw, raw:
        raw.execute("DROP TRIGGER audit_stay_UPDATE")
        raw.execute("UPDATE audit SET who = CAST(x'70ff' AS TEXT) WHERE seq = 6")

    assert chain.faults() == [("unreadable", 6)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_copy_brought_back_goes_on_with_a_row_that_says_so(chain, tmp_path):
    """The heads that were newer than the copy are told as that; one that goes missing later is a loss."""
    chain.seal()
    blobs = Blobs(root=chain.store.blobs.root, files=chain.store.files)
    back_up(tmp_path / "v.db", blobs, tmp_path / "copia.tar", NOW)
    chain.write(5)
    chain.seal(days=1)
    chain.store.close()
    for rest in ("", "-wal", "-shm"):
        (tmp_path / f"v.db{rest}").unlink(missing_ok=True)

    restore(tmp_path / "copia.tar", tmp_path / "v.db", blobs)

    found = chain.verify()
    assert (found.faults, [tuple(one) for one in found.notices]) == ([], [("restored", 2)])
    with chain.store.reading() as transaction:
        last = transaction.all("SELECT seq, did FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert (last["seq"], last["did"]) == (11, "record-restored")
    assert chain.seal(days=2).n == 2
    assert chain.verify().whole


@BOTH
def test_what_was_given_up_once_is_not_named_again(chain):
    """Each row names the heads that are missing since the one before."""
    chain.seal()
    lines = (chain.store.blobs.root / PLACE).read_text()
    (chain.store.blobs.root / PLACE).write_text(lines.replace('"n": 1', '"n": 7'))
    with chain.store.writing() as transaction:
        note_restored(transaction, chain.store.blobs.root, NOW)
        note_restored(transaction, chain.store.blobs.root, NOW)
        named = transaction.all("SELECT CAST(detail AS TEXT) AS d FROM audit WHERE seq > 10 ORDER BY seq")

    assert [len(row["d"]) > 60 for row in named] == [True, False]


def write_rows(url, blobs, who, count):
    """Write rows, in a process of its own."""
    with open_store(url, blobs) as store:
        for n in range(count):
            with store.writing() as transaction:
                note(transaction, who, "case-seen", NOW, page=n)


@BOTH
def test_two_processes_that_write_at_once_keep_the_chain_whole(chain, tmp_path):
    """Each row follows the one before it, whoever wrote that."""
    fresh = processes()
    url = chain.settings.storage.database
    writers = [
        fresh.Process(target=write_rows, args=(url, tmp_path / "blobs", who, 40)) for who in ("ana", "luis")
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)

    found = chain.verify()
    assert [one.exitcode for one in writers] == [0, 0]
    assert (found.whole, found.rows) == (True, 90)
