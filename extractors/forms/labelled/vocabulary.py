"""What forms print beside their boxes, from `labels.yaml`, ready to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.forms.register import key
from extractors.vocabulary import loaded

ADDRESS = ("street_type", "street_name", "number", "block", "stair", "floor", "door", "postal_code", "city")
TOGETHER = ("street_line", "postal_city")
"""Labels that ask for several parts of an address at once."""


class Option(NamedTuple):
    """One box to tick: the group it belongs to and what it stands for."""

    group: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a form: the field that each label asks for in it, and each group of boxes."""

    asks: Mapping[str, str]
    ticks: Mapping[str, str]
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The phrases of one kind of form, each by its `key`."""

    titles: tuple[str, ...]
    labels: Mapping[str, str]
    options: Mapping[str, tuple[Option, ...]]
    headings: Mapping[str, Section]
    signatures: Mapping[str, str]
    anywhere: Section
    phrases: frozenset[str]
    choices: tuple[str, ...]
    """The phrases in a fixed order, so that of two as like the same one is taken every time."""
    colon_only: frozenset[str]
    """Phrases that are answers as often as labels."""
    longest: int
    """Words in the longest phrase."""

    def field(self, section: Section | None, label: str) -> str | None:
        """Return the field that *label* asks for in *section*, None for nothing of ours."""
        if section and label in section.asks:
            return section.asks[label]
        return self.anywhere.asks.get(label)

    def group(self, section: Section | None, group: str) -> str | None:
        """Return the field of a group of boxes in *section*, None for nothing of ours."""
        if section and group in section.ticks:
            return section.ticks[group]
        return self.anywhere.ticks.get(group)


@cache
def vocabulary(kind: str) -> Vocabulary:
    """Return the phrases of *kind*."""
    data = _data()
    own = data["kinds"][kind]
    labels = {key(phrase): label for label, phrases in data["labels"].items() for phrase in phrases}
    options = _options(data["options"])
    sections = [(part["headings"], _section(part)) for part in own["sections"]]
    headings = {key(phrase): section for phrases, section in sections for phrase in phrases}
    signatures = {key(phrase): name for name, phrases in own["signatures"].items() for phrase in phrases}
    every = [*_flat(data["labels"].values()), *_flat(phrases for phrases, _ in sections)]
    every += [
        phrase for group in data["options"].values() for phrases in group.values() for phrase in phrases
    ]
    every += _flat(own["signatures"].values())
    return Vocabulary(
        titles=tuple(key(title) for title in own["titles"]),
        labels=labels,
        options=options,
        headings=headings,
        signatures=signatures,
        anywhere=Section(asks=own["asks"], ticks=own["ticks"]),
        phrases=frozenset(key(phrase) for phrase in every),
        choices=tuple(sorted({key(phrase) for phrase in every})),
        colon_only=frozenset(key(phrase) for phrase in data["colon_only"]),
        longest=max(len(phrase.split()) for phrase in every),
    )


def _flat(lists: Iterable[Sequence[str]]) -> list[str]:
    """Return all phrases of *lists*."""
    return [phrase for phrases in lists for phrase in phrases]


def _options(groups: Mapping[str, Mapping[str, Sequence[str]]]) -> Mapping[str, tuple[Option, ...]]:
    """Return the options that each phrase may stand for."""
    found: dict[str, list[Option]] = defaultdict(list)
    for group, slugs in groups.items():
        for slug, phrases in slugs.items():
            for phrase in phrases:
                found[key(phrase)].append(Option(group, slug))
    return {phrase: tuple(dict.fromkeys(options)) for phrase, options in found.items()}


def _section(part: Mapping[str, Any]) -> Section:
    """Return one section; asks and ticks given as lists take its prefix."""
    asks = _named(part.get("asks", []), part["prefix"])
    if "address" in part:
        asks |= {label: f"{part['address']}.{label}" for label in (*ADDRESS, *TOGETHER)}
    ticks = _named(part.get("ticks", []), part["prefix"])
    return Section(asks=asks, ticks=ticks, repeats=part.get("repeats", False))


def _named(given: Sequence[str] | Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return label -> field name."""
    return dict(given) if isinstance(given, Mapping) else {label: f"{prefix}.{label}" for label in given}


@cache
def _data() -> dict[str, Any]:
    """Return the whole file."""
    return dict(loaded(files(__package__).joinpath("labels.yaml").read_text("utf-8")))
