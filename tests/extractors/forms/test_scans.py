import io

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.forms import scan as laying

VALUES = {
    "declarant.first_surname": "Serrano",
    "declarant.given_name": "Marta",
    "declarant.id_type": "dni",
    "declarant.id_number": "12345678Z",
    "declares_no_coverage": True,
    "place": "Ceuta",
    "signed_on": "02/03/2026",
}
SAYS = VALUES | {"signed_on": "2026-03-02", "signed": True, "declarant.second_surname": None}


@pytest.fixture(scope="module")
def scan(fill):
    """A signed declaration, printed, laid a little askew on the glass and scanned at 200 dpi."""
    data = fill.printed("no_coverage_declaration_es", VALUES, tick="strokes", signed={"signed"})
    page = pdfium.PdfDocument(data)[0].render(scale=200 / 72, grayscale=True).to_pil()
    askew = page.rotate(0.7, fillcolor=255, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.28, 841.89))
    canvas.drawImage(ImageReader(askew), 0, 0, 595.28, 841.89)
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def scanned(scan, read):
    """What is read of it."""
    return read("no_coverage_declaration", scan)


def test_a_scan_is_read_by_the_same_boxes(scanned):
    """Words come from OCR, ticks and the signature from ink."""
    assert {name: scanned[name].value for name in SAYS} == SAYS


def test_no_word_of_a_scan_is_as_certain_as_a_form_field(scanned):
    """Two recognisers that agree may be believed, but a program that tells its value is surer."""
    words = ("declarant.first_surname", "declarant.given_name", "declarant.id_number", "place", "signed_on")
    assert max(scanned[name].confidence for name in words) < 0.99


def test_nothing_is_sure_on_a_scan_that_is_not_proved_to_be_the_known_sheet(scan, read, monkeypatch):
    """Where words alone lay the blank on it, a tick is believed no more than what one engine reads."""
    monkeypatch.setattr(laying, "registered", lambda _: None)
    found = read("no_coverage_declaration", scan)
    assert found["declares_no_coverage"].value is True
    assert max(field.confidence for field in found.values()) < 0.9
