"""From the words of one paper to its record of `validators.facts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin

from validators.examples.slugs import ADDRESS, SLUGS
from validators.examples.values import ABSENT, Entry, Page, fact, value
from validators.examples.vocabulary import Word, vocabulary
from validators.facts import Address, Fact, Identity, Person, Signature
from validators.tables import Table

R = TypeVar("R")
EXTRAS = ("read", "flags", "mentions")
"""Of every paper: how surely it is read, what is odd about its file, what its running text touches."""


def merged(base: Table, change: Table) -> Table:
    """Return *base* with *change* on top; mappings inside both are merged, all else is replaced."""
    found = Table(change.file, change.line)
    found.update(base)
    found.lines = base.lines | change.lines
    for word, raw in change.items():
        below = base.get(word)
        both = isinstance(below, Table) and isinstance(raw, Table) and "says" not in raw
        found[word] = merged(below, raw) if both and isinstance(below, Table) else raw
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The persons that the words of an example name: `applicant`, `another`, `beneficiary-1` ..."""

    named: Mapping[str, Table]

    def table(self, entry: Entry) -> Table:
        """Return what is written of the person that an entry names or describes.

        Whom a paper is about is the applicant but for what it says; anybody else is only what is said.
        """
        if isinstance(entry.raw, Table):
            own = entry.word == "person" and "applicant" in self.named
            return merged(self.named["applicant"], entry.raw) if own else entry.raw
        if entry.raw == ABSENT:
            return Table(entry.table.file, entry.table.line)
        if entry.raw not in self.named:
            raise entry.wrong(f"nobody is called {entry.raw!r}; one of {sorted(self.named)}")
        return self.named[entry.raw]


def record(kind: type[R], said: Table, page: Page, people: People, **fixed: Any) -> R:
    """Return a record of *kind* with the facts that *said* tells; *fixed* fields need no word.

    Raises:
        TableError: a word that this record does not have, or a value of the wrong type.
    """
    words = vocabulary(kind)
    said.expect(optional=(*words, *EXTRAS, *(["person"] if kind is Identity else [])))
    if kind is Identity:
        said = _of_person(said, people)
    values: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for word, meant in words.items():
        if word in said or (word == "person" and _needed(kind, meant.field)):
            raw = said.get(word, "applicant")
            found = told(meant, Entry(said, word, raw), page, people)
            _known_slugs(kind, meant.field, found, Entry(said, word, raw))
            if meant.part:
                parts.setdefault(meant.field, {})[meant.part] = found
            else:
                values[meant.field] = found
    for name, inner in parts.items():
        values[name] = Person(**inner) if name == "person" else Signature(**inner)
    return kind(**_required(kind, said, page, values | fixed))


def _known_slugs(kind: type[Any], field: str, found: Any, entry: Entry) -> None:
    """Refuse a word that is not of the closed list of a field."""
    slugs = SLUGS.get((kind.__name__, field))
    if slugs is None or found is None:
        return
    readings = (found.value, *found.others) if isinstance(found, Fact) else (found,)
    ticked = {one for read in readings for one in (read if isinstance(read, list) else [read])}
    if not ticked - {None} <= slugs:
        raise entry.wrong(f"one of {sorted(slugs)}")


def _required(kind: type[Any], said: Table, page: Page, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with those that a record must have and the example leaves out or calls absent.

    A stay without an end is still open. Everything else must be said.
    """
    for field in fields(kind):
        if _needed(kind, field.name) and values.get(field.name) is None:
            if field.name == "person":
                values[field.name] = Person()
            elif field.name == "until":
                values[field.name] = Fact(value=None, confidence=page.certainty)
            else:
                word = next(w for w, meant in vocabulary(kind).items() if meant.field == field.name)
                raise said.wrong(f"{word!r} must be said, if only as empty or illegible")
    return values


def _needed(kind: type[Any], name: str) -> bool:
    """Whether a record cannot do without a field."""
    (field,) = (one for one in fields(kind) if one.name == name)
    return field.default is MISSING and field.default_factory is MISSING


def told(meant: Word, entry: Entry, page: Page, people: People) -> Any:
    """Return what an entry means for a field of the type of the word."""
    hint, raw = meant.hint, entry.raw
    if get_origin(hint) is Fact:
        return fact(get_args(hint)[0], entry, page, meant.field)
    if hint is Person:
        return person(people.table(entry), page, people)
    if hint is Address:
        return _address(entry, page)
    if get_origin(hint) is tuple:
        return () if raw == ABSENT else _several(get_args(hint)[0], entry, page, people)
    if raw == ABSENT:
        return None
    return _item(hint, entry, page, people)


def person(said: Table, page: Page, people: People) -> Person:
    """Return a person as a paper names them."""
    return record(Person, said, page, people)


def _several(hint: Any, entry: Entry, page: Page, people: People) -> tuple[Any, ...]:
    """Return the items of a list, each of one type."""
    if not isinstance(entry.raw, list):
        raise entry.wrong("a list is needed")
    items = (Entry(entry.table, entry.word, raw) for raw in entry.raw)
    return tuple(_item(hint, item, page, people) for item in items)


def _item(hint: Any, entry: Entry, page: Page, people: People) -> Any:
    """Return a record within a record, or a plain value."""
    if is_dataclass(hint) and isinstance(hint, type):
        return record(hint, _mapping(entry), page, people)
    return value(hint, entry, page)


def _mapping(entry: Entry) -> Table:
    """Return the words and values that must stand in an entry."""
    if not isinstance(entry.raw, Table):
        raise entry.wrong("words and values are needed here")
    return entry.raw


def _address(entry: Entry, page: Page) -> Address:
    """Return an address by the parts that are written."""
    if entry.raw == ABSENT:
        return Address()
    said = _mapping(entry).expect(optional=tuple(ADDRESS))
    found = {name: fact(str, Entry(said, name, raw), page, name) for name, raw in said.items()}
    return Address(parts={name: part for name, part in found.items() if part is not None})


def _of_person(said: Table, people: People) -> Table:
    """Return the words of an identity paper, those of its person filled in where it says nothing else."""
    who = people.table(Entry(said, "person", said.get("person", "applicant")))
    surnames = [who[name] for name in ("first_surname", "second_surname") if name in who]
    told = {name: who[name] for name in ("number", "given_name", "nationality", "born") if name in who}
    if surnames:
        told["surnames"] = _together(surnames)
    found = Table(said.file, said.line)
    found.update(told | {word: raw for word, raw in said.items() if word != "person"})
    found.lines = said.lines
    return found


def _together(surnames: list[Any]) -> Any:
    """Return both surnames as a card prints them; where one is no plain text, the first alone."""
    if all(isinstance(one, str) for one in surnames):
        return " ".join(one for one in surnames if one not in (ABSENT, "empty", "illegible")) or ABSENT
    return surnames[0]
