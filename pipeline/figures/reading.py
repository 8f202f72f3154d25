"""What is read badly: doubtful values and those set right, by kind of paper and by field.

Counted over the cases that were resolved, for their values somebody had to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.engine import Connection

from pipeline.figures.asked import Asked
from pipeline.figures.compare import Pair, added, compared
from pipeline.figures.told import DOUBTFUL, MENDED, SHOWN


class Kind(NamedTuple):
    """A kind of paper: its values that were read surely and doubtfully, and those of each set right."""

    kind: str
    sure: Pair
    doubtful: Pair
    mended_sure: Pair
    mended_doubtful: Pair


class Field(NamedTuple):
    """A field of a kind of paper: how often it was doubtful, and how often it was set right."""

    kind: str
    field: str
    doubtful: Pair
    mended_doubtful: Pair
    mended_sure: Pair

    @property
    def mended(self) -> int:
        """How often it was set right."""
        return self.mended_doubtful.now + self.mended_sure.now


class Reading(NamedTuple):
    """Kinds by how much of them was set right, and fields by how often."""

    kinds: tuple[Kind, ...]
    fields: tuple[Field, ...]


def reading(connection: Connection, asked: Asked) -> Reading:
    """Return what was read badly in the days asked for."""
    flows = compared(connection, asked, (SHOWN, MENDED, DOUBTFUL))
    shown, mended, doubtful = flows.by(SHOWN), flows.by(MENDED), flows.by(DOUBTFUL)
    return Reading(_kinds(shown, mended), _fields(doubtful, mended))


def worst(found: Iterable[Field]) -> Field | None:
    """Return the field that was set right most often; of one that never was there is none."""
    first = next(iter(found), None)
    return first if first is not None and first.mended else None


def _kinds(shown: dict[str, Pair], mended: dict[str, Pair]) -> tuple[Kind, ...]:
    """Return the kinds, those of which most was set right first."""
    right: dict[str, list[Pair]] = {}
    for name, pair in mended.items():
        kind, *_, sure = name.split("|")
        right.setdefault(f"{kind}|{sure}", []).append(pair)
    names = {name.partition("|")[0] for name in (*shown, *right)}
    none = Pair()
    found = [
        Kind(
            kind,
            shown.get(f"{kind}|sure", none),
            shown.get(f"{kind}|doubtful", none),
            added(right.get(f"{kind}|sure", ())),
            added(right.get(f"{kind}|doubtful", ())),
        )
        for kind in names
    ]
    return tuple(sorted(found, key=lambda one: (-one.mended_sure.now - one.mended_doubtful.now, one.kind)))


def _fields(doubtful: dict[str, Pair], mended: dict[str, Pair]) -> tuple[Field, ...]:
    """Return the fields, those set right most often first."""
    names = {*doubtful, *(name.rpartition("|")[0] for name in mended)}
    none = Pair()
    found = []
    for name in names:
        kind, _, field = name.partition("|")
        right = [mended.get(f"{name}|{sure}", none) for sure in ("doubtful", "sure")]
        found.append(Field(kind, field, doubtful.get(name, none), *right))
    return tuple(sorted(found, key=lambda one: (-one.mended, -one.doubtful.now, one.kind, one.field)))
