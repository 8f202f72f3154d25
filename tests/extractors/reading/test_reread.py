"""A rectangle is read again as a reader sees the page; pages are read as the kind that a person says."""

import io

import pikepdf
import pytest
from reportlab.pdfgen import canvas

from extractors.bounds import Bounds
from extractors.reader import Only, read_as, read_file
from extractors.reading.apart.answers import Lost, seen
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.files import region
from extractors.reading.files.region import LONGEST, Seen
from extractors.reading.files.reread import reread
from extractors.reading.refusal import Refused

WORD = "EMPADRONAMIENTO"
PLACE = (125.0, 215.0, 330.0, 240.0)
"""Where the word stands: points from the top left."""


@pytest.fixture(scope="module")
def paper():
    """Return two pages, the first with one word on it."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    sheet.setFont("Helvetica-Bold", 16)
    sheet.drawString(130, 610, WORD)
    sheet.showPage()
    sheet.drawString(130, 610, "Certificado de titularidad de cuenta bancaria")
    sheet.drawString(130, 580, "IBAN: ES91 2100 0418 4502 0005 1332")
    sheet.save()
    return out.getvalue()


def test_a_box_is_read_and_nothing_beside_it(paper):
    """The word in the box, with the chance of one engine alone."""
    found = reread(paper, 1, PLACE, Bounds(), mended=False)
    beside = reread(paper, 1, (125.0, 400.0, 330.0, 440.0), Bounds(), mended=False)

    assert found.text == WORD
    assert 0 < found.confidence < 0.9
    assert beside == Seen("", 0.0)


def test_a_box_is_of_the_page_as_it_is_shown(paper):
    """Turned upside down, nothing stands where the word stood."""
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.pages[0].Rotate = 180
        opened.save(turned)

    assert reread(turned.getvalue(), 1, PLACE, Bounds(), mended=False) == Seen("", 0.0)


@pytest.mark.parametrize(("page", "box"), [(3, PLACE), (0, PLACE), (1, (900.0, 900.0, 950.0, 950.0))])
def test_a_box_that_lies_on_no_page_is_refused(paper, page, box):
    """No such page, or beyond its edge."""
    with pytest.raises(Refused):
        reread(paper, page, box, Bounds(), mended=False)


def test_what_is_no_paper_is_refused():
    """Whatever a library says of it."""
    with pytest.raises(Refused):
        reread(b"%PDF-1.7 nada", 1, PLACE, Bounds(), mended=False)


@pytest.mark.parametrize(
    "said",
    [
        {"text": 1, "confidence": 0.5},
        {"text": "a", "confidence": 2},
        {"text": "a" * (LONGEST + 1), "confidence": 0.5},
        {"text": "a"},
        {},
    ],
)
def test_a_child_that_lies_is_not_believed(said):
    """Its answer is bounded before it is taken."""
    with pytest.raises(Lost):
        seen({"seen": said})


def test_what_was_seen_crosses_whole():
    """And so does the code that says why nothing was."""
    assert seen({"seen": region.packed(Seen("ñ\u202e", 0.5))}) == Seen("ñ\u202e", 0.5)
    assert seen({"refused": "corrupt"}) == "corrupt"


def test_pages_are_read_as_the_kind_that_a_person_says(paper):
    """Whatever they look like, and only those."""
    (known,) = [one for one in read_file(paper, "x.pdf", Bounds()).documents if 2 in one.pages]
    (said,) = read_as(paper, "x.pdf", Bounds(), Only("sepa_mandate", (2,))).documents
    (other,) = read_as(paper, "x.pdf", Bounds(), Only("padron_certificate", (2,))).documents

    assert (said.kind, said.kind_confidence, said.pages) == ("sepa_mandate", 1.0, (2,))
    assert said.fields["iban"].value == "ES9121000418450200051332"
    assert said.sha256 == known.sha256
    assert "iban" not in other.fields


@pytest.mark.parametrize(
    ("only", "code"), [(Only("sepa_mandate", (9,)), "corrupt"), (Only("sepa_mandate", ()), "corrupt")]
)
def test_no_such_page_is_no_paper(paper, only, code):
    """It is told, not guessed."""
    assert read_as(paper, "x.pdf", Bounds(), only).code == code


def test_both_are_done_in_the_sandbox(paper, tmp_path):
    """No parser runs in the program itself."""
    path = tmp_path / "x.pdf"
    path.write_bytes(paper)
    with Sandbox(Bounds()) as sandbox:
        found = sandbox.reread(path, 1, PLACE)
        refused = sandbox.reread(path, 7, PLACE)
        read = sandbox.read_as(path, "x.pdf", "sepa_mandate", (2,))

    assert found.text == WORD
    assert refused == "corrupt"
    assert [one.kind for one in read.documents] == ["sepa_mandate"]
