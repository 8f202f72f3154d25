"""What the law says and no rule judges: explained beside the rules, never fired.

Some enter a date, an amount or a version; others concern what happens after the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from validators.finding import Text
from validators.tables import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One id of docs/law.md without an outcome of its own, its source and what it says."""

    id: str
    basis: str
    text: Text


@cache
def notes() -> Mapping[str, Note]:
    """Return all notes by id, in the order of their ids.

    Raises:
        TableError: the file breaks the format; the message names file and line.
    """
    table = read(files("validators.law").joinpath("notes.yaml")).expect("description", "checked_on", "notes")
    named = table.table("notes")
    found: dict[str, Note] = {}
    for number in named:
        said = named.table(number).expect("basis", "es", "gl", "en")
        text = Text(said.text("es"), said.text("gl"), said.text("en"))
        found[number] = Note(id=number, basis=said.text("basis"), text=text)
    return found
