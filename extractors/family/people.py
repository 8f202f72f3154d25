"""The list field of the people in a family paper.

Three ways of writing are read: a block of labels per person under a word that says the place
("Contrayente A"), a table with a row per person, and the sentences of a certificate. Whatever is not
wholly clear lowers the certainty of the whole list: a person left out would be a wrong answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from extractors.document import Field, Item, Part
from extractors.family import blocks, sentences
from extractors.family.found import Found, words
from extractors.lines import around
from extractors.page import Page
from extractors.prose import fold

UNSURE = 0.5
"""Certainty at most of a list in which somebody may be missing, or stand in another place."""


def people(kind: str, pages: Sequence[Page]) -> Field | None:
    """Return whom a paper of *kind* (of `people.yaml`) names, None where it names nobody legibly."""
    read = blocks.read(kind, pages)
    if not read.found:
        read = sentences.read(kind, pages)
    if not read.found:
        return None
    named = _once(read.found)
    clear = read.clear and _complete(kind, named)
    items = tuple(_item(one) if clear else _item(one).at_most(UNSURE) for one in named)
    return Field(
        value=[_told(one) for one in named],
        text="; ".join(one.name for one in named),
        confidence=min(item.confidence for item in items),
        page=named[0].page,
        box=around(one.box for one in named if one.page == named[0].page),
        items=items,
    )


def _item(one: Found) -> Item:
    """Return the place of one person; name, birth and number are places of their own.

    A doubt about one says nothing of another, nor of who else stands in the paper.
    """
    whole = Part(page=one.page, box=one.box, confidence=one.placed)
    own = {"name": one.named, "birth_date": one.born, "id_number": one.number}
    parts = {name: own.get(name) or whole for name in _told(one)}
    least = min(part.confidence for part in parts.values())
    return Item(page=one.page, box=one.box, confidence=least, parts=parts)


def _once(found: Sequence[Found]) -> list[Found]:
    """Return each person once: whoever is named again in the same place adds what was not yet told."""
    kept: dict[tuple[str, str], Found] = {}
    for one in found:
        key = (fold(one.name), one.place)
        first = kept.setdefault(key, one)
        kept[key] = first._replace(
            birth_date=first.birth_date or one.birth_date,
            id_number=first.id_number or one.id_number,
            named=min(first.named, one.named, key=lambda part: part.confidence),
            born=first.born if first.birth_date else one.born,
            number=first.number if first.id_number else one.number,
        )
    return list(kept.values())


def _complete(kind: str, found: Sequence[Found]) -> bool:
    """Whether as many stand in each place, and in the paper, as one of the kind has."""
    there = Counter(one.place for one in found)
    exact = all(there[place] == count for place, count in words()["counts"].get(kind, {}).items())
    most = all(there[place] <= count for place, count in words()["most"].get(kind, {}).items())
    return exact and most and len(found) >= words()["fewest"].get(kind, 1)


def _told(one: Found) -> dict[str, Any]:
    """Return a person as the contract prints them; what the paper does not say is left out."""
    role = words()["roles"].get(one.place, one.place)
    said = {"role": role, "birth_date": one.birth_date, "id_number": one.id_number}
    return {"name": one.name} | {name: value for name, value in said.items() if value}
