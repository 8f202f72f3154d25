"""The closed table of states on disk, as docs/states.md has it: a real office is read, and named or refused.

    drops, papers = standing(office, store, ask)

By plain SQL and by hashing, without the program. `ask` answers a query on the journal with dicts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Ask = Callable[[str], Sequence[Mapping[str, Any]]]
DROP, DOING, GONE, BOTH = "drop folder", "2_EN_CURSO", "gone", "both"
DROPS = {
    (False, False, DROP): "entered",
    (False, False, DOING): "moved",
    (False, False, BOTH): "moved, old name seen",
    (False, False, GONE): "taken away",
    (True, False, DOING): "placed",
    (True, False, GONE): "removed",
    (True, True, GONE): "cleared",
}
"""Of a drop that has a row: whether it is noted as placed, as cleared, and where its original lies."""
_STILL_THERE = {"entered", "moved, old name seen"}
LYING = "lying"
"""Of a drop that has no row."""
PAPERS = {
    (True, True, True): "accepted, marked",
    (True, True, False): "accepted",
    (True, False, True): "kept",
    (True, False, False): "stray",
    (False, False, True): "mark alone",
}
"""Of bytes in the store: whether they are there, whether a row has them, whether a mark stands beside."""
COPY = "copy"
"""Of a file in the store's tmp."""
_COPY = re.compile(r"tmp/[0-9a-f]{32}")
_PAPER = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})\.sha256")
_MARK = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})\.[0-9a-f]{32}\.pending")
_ROWS = "SELECT id, office, name, found_in, placed_as, placed_at, cleared_at FROM submissions ORDER BY seq"
_PARTS = "SELECT submission, name, sha256 FROM originals"
_WAITING = "SELECT office, found_in, name, state, why FROM drops"
WHYS = {
    "writing": "waiting",
    "empty-folder": "waiting",
    "no-room": "deferred",
    "no-store": "deferred",
    "deferred": "deferred",
    "bad-name": "hold",
    "no-paper": "hold",
    "unfinished-name": "hold",
    "no-number": "hold",
}


class UnknownStateError(AssertionError):
    """Something stands on the disk that the table does not have."""


class Standing(NamedTuple):
    """The states: of each drop by its place (of rows, with their id), and of each paper in the store."""

    drops: Mapping[str, str]
    papers: Mapping[str, str]


def standing(office: Path, store: Path, ask: Ask) -> Standing:
    """Return how the drops of *office* (its own folder) and the papers in *store* stand.

    Raise UnknownStateError for a state that is not in the table, or a journal that is not true.
    """
    rows = [row for row in ask(_ROWS) if row["office"] == office.name]
    parts: dict[str, dict[str, str]] = {}
    for part in ask(_PARTS):
        parts.setdefault(part["submission"], {})[part["name"]] = part["sha256"]
    drops = {_key(row): _drop(office, row, parts) for row in rows}
    entered = {f"{r['found_in']}/{r['name']}" for r in rows if drops[_key(r)] in _STILL_THERE}
    drops |= {place: LYING for place in _lying(office) if place not in entered}
    _waiting(ask, office, entered)
    return Standing(drops, _papers(store, {sha for one in parts.values() for sha in one.values()}))


def _key(row: Mapping[str, Any]) -> str:
    """Return what tells a row from others of the same place."""
    return f"{row['found_in']}/{row['name']} {row['id']}"


def _drop(office: Path, row: Mapping[str, Any], parts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the state of a drop that has a row."""
    old, new = office / row["found_in"] / row["name"], office / "2_EN_CURSO" / row["placed_as"]
    placed, cleared = row["placed_at"] is not None, row["cleared_at"] is not None
    here = not placed and _bytes(old) == parts.get(row["id"], {})
    where = {(True, True): BOTH, (True, False): DROP, (False, True): DOING}.get((here, new.exists()), GONE)
    return _of(DROPS, (placed, cleared, where), row["id"])


def _of(table: Mapping[Any, str], facts: object, what: str) -> str:
    """Return the name of the state in the table."""
    if facts not in table:
        raise UnknownStateError(f"{what}: {facts} is no state")
    return table[facts]


def _bytes(path: Path) -> dict[str, str]:
    """Return the digests of what lies at *path*, by name; none if nothing does."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    names = [path.name if path.is_file() else file.relative_to(path).as_posix() for file in files]
    return {name: _digest(file) for name, file in zip(names, files, strict=True)}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _lying(office: Path) -> Iterator[str]:
    """Yield the places of what may be a drop."""
    ours = {"FALTA.txt", "FALTA.html", "BORRADOR_requerimiento.pdf"}
    for folder in (office / "1_ENTRADA", *(office / "4_SUBSANAR").glob(f"{office.name}-*")):
        for path in sorted(folder.iterdir()):
            if path.name not in ours and not path.name.endswith((".presentacion.json", ".part")):
                yield path.relative_to(office).as_posix()


def _waiting(ask: Ask, office: Path, entered: set[str]) -> None:
    """Raise unless every drop that the journal knows to wait is one, and says why in the agreed words."""
    for row in ask(_WAITING):
        place = f"{row['found_in']}/{row['name']}"
        if WHYS.get(row["why"]) != row["state"]:
            raise UnknownStateError(f"{place}: {row['state']} for {row['why']} is no state")
        if row["office"] == office.name and place in entered:
            raise UnknownStateError(f"{place}: accepted, and said to wait")


def _papers(store: Path, known: set[str]) -> dict[str, str]:
    """Return the states of all that lies in the store; raise where a row's bytes are not there and whole."""
    found = [path.relative_to(store).as_posix() for path in sorted(store.rglob("*")) if path.is_file()]
    papers = {"".join(match.groups()) for name in found if (match := _PAPER.fullmatch(name))}
    marks = {"".join(match.groups()) for name in found if (match := _MARK.fullmatch(name))}
    for name in found:
        if not any(form.fullmatch(name) for form in (_COPY, _PAPER, _MARK)):
            raise UnknownStateError(f"{name} is nothing that the store has")
    for sha256 in known:
        path = store / sha256[:2] / f"{sha256[2:]}.sha256"
        if not path.is_file() or _digest(path) != sha256:
            raise UnknownStateError(f"{sha256}: a row has bytes that are not there, or not whole")
    states = {one: _of(PAPERS, (one in papers, one in known, one in marks), one) for one in papers | marks}
    return states | {name: COPY for name in found if _COPY.fullmatch(name)}
