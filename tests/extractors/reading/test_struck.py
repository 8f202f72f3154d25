"""Print that somebody put right on a page: a line through it, or a figure typed over another."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.ink.overtyped import _USUAL, _Figure, _heavy, _measured, _worth, doubled, overtyped
from extractors.reading.ink.struck import struck
from extractors.reading.raster import Raster
from extractors.reading.words.text_lines import inked

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SCALE = 200 / 72
ROWS = ((40, "Municipio: Ceuta"), (90, "Fecha de alta: 14/03/2025"), (140, "Expedido el 09/03/2026"))


def paper():
    """A strip of a certificate at 200 dpi, a table's rule close above and below its lines."""
    sheet = Image.new("L", (560, 200), 244)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(FACE, 25)
    for top, text in ROWS:
        pen.text((30, top), text, 30, font=font)
        pen.line((10, top + 36, 550, top + 36), 60, 2)
    return sheet, pen, font


def through(sheet):
    """Return whether a line goes through what stands on the strip."""
    dark, drawn = inked(np.asarray(sheet), SCALE)
    return struck(np.asarray(sheet), dark, dark & ~drawn, 25)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (None, False),
        ((165, 68, 250, 68), False),
        ((165, 57, 250, 57), True),
        ((210, 108, 372, 104), True),
        ((26, 107, 372, 107), True),
    ],
    ids=["none", "below a word", "through a word", "aslant through a day", "through a whole line"],
)
def test_a_line_through_print_is_known_and_one_below_it_is_not(line, told):
    """A ruling, and a line that only the tails of letters cross, strike nothing out."""
    sheet, pen, _ = paper()
    if line:
        pen.line(line, 40, 3)
    assert through(sheet) is told


def test_a_punched_hole_is_no_line():
    """Its shadow is level over the length of a word, with ink above and below."""
    sheet, pen, _ = paper()
    pen.ellipse((430, 56, 482, 108), outline=50, width=17)
    assert not through(sheet)


def test_letters_that_ran_into_one_another_are_no_line():
    """Swollen print makes a run of ink inside a word; it is lighter between the letters than on them."""
    pixels = np.array(paper()[0])
    between = pixels[56:59, 170:238]
    np.minimum(between, 150, out=between)
    assert not through(Image.fromarray(pixels))


def page(sheet, font):
    """The strip with the words that stand on it."""
    words = []
    for top, text in ROWS:
        left = 30
        for part in text.split():
            box = font.getbbox(part, anchor="ls")
            sides = (left + box[0], top, left + box[2], top + 30)
            words.append(Word(part, Box(*(side / SCALE for side in sides)), 0.98))
            left += round(font.getlength(part + " "))
    raster = Raster(grey=np.asarray(sheet), scale=SCALE)
    return Page(number=1, width=202, height=72, words=tuple(words), reader="ocr", picture=lambda: raster)


@pytest.mark.parametrize(("at", "sign"), [(1, "8"), (9, "6"), (4, "5")])
def test_a_figure_over_another_has_more_ink_than_any_alone(at, sign):
    """The day's second figure, the year's last or the month's last was typed over; both readers see one."""
    sheet, pen, font = paper()
    assert not overtyped(page(sheet, font))
    left = 30 + font.getlength("Fecha de alta: " + "14/03/2025"[:at])
    pen.text((left, 90), sign, 30, font=font)
    assert overtyped(page(sheet, font))


@pytest.mark.parametrize(("over", "two"), [("", False), ("3", True)])
def test_the_letters_of_an_identity_number_read_as_figures_are_none(over, two):
    """A W has more ink than any figure; one within the number that was typed over still counts."""
    sheet, font = Image.new("L", (260, 50), 255), ImageFont.truetype(FACE, 25)
    pen = ImageDraw.Draw(sheet)
    pen.text((12, 8), "X1234567W", 20, font=font)
    pen.text((12 + font.getlength("X123"), 8), over, 20, font=font)
    assert _heavy(list(_measured("X12345678", np.asarray(sheet)))) is two


@pytest.mark.parametrize(("sign", "two"), [("", False), ("8", True)])
def test_a_figure_over_another_in_a_place_of_a_form_is_known(sign, two):
    """The number is told by its other figures, whatever a card beside it shows."""
    sheet, font = Image.new("L", (260, 50), 255), ImageFont.truetype(FACE, 25)
    pen = ImageDraw.Draw(sheet)
    pen.text((12, 8), "Y0967411S", 20, font=font)
    pen.text((12 + font.getlength("Y0967"), 8), sign, 20, font=font)
    assert doubled("Y0967411S", np.asarray(sheet)) is two


def test_bold_print_is_not_typed_over():
    """What a face's figures have is measured on the line itself."""
    sheet, _, font = paper()
    heavy = np.minimum(np.asarray(sheet), np.roll(np.asarray(sheet), 1, axis=1))
    assert not overtyped(page(Image.fromarray(heavy), font))


def test_the_edge_of_a_shadow_over_figures_is_no_second_figure():
    """In a photo the paper itself is darker there: ink is measured against it."""
    sheet, _, font = paper()
    shade = np.interp(np.arange(sheet.width), (230, 330), (0.45, 1.0))
    assert not overtyped(page(Image.fromarray((np.asarray(sheet) * shade).astype(np.uint8)), font))


def test_ink_cut_off_from_the_sign_beside_a_figure_is_not_its_own():
    """Of signs that touch, one may be cut too broad: what it has more, its neighbour has less."""
    rest = [_Figure(figure, _USUAL[figure] * 100) for figure in (0, 2, 6, 0, 8)]
    assert _heavy([*rest, _Figure(1, 140.0)])
    assert not _heavy([*rest, _Figure(1, 140.0, ((1.1, 50.0),))])


@pytest.mark.parametrize(
    ("text", "asked"),
    [("667511F19ED6", False), ("24-feb-2026", True), ("X1234567W", True), ("X1234567L", False)],
)
def test_neither_a_code_nor_a_number_whose_check_letter_holds_is_asked_about(text, asked):
    """A code has letters between its figures, and a number that was typed over one that fails."""
    assert _worth(Word(text, Box(0, 0, 60, 10), 0.98)) is asked
