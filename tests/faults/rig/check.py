"""The invariants of intake, read off the disk: by plain SQL and by hashing, not by the program.

`at_once` holds at any moment, the moment after a crash included; `at_rest` after a clean start as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import dict_row

from tests.faults.rig.office import CANARY, Dropped, Office
from tests.faults.states import UnknownStateError, standing

Ask = Callable[[str], list[dict[str, Any]]]
"""Answers a query on the journal, nothing if there is no journal yet."""
ROWS = """
    SELECT s.id, s.case_id, c.number, s.kind, s.name, s.found_in, s.received_at, s.placed_at, s.placed_as,
           s.cleared_at, s.folder, c.lease_owner
    FROM submissions AS s JOIN cases AS c ON c.id = s.case_id ORDER BY s.seq
"""
PARTS = "SELECT submission, name, sha256 FROM originals ORDER BY submission, name"
LONG_AGO = 7200
"""Seconds: what a cut left is older than that, so that a start may sweep it."""


class Row(NamedTuple):
    """One acceptance as the journal has it."""

    id: str
    case: str
    number: str
    kind: str
    place: str
    received_at: str
    placed: bool
    placed_as: str
    parts: tuple[tuple[str, str], ...]
    leased: bool


@dataclass(slots=True)
class Verdict:
    """What one or more trials found. Nothing in `lost`, `doubled` or `broken`: the promise was kept."""

    trials: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def add(self, other: Verdict, where: str) -> None:
        """Add the findings of one trial, each with *where* it struck."""
        self.trials += 1
        self.lost += [f"{where}: {one}" for one in other.lost]
        self.doubled += [f"{where}: {one}" for one in other.doubled]
        self.broken += [f"{where}: {one}" for one in other.broken]

    @property
    def losing(self) -> int:
        """In how many of the trials something was lost."""
        return len({one.partition(": ")[0] for one in self.lost})

    @property
    def findings(self) -> list[str]:
        """All that is wrong."""
        return self.lost + self.doubled + self.broken


@contextmanager
def sqlite(office: Office) -> Iterator[Ask]:
    """Give how to ask a SQLite journal without touching it: a copy is opened, its log included."""
    with tempfile.TemporaryDirectory() as scratch:
        for suffix in ("", "-wal"):
            file = office.database.with_name(office.database.name + suffix)
            if file.exists():
                shutil.copy(file, scratch)
        with closing(sqlite3.connect(Path(scratch) / office.database.name)) as connection:
            connection.row_factory = sqlite3.Row
            yield partial(_answers, connection)


def _answers(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    """Return the rows of *query*, none where there is no such table: the journal was never begun."""
    try:
        return [dict(row) for row in connection.execute(query)]
    except sqlite3.OperationalError:
        return []


@contextmanager
def postgresql(office: Office) -> Iterator[Ask]:
    """Give how to ask a journal on a server."""
    with psycopg.connect(office.url.replace("+psycopg", ""), row_factory=dict_row) as connection:
        yield lambda query: connection.execute(query.encode()).fetchall()


def asking(office: Office) -> AbstractContextManager[Ask]:
    """Return how to ask the journal of *office* as it stands now."""
    return postgresql(office) if office.url else sqlite(office)


def rows(office: Office) -> list[Row]:
    """Return the journal's rows in their order."""
    with asking(office) as ask:
        found, papers = ask(ROWS), ask(PARTS)
    parts: dict[str, list[tuple[str, str]]] = {}
    for part in papers:
        parts.setdefault(part["submission"], []).append((part["name"], part["sha256"]))
    return [
        Row(
            id=row["id"],
            case=row["case_id"],
            number=row["number"],
            kind=row["kind"],
            place=f"{row['found_in']}/{row['name']}",
            received_at=row["received_at"],
            placed=row["placed_at"] is not None,
            placed_as=row["placed_as"],
            parts=tuple(sorted(parts.get(row["id"], []))),
            leased=row["lease_owner"] is not None,
        )
        for row in found
    ]


def at_once(office: Office, dropped: Sequence[Dropped], journal: Sequence[Row]) -> Verdict:
    """I1 and I3 at any moment: each drop lies where it was dropped, or is accepted with its bytes, once."""
    found = Verdict()
    for drop in dropped:
        mine = [row for row in journal if row.place == drop.place]
        whole = [row for row in mine if row.parts == drop.parts and _kept(office, row)]
        if not whole and lying(office.path / drop.place) != drop.parts:
            found.lost.append(drop.place)
        if len(mine) > len(whole):
            found.broken.append(f"{drop.place}: accepted without its bytes, or with others")
        if len(mine) > 1:
            found.doubled.append(drop.place)
    return found


def at_rest(
    office: Office, dropped: Sequence[Dropped], before: Sequence[Row], journal: Sequence[Row]
) -> Verdict:
    """I1, I2, I3 and I7 when all is done: every drop accepted, placed and kept, once, at its first date."""
    found = at_once(office, dropped, journal)
    now = {row.id: row for row in journal}
    for row in before:
        if row.id not in now or now[row.id].received_at != row.received_at:
            found.lost.append(f"{row.place}: its row, or the date of its reception")
    for drop in dropped:
        found.broken += _unfinished(office, drop, journal)
    cases = {row.case for row in journal}
    if len(cases) != sum(row.kind == "new" for row in journal):
        found.doubled.append("a case")
    if sorted(row.number[-6:] for row in journal if row.kind == "new") != [
        f"{n:06}" for n in range(1, len(cases) + 1)
    ]:
        found.broken.append("the numbers of the cases")
    if any(row.leased for row in journal):
        found.broken.append("a lease that nobody holds")
    return found


def _unfinished(office: Office, drop: Dropped, journal: Sequence[Row]) -> Iterator[str]:
    """Yield what is still to do for one drop."""
    for row in (row for row in journal if row.place == drop.place):
        beside = office.path / f"{drop.place}.presentacion.json"
        if not row.placed or (office.path / drop.place).exists() or beside.exists():
            yield f"{drop.place}: not moved"
        if row.kind != drop.kind:
            yield f"{drop.place}: {row.kind}, not {drop.kind}"
        if lying(office.path / "2_EN_CURSO" / row.placed_as, drop.place) not in ((), drop.parts):
            yield f"{drop.place}: other bytes in 2_EN_CURSO"
    if not any(row.place == drop.place for row in journal):
        yield f"{drop.place}: not accepted after a clean start"


def named(office: Office) -> Verdict:
    """I6: every drop and every paper is in a state of the closed table."""
    try:
        with asking(office) as ask:
            standing(office.path, office.store, ask)
    except UnknownStateError as error:
        return Verdict(broken=[str(error)])
    return Verdict()


def leftovers(office: Office, journal: Sequence[Row]) -> list[str]:
    """I4: return what a cut left about, in the store and in the folders of the office."""
    known = {f"{sha256[:2]}/{sha256[2:]}.sha256" for row in journal for _, sha256 in row.parts}
    there = {path.relative_to(office.store).as_posix() for path in office.store.rglob("*") if path.is_file()}
    return sorted(there - known) + sorted(part.name for part in office.share.rglob(".*.part"))


def sound(office: Office) -> Verdict:
    """I5: the journal is whole; a server looks after its own."""
    if office.url:
        return Verdict()
    with sqlite(office) as ask:
        answers = [*ask("PRAGMA integrity_check"), *ask("PRAGMA foreign_key_check")]
    return Verdict(broken=[] if answers == [{"integrity_check": "ok"}] else [f"journal: {answers}"])


def silent(office: Office, *outputs: str) -> Verdict:
    """I8: what a person wrote is in the papers and the journal only, never in a log or a name of ours."""
    ours = [path.name for path in office.store.rglob("*")]
    told = any(CANARY in text for text in (*outputs, *ours))
    return Verdict(broken=["a log or a file name tells whose paper it is"] if told else [])


def lying(path: Path, place: str = "") -> tuple[tuple[str, str], ...]:
    """Return names and digests of what lies at *path*, as `Dropped.parts`; () if nothing does."""
    if path.is_file():
        return ((Path(place or path).name, hashlib.sha256(path.read_bytes()).hexdigest()),)
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return tuple(
        (file.relative_to(path).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()) for file in files
    )


def age(office: Office) -> None:
    """Let what a cut left behind be as old as it must be to be swept."""
    then = time.time() - LONG_AGO
    for file in (*office.store.rglob("*"), *office.share.rglob(".*.part")):
        os.utime(file, (then, then))


def _kept(office: Office, row: Row) -> bool:
    """Tell whether the bytes of all papers of *row* are in the store and whole."""
    return all(_whole(office.store / sha256[:2] / f"{sha256[2:]}.sha256", sha256) for _, sha256 in row.parts)


def _whole(path: Path, sha256: str) -> bool:
    """Tell whether the file at *path* has that digest."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
