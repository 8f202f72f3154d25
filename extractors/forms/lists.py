"""Numbered blocks of a form, `beneficiaries.0.given_name` and so on, gathered into one list field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractors.document import Field, Item, Part
from extractors.lines import around

_NUMBERED = re.compile(r"(\w+)\.(\d+)\.(.+)")


def gathered(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return *fields* with the numbered ones as lists of objects; empty blocks are left out."""
    plain: dict[str, Field] = {}
    blocks: dict[str, dict[int, dict[str, Field]]] = defaultdict(lambda: defaultdict(dict))
    for name, field in fields.items():
        if match := _NUMBERED.fullmatch(name):
            blocks[match[1]][int(match[2])][match[3]] = field
        else:
            plain[name] = field
    return plain | {
        name: _list([block for _, block in sorted(found.items())]) for name, found in blocks.items()
    }


def _list(blocks: Sequence[Mapping[str, Field]]) -> Field:
    """Return one list field; a block in which somebody wrote what nobody could read is kept."""
    kept = [block for block in blocks if any(_filled(field) for field in block.values())]
    every = [field for block in blocks for field in block.values()]
    counted = min(map(_there, blocks))
    items = tuple(_item(block).at_most(counted) for block in kept)
    return Field(
        value=[{name: field.value for name, field in block.items()} for block in kept],
        text="; ".join(" ".join(field.text for field in block.values() if field.text) for block in kept),
        confidence=min(field.confidence for field in every),
        page=every[0].page,
        box=around(item.box for item in items) if items else around(field.box for field in every),
        items=items,
    )


def _item(block: Mapping[str, Field]) -> Item:
    """Return the place of one block, and that of each of its parts."""
    return Item(
        page=next(iter(block.values())).page,
        box=around(field.box for field in block.values()),
        confidence=min(field.confidence for field in block.values()),
        parts={
            name: Part(page=field.page, box=field.box, confidence=field.confidence)
            for name, field in block.items()
        },
    )


def _there(block: Mapping[str, Field]) -> float:
    """Return how sure it is that a block is in the list, or is not: one sure entry suffices, or none at all.

    Nothing of a list is surer than that, since it says of whom each block speaks.
    """
    filled = [field.confidence for field in block.values() if _filled(field)]
    return max(filled) if filled else min(field.confidence for field in block.values())


def _filled(field: Field) -> bool:
    """Whether the field holds anything: a value, a tick, or text that yields no value."""
    return field.value not in (None, False) or bool(field.text)
