"""How two homes differ: only what would be another home speaks, not how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from validators.crosscheck.difference import NOT_COMPARABLE, Compared, differ
from validators.facts import Address
from validators.identity import name_parts
from validators.tables import read
from validators.towns import same_town

_FLAT = ("block", "stair", "floor", "door")
_ORDER = ("street_type", "street_name", "number", *_FLAT, "postal_code", "city")


def line(address: Address) -> str:
    """Return a home on one line, in the order of the forms."""
    parts = (address.parts.get(name) for name in _ORDER)
    return " ".join(part.value for part in parts if part and part.value)


def compare_addresses(one: Address, other: Address) -> Compared:
    """Compare two homes part by part; a part that one of them lacks says nothing against it."""
    a, b = _plain(one), _plain(other)
    if not (a.get("street_name") and b.get("street_name")) and not (a.get("city") and b.get("city")):
        return NOT_COMPARABLE
    kinds = list(_clashes(a, b))
    if not kinds and a.keys() != b.keys():
        kinds.append("address_part")
    if not kinds and line(one) != line(other):
        kinds.append("notation")
    return differ(*kinds)


def _plain(address: Address) -> Mapping[str, str]:
    """Return the parts of a home that have a value, as they were read."""
    return {name: fact.value for name, fact in address.parts.items() if name in _ORDER and fact.value}


def _clashes(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[str]:
    """Yield what makes two homes different ones."""
    both = a.keys() & b.keys()
    if "city" in both and not same_town(a["city"], b["city"]):
        yield "other_town"
    if "street_name" in both and _street(a) != _street(b):
        yield "other_street"
    if "number" in both and _part(a["number"]) != _part(b["number"]):
        yield "other_house"
    if any(_part(a[name]) != _part(b[name]) for name in _FLAT if name in both):
        yield "other_flat"
    if "postal_code" in both and a["postal_code"].strip() != b["postal_code"].strip():
        yield "other_postal_code"


def _street(parts: Mapping[str, str]) -> tuple[object, ...]:
    """Return the words of a street's name without articles; its kind counts only where it is no street.

    "Calle Real" may be written "Real"; "Plaza Real" is another place.
    """
    words = [word for word in _words(parts["street_name"]) if word not in _lists()["articles"]]
    kind = _kind(parts.get("street_type", ""))
    if len(words) > 1 and not kind and words[0] in _kinds():
        kind, words = _kinds()[words[0]], words[1:]
    return (kind if kind != "calle" else "", *words)


def _kind(text: str) -> str:
    """Return the kind of street that a word or abbreviation means, itself where it is unknown."""
    word = "".join(_words(text))
    return _kinds().get(word, word)


@lru_cache(maxsize=256)
def _part(text: str) -> str:
    """Return a number, floor or door in one writing: "2º", "piso 2" and "2ª planta" are "2"."""
    words = [re.sub(r"(?<=\d)[aoºª]$", "", w).lstrip("0") or "0" for w in _words(text)]
    bare = [word for word in words if word not in _lists()["labels"]] or words
    whole = _synonyms().get(" ".join(words)) or _synonyms().get(" ".join(bare))
    return whole or " ".join(_synonyms().get(word, word) for word in bare)


def _words(text: str) -> list[str]:
    """Return the folded words in their order."""
    spaced = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", re.sub(r"[/.,\-]", " ", text))
    return [part for word in spaced.split() for part in name_parts(word)]


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kind of street by each of its abbreviations."""
    return {short: group[0] for group in _table()["street_types"] for short in group}


@cache
def _synonyms() -> Mapping[str, str]:
    """Return one word for all that mean the same floor, door or lack of a number."""
    return {short: group[0] for group in _table()["words"] for short in group}


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """Return the words of a line that name no home."""
    table = _table()
    return {name: frozenset(table[name]) for name in ("articles", "labels")}


@cache
def _table() -> Mapping[str, Any]:
    """Return the table of notations."""
    table = read(files("validators.crosscheck").joinpath("addresses.yaml"))
    return table.expect("description", "checked_on", "street_types", "words", "articles", "labels")
