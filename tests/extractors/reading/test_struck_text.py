"""Print of a digital paper with a line through it is in doubt; what is underlined or framed is not."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from desk.demo.forms import fill
from desk.demo.sheet import Sheet
from extractors.document import Document
from extractors.reading.files import pdf
from extractors.reading.layer import agreement
from tests.extractors.reading.conftest import typed

BASE = 760 - 24 * 3
"""The base line of the fourth row of the page: `figura inscrita en el padrón` ..., from 60 on."""


def line(x0, y0, x1, y1, width=1.0):
    """Return what draws a line on a page."""

    def draw(sheet):
        sheet.setLineWidth(width)
        sheet.line(x0, y0, x1, y1)

    return draw


def ring(sheet):
    sheet.circle(200, BASE - 36, 40)


def bar(sheet):
    sheet.setFillGray(0.7)
    sheet.rect(58, BASE + 6.3, 480, 12, stroke=0, fill=1)


def frame(sheet):
    sheet.rect(58, BASE - 4, 480, 16)


def doubted(draw):
    """Return the words in doubt of the page and whether it is told to be struck."""
    with pdf.pages(typed(draw=draw)) as pages:
        return [word.text for word in pages[0].words if word.confidence < 0.9], pages[0].struck


@pytest.mark.parametrize("width", [0.2, 3.0])
def test_a_line_through_words_leaves_those_in_doubt(width):
    assert doubted(line(58, BASE + 3.5, 115, BASE + 3.5, width)) == (["figura", "inscrita"], True)


def test_two_slanting_lines_strike_out_what_they_cross():
    words, struck = doubted(lambda sheet: (line(60, 770, 200, 630)(sheet), line(60, 630, 200, 770)(sheet)))
    assert len(words) >= 3
    assert struck


@pytest.mark.parametrize(
    "draw", [None, line(58, BASE - 1, 540, BASE - 1), line(58, BASE + 9, 540, BASE + 9), bar, frame, ring]
)
def test_what_stands_under_over_or_around_print_strikes_nothing_out(draw):
    assert doubted(draw) == ([], False)


def test_a_stamp_printed_over_a_frame_is_not_struck_out():
    """The line was there first; the same words under the line are struck."""

    def stamp(sheet):
        sheet.drawString(300, BASE - 400, "REGISTRO ENTRADA")

    def rule(sheet):
        line(290, BASE - 396.5, 420, BASE - 396.5)(sheet)

    assert doubted(lambda sheet: (rule(sheet), stamp(sheet))) == ([], False)
    assert doubted(lambda sheet: (stamp(sheet), rule(sheet))) == (["REGISTRO", "ENTRADA"], True)


def test_a_paper_with_struck_print_is_flagged():
    with pdf.pages(typed()) as pages:
        page = pages[0]
    paper = Document(file="a", sha256="0" * 64, pages=(1,), kind="padron_certificate", kind_confidence=1.0)
    assert not agreement.ambiguous(paper, [replace(page, second_words=None)])
    assert agreement.ambiguous(paper, [replace(page, second_words=None, struck=True)])


def test_a_line_of_the_page_through_a_form_field_is_told():
    """Beneath the field or over it, aslant too; what rules the field or crosses an empty one is none."""
    honest = fill("ce_application_es", {"applicant.id_number": "X1234567L"})
    for through, told in (
        ((290, 205, 380, 205), True),
        ((270, 220, 420, 190), True),
        ((290, 216, 411, 216), False),
        ((44, 240, 130, 240), False),
    ):
        assert _struck(_with_line(honest, *through)) is told


def _with_line(form, x0, y0, x1, y1):
    """Return the form with a line in its first page's own content, in points from the top left."""
    sheet = Sheet()
    sheet.canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
    with pikepdf.open(BytesIO(form)) as opened, pikepdf.open(BytesIO(sheet.done())) as over:
        opened.pages[0].add_overlay(over.pages[0])
        return _saved(opened)


@pytest.mark.parametrize(
    ("note", "told"), [("Line", True), ("Redact", True), ("Stamp", True), ("Text", True), ("Link", False)]
)
def test_a_note_that_the_picture_does_not_show_is_told(note, told):
    """Other programs draw it, or open its words."""
    with pikepdf.open(BytesIO(typed())) as opened:
        laid = Dictionary(Type=Name.Annot, Subtype=Name(f"/{note}"), Rect=[60, 60, 90, 90], Contents="Baja")
        opened.pages[0].Annots = Array([opened.make_indirect(laid)])
        data = _saved(opened)
    assert _struck(data) is told


def _saved(opened):
    """Return the bytes of an open paper."""
    out = BytesIO()
    opened.save(out)
    return out.getvalue()


def _struck(data):
    """Whether the first page is told to be struck."""
    with pdf.pages(data) as pages:
        return pages[0].struck
