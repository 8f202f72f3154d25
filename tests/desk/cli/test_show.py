"""What a value stands on, in a terminal: of a list, which part makes it as little sure as it is."""

import pytest

from desk.cli.show import _how
from extractors.document import Document, Field, Item, Part
from extractors.lines import Box

HERE = Box(0, 0, 9, 9)
PAPER = Document(
    file="f.pdf", sha256="", pages=(1,), kind="as_application", kind_confidence=1.0, reader="ocr"
)


@pytest.mark.parametrize(("tick", "told"), [(0.5, "; lo menos seguro, 1.disability"), (0.97, "")])
def test_the_least_sure_part_of_a_list_is_named(tick, told):
    """Where all are as sure as one another there is none to name."""
    parts = {n: Part(page=1, box=HERE, confidence=c) for n, c in {"name": 0.97, "disability": tick}.items()}
    items = (Item(page=1, box=HERE, confidence=tick, parts=parts),)
    field = Field(value=[{}], text="", confidence=tick, page=1, box=HERE, items=items)

    assert _how(PAPER, field) == f"f.pdf, pág. 1, OCR, {tick:.0%}{told}"
