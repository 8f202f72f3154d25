"""What a receipt tells, before it is put into words.

Ley 39/2015, art. 16.3 (who, when, where, what, proof of the papers), art. 21.4 (longest term and silence),
art. 31.2.c (from when terms run); Real Decreto 203/2021, art. 41.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.letters.heads import PLAIN, Head
from validators.deadlines import Term
from validators.facts import Procedure

Kind = Literal["new", "answer", "duplicate", "after"]


class Listed(NamedTuple):
    """One file that was handed in, or that was found *inside* one that was."""

    name: str
    sha256: str
    bytes: int
    inside: bool = False


class Clock(NamedTuple):
    """The lines on time: the day from which terms run, and the terms that may apply.

    One term where the procedure is known, else every one. `assumed` tells that nobody gave a filing date
    yet; `provisional` that the last day may still move.
    """

    start: dt.date
    terms: tuple[Term, ...]
    resolve_by: dt.date | None = None
    provisional: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A receipt. `first_at` is the reception of the case's first package, for every later one.

    `filed_on` is the day of presentation as far as it is known. A duplicate tells neither it nor a clock:
    they are those of the first receipt. `head` holds the office's data-protection notice. Of what came
    `after` filing without a paper, `about` is its kind and `other` what it names. `came_from` is the number
    of the case in which these papers were handed in first.
    """

    number: str
    order: int
    kind: Kind
    office: str
    received_at: dt.datetime
    first_at: dt.datetime | None
    filed_on: dt.date | None
    person: str
    name: str
    registry_number: str | None
    procedure: Procedure
    files: tuple[Listed, ...]
    clock: Clock | None
    cure_days: int
    phone: str
    head: Head = PLAIN
    about: str = ""
    other: str = ""
    came_from: str = ""
