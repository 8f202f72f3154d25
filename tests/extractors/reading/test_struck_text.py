"""Print of a digital paper with a line through it is in doubt; what is underlined or framed is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.document import Document
from extractors.reading import agreement, pdf
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
