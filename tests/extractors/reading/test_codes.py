"""Codes drawn on a paper or written on it, as text that nobody follows."""

from __future__ import annotations

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.bounds import Bounds
from extractors.document import Code, Field
from extractors.lines import Box
from extractors.page import Page
from extractors.reader import read_file
from extractors.reading.files.pdf import PdfPages
from extractors.reading.raster import Raster
from extractors.reading.zone import codes as pictures
from extractors.verification import codes, compared

LINK = "https://sede.ejemplo.es/validar?csv=AB12CD34EF56GH78&lang=es"
SCALE = 200 / 72


def drawn(text, format_=zxingcpp.BarcodeFormat.QRCode):
    """Return a code as a picture of a quarter of the pixels that a scan of it has."""
    return Image.fromarray(np.asarray(zxingcpp.create_barcode(text, format_).to_image(scale=4)))


def scan(*pasted):
    """Return a scanned page at 200 dpi with pictures at places in points."""
    paper = Image.new("L", (1654, 2339), 250)
    for x, y, picture in pasted:
        paper.paste(picture, (round(x * SCALE), round(y * SCALE)))
    raster = Raster(grey=np.asarray(paper), scale=SCALE)
    return Page(number=1, width=595, height=842, words=(), reader="ocr", picture=lambda: raster)


def sheet(*lines, code=None):
    """Return a PDF with lines of text and a code beside them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for at, line in enumerate(lines):
        canvas.drawString(60, 760 - 20 * at, line)
    if code is not None:
        canvas.drawImage(ImageReader(drawn(code)), 60, 400, 90, 90)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("QRCode", LINK),
        ("DataMatrix", "CEU-2026-000123-XYZ"),
        ("PDF417", "CSV: XY12-ZZ34-AB56-0099"),
        ("Code128", "CEU0000502026"),
        ("Aztec", "AZ-2026-0001"),
    ],
)
@pytest.mark.parametrize("turn", [0, 90])
def test_a_code_is_read_wherever_it_stands_however_it_lies(name, text, turn):
    """Its sort, its text and its place are told, on a level page and on one that lies on its side."""
    picture = drawn(text, zxingcpp.barcode_format_from_str(name)).rotate(turn, expand=True, fillcolor=255)
    (found,) = pictures.drawn(scan((300, 500, picture)))
    assert (found.format, found.text) == (pictures.FORMATS[name], text)
    assert 295 < found.box.x0 < found.box.x1 < 302 + picture.width / SCALE
    assert 495 < found.box.y0 < found.box.y1 < 502 + picture.height / SCALE


def test_a_page_without_codes_has_none():
    """White paper and a dark photograph are no codes."""
    assert pictures.drawn(scan((100, 100, Image.new("L", (400, 500), 90)))) == ()


def test_a_codes_text_is_cut_and_freed_of_what_no_one_sees():
    """Control signs, marks that turn the direction of writing and endless texts reach nobody."""
    assert pictures.plain("A\u202eB\x00\x1b[31m\nC\ud800") == "AB [31m C"
    assert len(pictures.plain("x" * 10_000)) == pictures.LONGEST


@pytest.mark.parametrize(
    ("text", "code", "address"),
    [
        (LINK, "AB12CD34EF56GH78", LINK),
        ("CSV: XY12-ZZ34-AB56-0099", "XY12-ZZ34-AB56-0099", ""),
        ("javascript:alert(document.cookie)", "", ""),
        ("http://[::1", "", ""),
        ("https://sede.ejemplo.es/?id=12", "", "https://sede.ejemplo.es/?id=12"),
        ("BEGIN:VCARD N:NADIE", "", ""),
    ],
)
def test_what_a_drawn_code_tells_of_verification(text, code, address):
    """An address of a site, a code under a name for it; all else is text and nothing more."""
    (found,) = codes([scan((300, 500, drawn(text)))])
    assert (found.text, found.code, found.address) == (text, code, address)


def test_a_written_code_stands_with_the_address_that_is_printed_beside_it():
    """A person types both at the issuer's site."""
    data = sheet(
        "Código Seguro de Verificación: AB12-CD34-EF56", "Compruébelo en https://sede.ejemplo.es/csv"
    )
    with PdfPages(data, Bounds()) as pages:
        (found,) = codes(pages)
    assert (found.format, found.code, found.address) == (
        "written",
        "AB12-CD34-EF56",
        "https://sede.ejemplo.es/csv",
    )


def test_a_digital_paper_that_speaks_of_its_code_shows_both(tmp_path):
    """The drawn code of a text page is read from its picture, and both reach the document."""
    data = sheet("ANUNCIO", "Código Seguro de Verificación: AB12CD34EF56GH78", code=LINK)
    (document,) = read_file(data, "a.pdf", Bounds()).documents
    assert [(one.format, one.code) for one in document.codes] == [
        ("qr", "AB12CD34EF56GH78"),
        ("written", "AB12CD34EF56GH78"),
    ]


def printed(value):
    """Return the printed verification code of a scan."""
    return {"csv": Field(value=value, text=value, confidence=0.8, page=1, box=Box(0, 0, 9, 9))}


def qr(code):
    """Return a QR code that tells a verification code."""
    return Code(format="qr", text=code, page=1, box=Box(0, 0, 9, 9), code=code)


def test_a_drawn_code_that_says_the_same_makes_the_printed_one_sure():
    """Strokes and blanks make no difference."""
    assert compared(printed("AB12-CD34-EF56"), [qr("AB12CD34EF56")])["csv"].confidence >= 0.95


def test_a_drawn_code_that_says_another_leaves_a_doubt_with_both_readings():
    """One figure more or less is another code."""
    field = compared(printed("AB12-CD34-EF56"), [qr("AB12CD34EF58")])["csv"]
    assert field.confidence <= 0.5
    assert [reading.value for reading in field.readings] == ["AB12-CD34-EF56", "AB12CD34EF58"]
