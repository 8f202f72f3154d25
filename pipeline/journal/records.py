"""What the journal holds: files that are safe, drops about to be accepted, acceptances, drops that wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.handed import Presentation, Source

Kind = Literal["new", "answer", "duplicate"]
State = Literal["waiting", "deferred", "hold"]
CAME_FROM = "expediente/"
"""Where an entry was found whose papers came from another case; that one's number follows."""


class Part(NamedTuple):
    """One file of a drop: its name in it, and its bytes in the blob store."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """What lay in a drop folder, its bytes already safe. `answers` is the number of its case.

    What was handed in without a folder names itself by `id`: the same one twice is the same handing in.
    """

    office: str
    found_in: str
    folder: bool
    stamp: str
    source: Source
    parts: tuple[Part, ...]
    said: tuple[Presentation, ...] = ()
    answers: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A row of the journal."""

    id: str
    case: str
    number: str
    office: str
    kind: Kind
    name: str
    folder: bool
    bytes: int
    sha256: str
    found_in: str
    stamp: str
    placed_as: str
    received_at: dt.datetime
    order: int
    """Which submission of its case this is, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A drop that is not accepted: its place, why it waits and since when, and how long it was seen still.

    `looks` tells whether it is as it was; `tries` how often it could not be taken as it is.
    """

    office: str
    found_in: str
    name: str
    state: State
    why: str
    looks: str
    first_seen: dt.datetime
    still_seconds: float
    tries: int


class Jump(NamedTuple):
    """A clock that jumped: what it showed `before`, and `after` that."""

    before: dt.datetime
    after: dt.datetime
