"""What crosses the pipe comes out as it went in."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import wire
from extractors.document import Code, Document, Field, FileReading, Item, Part, Reading
from extractors.lines import Box

numbers = st.floats(-2000, 2000)
chances = st.floats(0, 1)
pages = st.integers(1, 500)
text = st.text(max_size=12)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
leaves = st.none() | st.booleans() | text | st.integers(-(10**9), 10**9)
values = st.recursive(
    leaves, lambda v: st.lists(v, max_size=2) | st.dictionaries(text, v, max_size=2), max_leaves=5
)
readings = st.builds(Reading, reader=text, text=text, value=values, confidence=chances)
parts = st.dictionaries(text, st.builds(Part, page=pages, box=boxes, confidence=chances), max_size=2)
items = st.builds(Item, page=pages, box=boxes, confidence=chances, parts=parts)
fields = st.builds(
    Field,
    value=values,
    text=text,
    confidence=chances,
    page=pages,
    box=boxes,
    readings=st.lists(readings, max_size=2).map(tuple),
    items=st.lists(items, max_size=2).map(tuple),
)
named = st.dictionaries(text, fields, max_size=2)
codes = st.builds(
    Code,
    format=st.sampled_from(["qr", "pdf417", "written"]),
    text=text,
    page=pages,
    box=boxes,
    code=text,
    address=text,
)
documents = st.builds(
    Document,
    file=text,
    sha256=text,
    pages=st.lists(pages, max_size=3).map(tuple),
    kind=text,
    kind_confidence=chances,
    language=st.sampled_from(["es", "gl", "ca", "eu", "en", None]),
    reader=st.sampled_from(["form", "text", "ocr"]),
    fields=named,
    flags=st.lists(text, max_size=2).map(tuple),
    mentions=named,
    codes=st.lists(codes, max_size=2).map(tuple),
)
readings_of_files = st.builds(
    FileReading,
    documents=st.lists(documents, max_size=2).map(tuple),
    code=st.none() | st.sampled_from(["corrupt", "timeout"]),
    flags=st.lists(text, max_size=2).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings_of_files)
def test_there_and_back(reading):
    """Through JSON text and back nothing is lost and nothing is another."""
    assert wire.unpacked(json.loads(json.dumps(wire.packed(reading)))) == reading


def test_a_field_looks_as_the_contract_prints_it():
    """Value, text, confidence, page, box; readings and items only where there are any."""
    one = Field(value="2026-03-02", text="2 de marzo", confidence=0.98, page=1, box=Box(1, 2, 3, 4))
    document = Document(file="a", sha256="b", pages=(1,), kind="other", kind_confidence=1, fields={"d": one})
    (plain,) = wire.packed(FileReading(documents=(document,)))["documents"]
    assert plain["fields"]["d"] == {
        "value": "2026-03-02",
        "text": "2 de marzo",
        "confidence": 0.98,
        "page": 1,
        "box": [1, 2, 3, 4],
    }
