"""Numbered blocks of a form, `beneficiaries.0.given_name` and so on, gathered into one list field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractors.document import Field, Item
from extractors.page import around

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
    items = tuple(
        Item(
            page=next(iter(block.values())).page,
            box=around(field.box for field in block.values()),
            confidence=min(field.confidence for field in block.values()),
        )
        for block in kept
    )
    return Field(
        value=[{name: field.value for name, field in block.items()} for block in kept],
        text="; ".join(" ".join(field.text for field in block.values() if field.text) for block in kept),
        confidence=min(field.confidence for field in every),
        page=every[0].page,
        box=around(item.box for item in items) if items else around(field.box for field in every),
        items=items,
    )


def _filled(field: Field) -> bool:
    """Whether the field holds anything: a value, a tick, or text that yields no value."""
    return field.value not in (None, False) or bool(field.text)
