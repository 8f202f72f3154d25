"""What a child says is believed only in the shape of what ours say: it may be a paper that speaks."""

import base64

import pytest

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import Document, FileReading
from extractors.reading.apart import answers
from extractors.reading.apart.answers import Lost
from extractors.reading.files.drawn import MOST_BYTES, Drawn, packed

PAGE = Drawn(b"\xff\xd8\xffpicture", 595.0, 842.0)


def test_a_page_comes_as_it_was_drawn():
    """The picture and its size."""
    assert answers.page({"drawn": packed(PAGE)}) == PAGE


def test_a_refusal_is_a_code_of_the_closed_list():
    """It becomes a sentence."""
    assert answers.page({"refused": "encrypted"}) == "encrypted"


def jpeg(data):
    """Return bytes as a page's picture."""
    return {"drawn": {"jpeg": base64.b64encode(data).decode(), "size": [595, 842]}}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"refused": "<b>"},
        {"refused": ["encrypted"]},
        {"drawn": None},
        {"drawn": {"jpeg": "***", "size": [595, 842]}},
        {"drawn": packed(PAGE) | {"size": [595]}},
        {"drawn": packed(PAGE) | {"size": [0, 842]}},
        {"drawn": packed(PAGE) | {"size": [595, 1e9]}},
        {"drawn": packed(PAGE) | {"size": ["nan", 842]}},
        jpeg(b"<html><script>alert(1)</script>"),
        jpeg(b"%PDF-1.7"),
        jpeg(b"\xff\xd8\xff" + bytes(MOST_BYTES)),
    ],
    ids=lambda message: str(message)[:40],
)
def test_what_is_no_page_of_ours_is_not_believed(message):
    """Nothing but a JPEG of bounded size on a sheet of a likely size goes to a browser."""
    with pytest.raises(Lost):
        answers.page(message)


@pytest.mark.parametrize("reader", ["eye", "<b>", ""])
def test_only_our_readers_read(reader):
    """The page of a case names the reader in words."""
    paper = Document(file="a", sha256="0" * 64, pages=(1,), kind="other", kind_confidence=1.0, reader=reader)

    with pytest.raises(Lost):
        answers.reading({"reading": wire.packed(FileReading(documents=(paper,)))}, Bounds())
