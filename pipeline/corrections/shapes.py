"""What each field of each kind of paper holds, from `shapes.yaml`: how it is written, read and listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from extractors.document import Json
from extractors.vocabulary import loaded

Sort = Literal[
    "text", "day", "moment", "yes", "number", "year", "money", "identifier", "iban", "country", "choice",
    "rows", "list",
]  # fmt: skip
"""`list`: several words where a form with one box to tick has more than one ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a value is: its sort, the words that it is one of, the columns of rows."""

    sort: Sort
    words: tuple[str, ...] = ()
    columns: Mapping[str, Shape] = field(default_factory=dict)


@cache
def shapes() -> Mapping[str, Mapping[str, Shape]]:
    """Return the shapes of the fields of every kind, in the order in which papers have them."""
    told = loaded(files(__package__).joinpath("shapes.yaml").read_text(encoding="utf-8"))
    return {kind: dict(_fields(rows, told["parts"])) for kind, rows in told["kinds"].items()}


def _fields(rows: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[tuple[str, Shape]]:
    """Yield the fields of a kind; what is said of a field by its own name goes before its part's shape."""
    for name, told in rows.items():
        if name.endswith("."):
            every = {f"{name}{part}": one for group in told for part, one in parts[group].items()}
            yield from ((part, _shape(one)) for part, one in every.items() if part not in rows)
        else:
            yield name, _shape(told)


def _shape(told: Any) -> Shape:
    """Return one shape."""
    if isinstance(told, list):
        return Shape(sort="choice", words=tuple(told))
    if isinstance(told, dict):
        return Shape(sort="rows", columns={name: _shape(one) for name, one in told.items()})
    # YAML reads an unquoted `yes` as true
    return Shape(sort="yes" if told is True else told)


def shape_of(kind: str, name: str, value: Json = None) -> Shape:
    """Return the shape of a field; of one that is in no list, the one that its *value* shows."""
    known = shapes().get(kind, {}).get(name)
    if known is None:
        return _shown(value)
    several = known.sort == "choice" and isinstance(value, list)
    return Shape(sort="list", words=known.words) if several else known


def _shown(value: Json) -> Shape:
    """Return the shape of a value that no list describes."""
    if isinstance(value, bool):
        return Shape(sort="yes")
    if isinstance(value, int | float):
        return Shape(sort="number")
    rows = isinstance(value, list) and [row for row in value if isinstance(row, dict)]
    if rows:
        return Shape(sort="rows", columns={name: _shown(one) for row in rows for name, one in row.items()})
    return Shape(sort="list" if isinstance(value, list) else "text")
