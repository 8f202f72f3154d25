"""The table of states: closed, the same in words and in code, and refusing what is not in it."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.states import COPY, DROPS, LYING, PAPERS, WHYS, UnknownStateError, standing

TOLD = (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")
BYTES = b"%PDF-1.4 %%EOF"
DIGEST = hashlib.sha256(BYTES).hexdigest()
TABLES = """
CREATE TABLE submissions
(seq INTEGER PRIMARY KEY, id, office, name, found_in, placed_as, placed_at, cleared_at);
CREATE TABLE originals (submission, name, sha256);
CREATE TABLE drops (office, found_in, name, state, why);
"""


def cells(heading, column):
    """Return the cells of one column of the table below *heading*."""
    table = TOLD.partition(heading)[2].partition("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return [row[column].strip() for row in rows[1:]]


@pytest.mark.parametrize(
    ("heading", "column", "states"),
    [
        ("## The drop\n", 1, [LYING, *DROPS.values()]),
        ("## What lies", 2, WHYS),
        ("## The bytes", 1, [COPY, *PAPERS.values()]),
    ],
)
def test_the_table_in_words_is_the_table_that_is_asserted(heading, column, states):
    """A state added to one and not to the other is found here."""
    assert sorted(cells(heading, column)) == sorted(states)


class Disk:
    """An office with nothing in it, its store, and its journal."""

    def __init__(self, home, raw):
        self.office, self.store, self.raw = home / "CEU01", home / "store", raw
        for folder in ("1_ENTRADA", "2_EN_CURSO"):
            (self.office / folder).mkdir(parents=True)
        raw.row_factory = sqlite3.Row
        raw.executescript(TABLES)

    def put(self, place):
        path = self.office / place
        path.write_bytes(BYTES)

    def row(self, placed=None, cleared=None):
        self.raw.execute(
            "INSERT INTO submissions VALUES (1, 'S', 'CEU01', 'a.pdf', '1_ENTRADA', 'N_a.pdf', ?, ?)",
            (placed, cleared),
        )
        self.raw.execute("INSERT INTO originals VALUES ('S', 'a.pdf', ?)", (DIGEST,))

    def paper(self, data=BYTES, name=f"{DIGEST[:2]}/{DIGEST[2:]}.sha256"):
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def mark(self):
        self.paper(b"", f"{DIGEST[:2]}/{DIGEST[2:]}.{'0' * 32}.pending")

    def standing(self):
        return standing(self.office, self.store, lambda query: [dict(r) for r in self.raw.execute(query)])


@pytest.fixture
def disk(tmp_path):
    with closing(sqlite3.connect(":memory:")) as raw:
        yield Disk(tmp_path, raw)


def test_a_drop_before_its_row_lies(disk):
    """Whatever of its bytes is in the store."""
    disk.put("1_ENTRADA/a.pdf")
    disk.paper()
    disk.mark()
    disk.paper(b"", "tmp/" + "0" * 32)

    assert disk.standing() == ({"1_ENTRADA/a.pdf": LYING}, {DIGEST: "kept", "tmp/" + "0" * 32: COPY})


@pytest.mark.parametrize(
    ("places", "placed", "cleared", "state"),
    [
        (["1_ENTRADA/a.pdf"], None, None, "entered"),
        (["2_EN_CURSO/N_a.pdf"], None, None, "moved"),
        (["1_ENTRADA/a.pdf", "2_EN_CURSO/N_a.pdf"], None, None, "moved, old name seen"),
        ([], None, None, "taken away"),
        (["2_EN_CURSO/N_a.pdf"], "t", None, "placed"),
        ([], "t", None, "removed"),
        ([], "t", "t", "cleared"),
    ],
)
def test_a_drop_with_a_row_stands_where_the_table_says(disk, places, placed, cleared, state):
    """By what is noted, and by where its original lies."""
    disk.row(placed, cleared)
    disk.paper()
    for place in places:
        disk.put(place)

    assert disk.standing() == ({"1_ENTRADA/a.pdf S": state}, {DIGEST: "accepted"})


def cleared_but_there(disk):
    disk.row("t", "t")
    disk.paper()
    disk.put("2_EN_CURSO/N_a.pdf")


def cleared_before_placed(disk):
    disk.row(None, "t")
    disk.paper()


def without_its_bytes(disk):
    disk.row()


def with_other_bytes(disk):
    disk.row()
    disk.paper(b"others")


def with_a_stranger_in_the_store(disk):
    disk.paper(b"", "ab/notes.txt")


def accepted_and_said_to_wait(disk):
    disk.row()
    disk.paper()
    disk.put("1_ENTRADA/a.pdf")
    disk.raw.execute("INSERT INTO drops VALUES ('CEU01', '1_ENTRADA', 'a.pdf', 'waiting', 'writing')")


def waiting_for_a_reason_that_is_none(disk):
    disk.raw.execute("INSERT INTO drops VALUES ('CEU01', '1_ENTRADA', 'a.pdf', 'waiting', 'bad-name')")


@pytest.mark.parametrize(
    "spoil",
    [
        cleared_but_there,
        cleared_before_placed,
        without_its_bytes,
        with_other_bytes,
        with_a_stranger_in_the_store,
        accepted_and_said_to_wait,
        waiting_for_a_reason_that_is_none,
    ],
)
def test_what_the_table_does_not_have_is_refused(disk, spoil):
    """Else the fault tests would pass over it."""
    spoil(disk)

    with pytest.raises(UnknownStateError):
        disk.standing()
