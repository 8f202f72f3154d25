"""The files of examples, found by looking: every YAML file of `validators/law/examples`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple, get_type_hints

from validators.examples.application import application
from validators.examples.case import Example
from validators.examples.expected import expected
from validators.examples.reckoning import reckoning
from validators.examples.records import merged
from validators.examples.values import Entry, Page, value
from validators.examples.vocabulary import without_none
from validators.policy import Policy
from validators.tables import Table, read

_BASES = "bases.yaml"
_NOWHERE = Page(filed_on=dt.date.min, document="")
_OWN = ("case", "base", "expect", "queue", "under", "articles", "worked_example", "reckon", "with", "result")
"""What an example says of itself; every other word is a fact."""


@cache
def examples() -> tuple[Example, ...]:
    """Return all shipped examples, in the order of the files' names and of their lines.

    Raises:
        TableError: an example is not understood; the message names file and line.
    """
    return tuple(_shipped_one(number) for number in range(len(written())))


def examples_of(rule: str) -> tuple[Example, ...]:
    """Return the examples that say something of a rule, those in which it speaks first.

    The others are not put together: one rule is explained at once.
    """
    told = (number for number, one in enumerate(written()) if rule in one.said.get("expect", {}))
    return tuple(sorted(map(_shipped_one, told), key=lambda example: not example.fires(rule)))


@cache
def written() -> tuple[Written, ...]:
    """Return all shipped examples as their files spell them."""
    found = (file for file in _directory().iterdir() if file.name.endswith(".yaml") and file.name != _BASES)
    return tuple(one for file in sorted(found, key=lambda f: f.name) for one in _items(file))


@cache
def _shipped_one(number: int) -> Example:
    """Return one shipped example, put together once."""
    return _example(written()[number])


def bases() -> tuple[str, ...]:
    """Return the names of the base cases."""
    return tuple(_tables()[0])


def _directory() -> Traversable:
    """Return where the examples lie."""
    return files("validators.law").joinpath("examples")


@cache
def _tables() -> tuple[Mapping[str, Table], Mapping[str, Table]]:
    """Return the base cases and the people that examples may name."""
    said = read(_directory().joinpath(_BASES)).expect("description", "people", "bases")
    named, people = said.table("bases"), said.table("people")
    return {name: _base(named, name) for name in named}, {name: people.table(name) for name in people}


def _base(named: Table, name: str) -> Table:
    """Return one base case, laid over the one that it is like."""
    own = named.table(name)
    if "like" not in own:
        return own
    below = _base(named, own.text("like"))
    return merged(below, _without(own, ("like",)))


class Written(NamedTuple):
    """An example as its file spells it: its words, the base case of its file, and its lines."""

    said: Table
    base: str
    text: str


def examples_in(file: Traversable) -> Iterator[Example]:
    """Yield the examples of one file."""
    yield from map(_example, _items(file))


def _items(file: Traversable) -> Iterator[Written]:
    """Yield what a file spells, example by example."""
    said = read(file).expect("description", "base", "examples")
    lines = file.read_text(encoding="utf-8").splitlines()
    items = said["examples"]
    if not isinstance(items, list) or not all(isinstance(one, Table) for one in items):
        raise said.wrong("a list of examples is needed", "examples")
    ends = [*(one.line for one in items[1:]), len(lines) + 1]
    for one, end in zip(items, ends, strict=True):
        own = (line for line in lines[one.line - 1 : end - 1] if not line.lstrip().startswith("#"))
        yield Written(one, said.text("base"), "\n".join(own).rstrip())


def _example(written: Written) -> Example:
    """Return one example on its base case."""
    said, base, text = written
    cases, people = _tables()
    name = said.text("base") if "base" in said else base
    if name not in cases:
        raise said.wrong(f"no base case {name!r}; one of {sorted(cases)}", "base")
    facts = _without(said, _OWN)
    return Example(
        title=said.text("case"),
        file=said.file,
        line=said.line,
        text=text,
        application=application(facts, cases[name], people),
        expected=expected(said.table("expect") if "expect" in said else Table(said.file, said.line)),
        articles=_articles(said.table("articles")) if "articles" in said else {},
        policy=_policy(said.table("under")) if "under" in said else Policy(),
        queue=_queue(said) if "queue" in said else None,
        worked=said.get("worked_example"),
        reckoning=reckoning(said) if "reckon" in said else None,
        result=said.get("result"),
    )


def _articles(said: Table) -> dict[str, str]:
    """Return the article that each rule must quote."""
    return {rule: said.text(rule) for rule in said}


def _queue(said: Table) -> Any:
    """Return the queue that an example names."""
    return value(
        without_none(get_type_hints(Example)["queue"]), Entry(said, "queue", said["queue"]), _NOWHERE
    )


def _policy(said: Table) -> Policy:
    """Return the settings of an example: the defaults but for those it names."""
    hints = get_type_hints(Policy)
    said.expect(optional=tuple(hints))
    return Policy(
        **{name: value(hints[name], Entry(said, name, raw), _NOWHERE) for name, raw in said.items()}
    )


def _without(said: Table, words: tuple[str, ...]) -> Table:
    """Return a mapping without some of its words."""
    found = Table(said.file, said.line)
    found.update({word: raw for word, raw in said.items() if word not in words})
    found.lines = said.lines
    return found
