"""What was read, placed on the pages as they were filed: a scan is turned and laid flat to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.document import Code, Field, Item, Part
from extractors.lines import Box
from extractors.page import BESIDE, Page

_Place = TypeVar("_Place", Field, Item, Part)


def as_filed(fields: Mapping[str, Field], pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return *fields* with their boxes on the pages as they were filed, not as turned to be read."""
    known = {page.number: page for page in pages}
    return {name: _back(field, known) for name, field in fields.items()}


def codes_as_filed(found: Sequence[Code], pages: Sequence[Page]) -> tuple[Code, ...]:
    """Return codes with their boxes on the pages as they were filed."""
    known = {page.number: page for page in pages}
    return tuple(
        replace(code, page=code.page % BESIDE, box=_placed(code.box, known.get(code.page))) for code in found
    )


def _back(field: Field, pages: Mapping[int, Page]) -> Field:
    """Return *field* and its items with the boxes turned back, none beyond the paper's edge."""
    items = tuple(
        replace(
            _turned_back(item, pages),
            parts={name: _turned_back(part, pages) for name, part in item.parts.items()},
        )
        for item in field.items
    )
    return replace(_turned_back(field, pages), items=items)


def _turned_back(one: _Place, pages: Mapping[int, Page]) -> _Place:
    """Return a field, an item or a part with its own box turned back."""
    return replace(one, page=one.page % BESIDE, box=_placed(one.box, pages.get(one.page)))


def _placed(box: Box, page: Page | None) -> Box:
    """Return a box of *page* as it was filed; a page that was levelled reaches a little over its edges."""
    if page is None:
        return box
    turned = page.as_filed(box) if page.as_filed is not None else box
    right, foot = page.filed or (page.width, page.height)
    x0, y0 = min(max(turned.x0, 0.0), right), min(max(turned.y0, 0.0), foot)
    return Box(x0, y0, max(min(turned.x1, right), x0), max(min(turned.y1, foot), y0))
