"""The book of the law as the program applies it: every id of docs/law.md, as a rule or as a note.

Titles and what each one asks are `validators/law/book.yaml`; editions, articles and reasons come from the
rules themselves, so that what is shown is what judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from validators.ambiguities import Ambiguity, Said, of_rule
from validators.law import Figure, figures
from validators.notes import Note, notes
from validators.rules import Rule, editions
from validators.tables import Table, read

Kind = Literal["rule", "note"]


class Used(NamedTuple):
    """A dated figure that a rule uses: its name as `act/name`, what it is in Spanish, and its values."""

    name: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One id: what it asks, in Spanish, and either its editions (oldest first) or its note.

    `figures` are the dated figures that it uses, each as `act/name` with what it is, in Spanish.
    """

    id: str
    title: str
    says: str
    editions: tuple[Rule, ...]
    note: Note | None
    figures: tuple[Used, ...]

    @property
    def kind(self) -> Kind:
        """A rule speaks in findings, dates or amounts; a note only explains."""
        return "rule" if self.editions else "note"

    @property
    def settings(self) -> tuple[Ambiguity, ...]:
        """The open readings of the law that touch it."""
        return of_rule(self.id)

    def on(self, day: dt.date) -> Rule | None:
        """Return the edition in force on *day*; None for a note, or where none is."""
        return next((rule for rule in self.editions if rule.in_force(day)), None)

    def basis(self, day: dt.date) -> str:
        """Return the article on *day*; of a rule that does not hold then, that of its nearest edition."""
        if not self.editions:
            return self.note.basis if self.note else ""
        held = self.on(day)
        later = [rule for rule in self.editions if rule.since > day]
        return (held or (later or self.editions[-1:])[0]).basis


@cache
def book() -> Mapping[str, Entry]:
    """Return every id in the order of the book.

    Raises:
        TableError: the file breaks the format, or names a figure that no act has.
    """
    table = read(files("validators.law").joinpath("book.yaml"))
    table.expect("description", "checked_on", "labels", "rules")
    named, labels = table.table("rules"), table.table("labels")
    return {number: _entry(number, named.table(number), labels) for number in named}


@cache
def events() -> Mapping[dt.date, Said]:
    """Return what changed the law on each day of the version timeline (docs/law.md section 0b).

    Raises:
        TableError: the file breaks the format; the message names file and line.
    """
    table = read(files("validators.law").joinpath("versions.yaml"))
    named = table.expect("description", "checked_on", "events").table("events")
    said = ((day, named.table(day).expect("es", "en")) for day, _ in named.by_date())
    return {day: Said(one.text("es"), one.text("en")) for day, one in said}


def _entry(number: str, table: Table, labels: Table) -> Entry:
    """Build one entry from its words and from the rule or the note that has its id."""
    table.expect("title", "says", optional=("figures",))
    named = table.text("figures").split() if "figures" in table else []
    return Entry(
        id=number,
        title=table.text("title"),
        says=table.text("says"),
        editions=editions().get(number, ()),
        note=notes().get(number),
        figures=tuple(_figure(table, one, labels) for one in named),
    )


def _figure(table: Table, named: str, labels: Table) -> Used:
    """Return the figure written as `<act>/<name>`."""
    act, _, name = named.partition("/")
    try:
        return Used(named, labels.text(named), figures(act)[name])
    except (KeyError, FileNotFoundError) as error:
        raise table.wrong(f"there is no figure {named!r}", "figures") from error
