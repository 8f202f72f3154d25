"""Nothing escapes from reading but a code; no word of a paper leaves with an error."""

from __future__ import annotations

import pytest

from extractors import reader
from extractors.bounds import Bounds
from extractors.reading.refusal import Missing, Refused


def failing(error):
    """Return an opener of PDFs that raises *error*."""

    def fail(*_):
        raise error

    return fail


def boxed(box: bytes) -> bytes:
    """Return a PDF whose only page has this media box and draws one line of text."""
    text = b"BT /F1 12 Tf 60 100 Td (Ayuntamiento de Ceuta) Tj ET"
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R %b/Contents 4 0 R/Resources %b>>" % (box, font),
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyError("12345678Z"), "corrupt"),
        (RecursionError(), "corrupt"),
        (MemoryError(), "memory"),
        (Refused("encrypted"), "encrypted"),
    ],
)
def test_every_fault_is_a_code(monkeypatch, error, code):
    """Whatever a library raises, the caller gets a word of the closed list."""
    monkeypatch.setattr(reader.pdf, "pages", failing(error))
    reading = reader.read_file(boxed(b""), "a.pdf", Bounds())
    assert (reading.code, reading.documents, reading.flags) == (code, (), ())


def test_a_missing_program_is_no_fault_of_the_paper(monkeypatch):
    """It is told to whoever runs the machine."""
    monkeypatch.setattr(reader.pdf, "pages", failing(Missing("tesseract")))
    with pytest.raises(Missing, match="tesseract"):
        reader.read_file(boxed(b""), "a.pdf", Bounds())


@pytest.mark.parametrize(
    "box",
    [
        b"",
        b"/MediaBox[0 0 0 0]",
        b"/MediaBox[595 842 0 0]",
        b"/MediaBox[0 0 14400 14400]",
        b"/MediaBox[0 0 1e9 3]",
    ],
)
def test_a_page_of_any_size_is_an_answer(box):
    """No media box, an empty one, one upside down, one as large as a house."""
    reading = reader.read_file(boxed(box), "a.pdf", Bounds())
    assert reading.code in {None, "corrupt"}
    assert reading.flags in {("repaired",), ()}


def test_a_media_box_written_upside_down_is_read():
    """Two opposite corners in any order make the same sheet."""
    reading = reader.read_file(boxed(b"/MediaBox[595 842 0 0]"), "a.pdf", Bounds())
    assert reading.documents[0].reader == "text"


def test_progress_is_told_for_each_page_and_document():
    """The parent's clock starts anew with the copy, each page, each document, and each look at it again."""
    steps = []
    reader.read_file(boxed(b"/MediaBox[0 0 595 842]"), "a.pdf", Bounds(), lambda: steps.append(1))
    assert len(steps) == 5
