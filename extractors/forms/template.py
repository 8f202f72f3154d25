"""The editions we know: for each page its printed words and its zones, as `extractors/forms/*.json` say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.lines import Box, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One place to fill in: `label` are places in the sheet's words, `ink` the blank's own dark share.

    `kind` is text, comb, check, radio, choice, sig or stamp; `value` what a ticked box stands for;
    `part` which piece of a date it holds.
    """

    name: str
    kind: str
    box: Box
    label: tuple[int, ...]
    ink: float
    acroform: str
    value: str | None = None
    part: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    cells: int = 1
    """Cells of a comb, one letter each."""

    @property
    def tick(self) -> bool:
        """Whether it is a box to tick."""
        return self.kind in {"check", "radio"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of an edition; `number` counts from 1."""

    edition: str
    kind: str
    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    zones: tuple[Zone, ...]

    def label(self, zone: Zone) -> str:
        """Return the printed label of *zone*."""
        return " ".join(self.words[at].text for at in zone.label)


@cache
def sheets(kind: str) -> tuple[Sheet, ...]:
    """Return the pages of all editions of *kind*, in the order of edition and page."""
    return tuple(
        _sheet(edition, number, page)
        for edition in _editions()
        if edition["kind"] == kind
        for number, page in enumerate(edition["sheets"], start=1)
    )


@cache
def forms() -> frozenset[str]:
    """Return the kinds of which an edition is known."""
    return frozenset(edition["kind"] for edition in _editions())


@cache
def _editions() -> tuple[Mapping[str, Any], ...]:
    """Return the editions as data, in order of their names."""
    folder = files(__package__)
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return tuple(json.loads(folder.joinpath(name).read_text("utf-8")) for name in found)


def _sheet(edition: Mapping[str, Any], number: int, page: Mapping[str, Any]) -> Sheet:
    """Return one page as data."""
    return Sheet(
        edition=edition["edition"],
        kind=edition["kind"],
        number=number,
        width=page["width"],
        height=page["height"],
        words=tuple(Word(text, Box(*box)) for text, *box in page["words"]),
        zones=tuple(_zone(zone) for zone in page["zones"]),
    )


def _zone(zone: Mapping[str, Any]) -> Zone:
    """Return one zone as data."""
    return Zone(
        name=zone["name"],
        kind=zone["kind"],
        box=Box(*zone["box"]),
        label=tuple(zone["label"]),
        ink=zone["ink"],
        acroform=zone["acroform"],
        value=zone.get("value"),
        part=zone.get("part"),
        choices=zone.get("choices", {}),
        cells=zone.get("cells", 1),
    )
