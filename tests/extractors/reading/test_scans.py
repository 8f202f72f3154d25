"""Scans are read however they lie on the glass, and never believed more than one engine deserves."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import reportlab
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extractors.bounds import Bounds
from extractors.lines import Box, Word
from extractors.reader import read_file
from extractors.reading.files import image, pdf
from extractors.reading.paper.straighten import Turn, ink_share
from extractors.reading.raster import Raster
from extractors.reading.words import ocr

DATE = "2019"


@pytest.fixture(scope="module")
def scan(paper):
    """A clean scan of the paper, 200 pixels an inch."""
    return paper.pictured(paper.typed())


@cache
def page_of(data):
    """Return the only page of an image; the same picture is read once."""
    (page,) = image.pages(data)
    return page


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_scan_is_read_however_it_lies(paper, scan, turn):
    """Quarter turns are found; the words come upright and the box goes back to where it is on the file."""
    filed = scan.rotate(turn, expand=True)
    page = page_of(paper.saved(filed))
    date = next(word for word in page.words if word.text == DATE)
    assert "figura inscrita en el padrón municipal" in page.text
    assert page.picture().ink(date.box) > 0.05
    there = Raster(grey=np.asarray(filed), scale=200 / 72)
    assert there.ink(page.as_filed(date.box)) == pytest.approx(page.picture().ink(date.box), abs=0.05)


@pytest.mark.parametrize("opinion", [1, 3])
def test_a_page_on_its_side_is_stood_on_the_other_one_where_the_engine_is_mistaken(
    scan, monkeypatch, opinion
):
    """Its lines were read as they lay, so it has lines: if not one way up, then the other."""
    read = {
        0: [Word("CERTIFICADO", Box(10, 10 + 90 * at, 20, 90 + 90 * at), 0.8) for at in range(5)],
        1: [Word("OCFIVRTCD", Box(10, 10, 90, 20), 0.1)],
        3: [Word("CERTIFICADO", Box(10, 10, 90, 20), 0.8)] * 4,
    }
    monkeypatch.setattr(ocr, "_quarters", lambda *_: [opinion])
    monkeypatch.setattr(ocr, "_pass", lambda _, turn, __: ocr.Scan(tuple(read[turn.quarters]), turn))
    told = ocr.read(Raster(grey=np.asarray(scan), scale=200 / 72), 10.0)
    assert (told.turn.quarters, len(told.words)) == (3, 4)


@pytest.mark.parametrize("degrees", [-3.0, 4.0])
def test_a_scan_askew_is_levelled(paper, scan, degrees):
    """Lines stay lines at the angles at which people put paper on glass."""
    page = page_of(paper.saved(scan.rotate(degrees, fillcolor=245)))
    assert "figura inscrita en el padrón municipal de habitantes desde el 3 de abril de 2019" in page.text


def test_one_engine_alone_is_never_sure(paper, scan):
    """No OCR word passes the certainty that a decision asks for."""
    assert max(word.confidence for word in page_of(paper.saved(scan)).words) <= ocr.CEILING < 0.9


def test_a_hidden_layer_under_a_scan_is_not_believed(paper, scan):
    """What another program once read from the picture, or somebody wrote there, is not what is seen."""

    def cover(sheet):
        sheet.drawImage(ImageReader(scan), 0, 0, 595, 842)
        text = sheet.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textOut("figura inscrita desde el 1 de enero de 2001")
        sheet.drawText(text)

    with pdf.pages(paper.typed([], draw=cover)) as pages:
        page = pages[0]
    assert page.reader == "ocr"
    assert "2019" in page.text
    assert "2001" not in page.text


def test_a_stamp_printed_over_a_scan_does_not_hide_the_scan(paper, scan):
    """A registry's line of text is kept, and the page below it is read all the same."""

    def stamp(sheet):
        sheet.drawImage(ImageReader(scan), 0, 0, 595, 842)
        sheet.drawString(60, 40, "Registro de entrada 000123/2026 de 16 de marzo de 2026")

    with pdf.pages(paper.typed([], draw=stamp)) as pages:
        page = pages[0]
    assert "000123/2026" in [word.text for word in page.words if word.confidence == 1]
    assert "2019" in page.text


def test_a_picture_behind_the_text_costs_no_ocr(paper):
    """A pale coat of arms over the whole page leaves the text layer as it is."""
    pale = Image.new("L", (600, 840), 250)
    ImageDraw.Draw(pale).ellipse((100, 200, 500, 600), fill=225)

    def behind(sheet):
        sheet.drawImage(ImageReader(pale), 0, 0, 595, 842)
        for row, line in enumerate(paper.prose):
            sheet.drawString(60, 760 - 24 * row, line)

    with pdf.pages(paper.typed([], draw=behind)) as pages:
        assert pages[0].reader == "text"


def test_a_note_typed_over_a_page_is_read(paper):
    """What a viewer's typewriter tool adds is seen by a person, so it is read."""

    def note(opened):
        look = opened.make_stream(b"BT /F1 14 Tf 5 5 Td (TELEFONO 600111222) Tj ET")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, [0, 0, 200, 30]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look.Resources = Dictionary(Font=Dictionary(F1=font))
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Rect=[60, 300, 260, 330],
            F=4,
            Contents=String("x"),
            DA=String("/F1 14 Tf"),
            AP=Dictionary(N=look),
        )
        opened.pages[0].Annots = Array([opened.make_indirect(annotation)])

    with pdf.pages(paper.changed(paper.typed(), note)) as pages:
        page = pages[0]
    assert [w.confidence <= ocr.CEILING for w in page.words if w.text == "600111222"] == [True]


def test_empty_paper_is_blank_and_one_line_is_not(paper):
    """Dust is no text; a single typed line is."""
    dusty = Image.new("L", (1654, 2339), 236)
    for spot in range(0, 1600, 200):
        dusty.putpixel((spot + 7, spot + 9), 0)
    assert ink_share(np.asarray(dusty)) < ocr.BLANK
    assert page_of(
        paper.saved(paper.pictured(paper.typed(["Firmado en Ceuta por la persona solicitante"])))
    ).words


def test_a_page_of_scribble_is_unreadable(paper):
    """Ink without words is given to a person, not passed off as an empty page."""
    scribble = Image.new("L", (1000, 1400), 255)
    pen = ImageDraw.Draw(scribble)
    for stroke in range(0, 900, 14):
        pen.arc((stroke, 100 + stroke, stroke + 300, 400 + stroke), 10, 200, fill=0, width=5)
    reading = read_file(paper.saved(scribble), "a.jpg", Bounds())
    assert [document.kind for document in reading.documents] == ["unreadable"]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_there_and_back_is_the_same_place(quarters):
    """A box turned upright and back again covers where it was."""
    turn = Turn(quarters, 2.0, 595.0, 842.0)
    box = Box(100, 200, 140, 212)
    assert turn.there(turn.back(box)).middle == pytest.approx(box.middle)


def test_figures_that_the_scan_shows_otherwise_are_in_doubt(paper):
    """A font that shows one day and tells another: beside a scan the eye is asked, and both stay in doubt."""
    picture = ImageReader(paper.pictured(paper.typed()))
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", font))

    def stamp(sheet):
        sheet.drawImage(picture, 0, 0, 595, 842)
        sheet.setFont("Vera", 14)
        sheet.drawString(60, 300, "Presentado el 10/05/2025 en el registro de Ceuta")

    def mask(opened):
        for font in opened.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                table = font.ToUnicode.read_bytes()
                font.ToUnicode.write(table.replace(b"<0035>", b"<0039>"))

    with pdf.pages(paper.changed(paper.typed([], draw=stamp), mask)) as pages:
        (told,) = (word for word in pages[0].words if word.text.startswith("10/0"))
    assert (told.text, told.confidence) == ("10/09/2029", 0.5)
