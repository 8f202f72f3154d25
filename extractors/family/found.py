"""A person whom a family paper names, and the words by which such papers are read (`people.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.document import Field, Part
from extractors.kinds._labels import Table, plain, table
from extractors.kinds._values import LABELLED, Parsed, name
from extractors.lines import Box, around
from extractors.vocabulary import loaded


class Found(NamedTuple):
    """One person: the name as on the paper, the place, birth (ISO) and number, and where it was read.

    `named`, `born` and `number` are the place and certainty of each that the paper tells. `placed` is how
    sure it is that the person stands in the place that is told.
    """

    name: str
    place: str
    birth_date: str | None
    id_number: str | None
    page: int
    box: Box
    named: Part
    born: Part | None = None
    number: Part | None = None
    placed: float = LABELLED


class Read(NamedTuple):
    """Whom one way of reading found, and whether nothing speaks of somebody more."""

    found: tuple[Found, ...]
    clear: bool


@cache
def words() -> Mapping[str, Any]:
    """Return the data file."""
    text = files(__package__).joinpath("people.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = loaded(text)
    return data


@cache
def labels() -> Table:
    """Return the labels inside a person's block; those called `_end` end a value."""
    return table(words()["labels"])


@cache
def places(kind: str) -> Mapping[str, str]:
    """Return the plain words that begin a block of a paper of *kind*, each with its place."""
    return {plain(word): place for place, said in words()["places"][kind].items() for word in said}


def part(field: Field) -> Part:
    """Return the place and certainty of a field as those of one value of a person."""
    return Part(page=field.page, box=field.box, confidence=field.confidence)


def joined(fields: Sequence[Field]) -> Part:
    """Return the place and certainty of the *fields* of which one value is made."""
    return Part(
        page=fields[0].page,
        box=around(field.box for field in fields),
        confidence=min(field.confidence for field in fields),
    )


def whole_name(text: str) -> Parsed | None:
    """Return a whole name of two words at least, in either order: "Luis Ortega Gil", "Ortega Gil, Luis"."""
    surnames, comma, given = text.partition(",")
    parts = [name(part) for part in ((surnames, given) if comma else (text,))]
    tidy = " ".join(text.split()).strip(" .,-")
    if any(part is None for part in parts) or len(tidy.split()) < 2:
        return None
    return Parsed(tidy, min(part.certainty for part in parts if part is not None))
