"""Codes of a paper in the report, and back."""

from __future__ import annotations

from extractors.document import Code, Document
from extractors.lines import Box
from pipeline.corrections.retold import document_told
from pipeline.report import document_report

BOX = Box(1.0, 2.0, 3.0, 4.0)


def paper(*codes):
    """Return a paper with *codes*."""
    return Document(
        file="a.pdf", sha256="0" * 64, pages=(1,), kind="other", kind_confidence=1.0, codes=codes
    )  # fmt: skip


def test_a_code_stands_in_the_report_with_what_it_tells_and_no_more():
    """An empty verification code or address is left out; a paper without codes has no list."""
    bare = Code(format="pdf417", text="NADA", page=1, box=BOX)
    told = document_report("d1", paper(bare))
    assert told["codes"] == [{"format": "pdf417", "text": "NADA", "page": 1, "box": [1.0, 2.0, 3.0, 4.0]}]
    assert "codes" not in document_report("d1", paper())


def test_a_paper_that_is_judged_again_keeps_its_codes():
    """What the report tells is read back as it was."""
    code = Code(format="qr", text="x", page=1, box=BOX, code="AB12CD34", address="https://sede.ejemplo.es/")
    assert document_told(document_report("d1", paper(code))).codes == (code,)
