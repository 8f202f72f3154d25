"""A field comes out of the report of its case as it went in: a case is judged again from nothing else."""

import pytest

from extractors.document import Field, Item, Part
from extractors.lines import Box
from pipeline.corrections.retold import field_told
from pipeline.report import field_report

HERE = Box(1.0, 2.0, 3.0, 4.0)
LISTED = Item(
    page=2, box=HERE, confidence=0.5, parts={"disability": Part(page=2, box=HERE, confidence=0.5)}
)  # fmt: skip


@pytest.mark.parametrize("more", [{"items": (LISTED,)}, {"hand": True}], ids=["parts of a list", "by hand"])
def test_what_a_field_says_besides_its_value_is_told_again(more):
    """Neither the certainty of each part is lost with the first judgement, nor that it is a hand."""
    field = Field(value=None, text="", confidence=0.5, page=2, box=HERE, **more)

    assert field_told(field_report(field)) == field
