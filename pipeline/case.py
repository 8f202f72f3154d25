"""A case, stage by stage: each step takes one stage and returns the next, or the case is returned.

Received -> Unpacked -> Read -> Assessed -> Routed -> Resolved; or -> Returned, at any step before Routed,
for what could not be received technically.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

from extractors.document import Document
from pipeline.corrections.kept import Mended
from pipeline.handed import Original, Presentation, Source
from validators.assess import Assessment
from validators.facts import Application, EarlierConvenio, RegisterAnswer

__all__ = [
    "Assessed",
    "Member",
    "Original",
    "Presentation",
    "Queue",
    "Read",
    "Received",
    "Returned",
    "Routed",
    "Source",
    "Unpacked",
    "carried",
]

Queue = Literal["approve", "cure", "review", "refer", "refuse"]


class Member(NamedTuple):
    """One paper of the package: its path inside, its bytes, its sniffed type, or why it is refused."""

    file: str
    path: Path
    sha256: str
    bytes: int
    mime: str
    code: str | None = None
    """A code of the contract's closed list when this member cannot be read."""
    flags: tuple[str, ...] = ()
    order: int = 1
    """That of the original in which it came."""

    @property
    def key(self) -> str:
        """What tells this paper from the others of its case: its bytes, and its path inside."""
        return paper_key(self.sha256, self.file)


def paper_key(sha256: str, file: str) -> str:
    """Return what tells a paper from the others of its case."""
    return f"{sha256} {file}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Bytes are safe. `number` is null outside an office; `said` in order of weight, strongest first."""

    id: str
    number: str | None
    source: Source
    originals: tuple[Original, ...]
    received_at: dt.datetime
    office: str | None = None
    said: tuple[Presentation, ...] = ()
    apart: frozenset[str] = frozenset()
    """The papers that were carried to another case: they lie in what was handed in, and count no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked(Received):
    """The members are known and each is safe to open in the sandbox. `ignored` are system files."""

    members: tuple[Member, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Unpacked):
    """Every paper is read, or marked unreadable. Document `n` has the id `d<n>`, from 1.

    `register` is what sources of register data said of the people of the case, `earlier` the convenios that
    the record of cases knows of the same person. `mended` has the papers as they were read where a person
    set something right in them.
    """

    documents: tuple[Document, ...]
    register: tuple[RegisterAnswer, ...] = ()
    earlier: tuple[EarlierConvenio, ...] = ()
    mended: Mended | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Read):
    """The facts are put together and every rule has spoken."""

    application: Application
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Assessed):
    """The proposal stands. A named person decides."""

    queue: Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Received):
    """Nothing could be received: one code of the contract's closed list, and the file at fault."""

    code: str
    file: str | None = None


def carried(case: Received) -> dict[str, Any]:
    """Return the fields of *case*, to build the next stage from."""
    return {f.name: getattr(case, f.name) for f in fields(case)}
