"""Letters of a coloured seal are the seal's; print under it and beside it that nobody read is noticed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading import dye
from extractors.reading.ink import rims
from extractors.reading.ink.leftover import Place
from extractors.reading.words import lettering, whole
from fixtures.wear import seals

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SCALE = 200 / 72
LINES = [(100, 100 + 60 * number, "Fecha de alta 03/04/2014 Marruecos") for number in range(5)]
SEAL = ("INSTITUTO NACIONAL", "COTEJADO")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """A worker's own setting."""
    cv2.setNumThreads(1)


def page(extra=(), seal=("violet", (700, 700))):
    """Return a page of five lines that were read, *extra* lines that were not, and a seal that was not."""
    paper = Image.new("RGB", (1000, 1000), (250, 250, 250))
    pen, font = ImageDraw.Draw(paper), ImageFont.truetype(FACE, 26)
    for x, y, text in (*LINES, *extra):
        pen.text((x, y), text, (30, 30, 30), font=font, anchor="lt")
    read = [
        Word(text, Box(*(side / SCALE for side in pen.textbbox((x, y), text, font=font, anchor="lt"))), 0.89)
        for x, y, text in LINES
    ]
    pixels = np.array(paper)
    if seal is not None:
        ink = seals.round_seal(300, SEAL, "dejavu/DejaVuSans-Bold.ttf", oval=0.8)
        pixels, _ = seals.pressed(pixels, ink, seal[0], seal[1], 12)
    raster = dye.raster(np.ascontiguousarray(pixels[:, :, ::-1]), SCALE)
    side = 1000 / SCALE
    return Page(number=1, width=side, height=side, words=tuple(read), reader="ocr", picture=lambda: raster)


def test_what_a_coloured_seal_says_is_no_writing_that_nobody_read():
    """Its letters are the seal's, wherever it was pressed: beside the lines or over them.

    Nor does its rim strike out the line that it runs along.
    """
    assert not lettering.of(page()).unread
    assert not lettering.of(page(seal=("violet", (400, 242)))).unread


@pytest.mark.parametrize(("word", "void"), [("ANULADO", True), ("SIN VALOR", True), ("ES COPIA", False)])
def test_a_seal_that_says_that_the_paper_is_void_holds_it(word, void):
    """Whatever its colour and its slant: its middle is read, its name around the rim is not."""
    pixels = np.full((1000, 1000, 3), 250, np.uint8)
    ink = seals.round_seal(280, ("INSTITUTO NACIONAL", word), "dejavu/DejaVuSans-Bold.ttf", oval=0.9)
    pixels, _ = seals.pressed(pixels, ink, "blue", (500, 500), -17)
    raster = dye.raster(np.ascontiguousarray(pixels[:, :, ::-1]), SCALE)
    side = 1000 / SCALE
    bare = Page(number=1, width=side, height=side, words=(), reader="ocr", picture=lambda: raster)
    assert lettering.of(bare).unread is void


def test_a_line_under_a_coloured_seal_that_nobody_read_is_noticed():
    """The colour is lifted off, and black print stays."""
    assert lettering.of(page(extra=[(620, 685, "Baja 2016")])).unread


def test_the_letters_of_a_black_stamp_without_a_ring_are_writing():
    """Nobody knows what it says."""
    assert lettering.of(page(extra=[(620, 685, "ANULADO")], seal=None)).unread


def test_coloured_letters_beyond_a_ring_are_writing():
    """A stamp without a ring, or a clerk's note in blue, may say that the paper is void."""
    one = page(seal=None)
    picture = np.full((1000, 1000, 3), 250, np.uint8)
    cv2.putText(picture, "ANULADO", (300, 700), cv2.FONT_HERSHEY_DUPLEX, 1.2, (150, 60, 40), 2)
    raster = dye.raster(picture, SCALE)
    bare = Page(number=1, width=one.width, height=one.height, words=(), reader="ocr", picture=lambda: raster)
    assert raster.dye is not None
    assert lettering.of(bare).unread


def test_a_word_read_in_a_seal_is_known_as_the_seals():
    """And one of print under the seal is not."""
    within = Word("COTEJADO", Box(230, 245, 275, 259), 0.3)
    told = page(extra=[(620, 685, "Baja 2016")])
    print_ = Word("Baja", Box(620 / SCALE, 683 / SCALE, 690 / SCALE, 708 / SCALE), 0.3)
    words = (*told.words, within, print_)
    one = Page(
        number=1, width=told.width, height=told.height, words=words, reader="ocr", picture=told.picture
    )
    seals_own = lettering.of(one).seals
    assert print_.box not in seals_own
    alone = page()
    bare = Page(
        number=1, width=told.width, height=told.height, words=words, reader="ocr", picture=alone.picture
    )
    assert within.box in lettering.of(bare).seals


@pytest.mark.parametrize(
    ("lines", "unread"),
    [
        (("REGISTRO GENERAL", "ENTRADA 12/03/2026", "Nº 4711"), False),
        (("REGISTRO GENERAL", "ANULADO 12/03/2026", "Nº 4711"), True),
        (("DOCUMENTO", "SIN DATOS", "Nº 4711"), True),
    ],
)
def test_a_framed_stamp_is_an_offices_only_where_it_says_so(lines, unread):
    """A stamp in a frame may say that the paper is void: then somebody has to look."""
    pixels = np.full((1000, 1000, 3), 250, np.uint8)
    ink = seals.boxed(430, lines, "dejavu/DejaVuSans-Bold.ttf")
    pixels, _ = seals.pressed(pixels, ink, "blue", (500, 500), 9)
    raster = dye.raster(np.ascontiguousarray(pixels[:, :, ::-1]), SCALE)
    side = 1000 / SCALE
    bare = Page(number=1, width=side, height=side, words=(), reader="ocr", picture=lambda: raster)
    assert lettering.of(bare).unread is unread


@pytest.mark.parametrize(
    ("first", "over", "gone"),
    [("RECIBIDO", "", True), ("ARCHIVADO", "", False), ("RECIBIDO", "2020", False)],
)
def test_a_paper_is_read_without_its_plain_stamps_of_entry(first, over, gone):
    """What they say is known, and a day of theirs is none of the paper. Any other stays."""
    told = page(seal=None)
    pixels = np.repeat(told.picture().grey[:, :, None], 3, axis=2)
    lines = (first, "12 MAR 2025", "REGISTRO GENERAL", "E/4711")
    ink = seals.boxed(380, lines, "dejavu/DejaVuSans-Bold.ttf")
    pixels, _ = seals.pressed(pixels, ink, "blue", (300, 700), 4)
    cv2.putText(pixels, over, (250, 795), cv2.FONT_HERSHEY_DUPLEX, 1.1, (40, 60, 160), 2)
    raster = dye.raster(np.ascontiguousarray(pixels[:, :, ::-1]), SCALE)
    day = Word("2025", Box(120, 246, 145, 258), 0.8)
    stamped = replace(told, words=(*told.words, day), picture=lambda: raster)

    bare = whole.unstamped(stamped, lettering.of(stamped))

    assert bare.words == (told.words if gone else stamped.words)
    assert (bare.picture().ink(day.box.grown(8)) == 0) is gone
    assert all(bare.picture().ink(word.box) == raster.ink(word.box) > 0 for word in told.words)


def worn(pixels, middle, within="COTEJADO", turn=12):
    """Press a black seal whose rim is broken in places."""
    ink = seals.round_seal(300, ("INSTITUTO NACIONAL", within), "dejavu/DejaVuSans-Bold.ttf", oval=0.8)
    ink[:, 60:75] = 0
    ink[40:52] = 0
    return seals.pressed(pixels, ink, "black", middle, turn)[0]


def in_black(draw, extra=()):
    """Return the page of read lines, *extra* ones that were not read, and what *draw* adds; no colour."""
    told = page(extra=extra, seal=None)
    sheet = draw(cv2.cvtColor(told.picture().grey, cv2.COLOR_GRAY2BGR))
    grey = dye.raster(np.ascontiguousarray(sheet), SCALE)
    return replace(told, picture=lambda: grey)


def test_a_signature_that_touches_a_stamp_of_entry_hides_it_from_nobody():
    """The white within its frame tells it as well."""
    pixels = np.full((1000, 1000, 3), 250, np.uint8)
    ink = seals.boxed(380, ("RECIBIDO", "12 MAR 2025", "REGISTRO GENERAL"), "dejavu/DejaVuSans-Bold.ttf")
    pixels, _ = seals.pressed(pixels, ink, "blue", (600, 500), 4)
    cv2.polylines(pixels, [np.array([[150, 520], [300, 470], [420, 510]])], False, (42, 62, 160), 5)
    raster = dye.raster(np.ascontiguousarray(pixels[:, :, ::-1]), SCALE)
    side = 1000 / SCALE
    name = Page(number=1, width=side, height=side, words=(), reader="ocr", picture=lambda: raster)
    assert not lettering.of(name).unread


def test_a_worn_seal_without_colour_is_no_writing_that_nobody_read():
    """Its rims lie on one ellipse, however they are broken; its letters stand on no line of print."""
    assert not lettering.of(in_black(lambda sheet: worn(sheet, (700, 700)))).unread


def test_what_a_seal_without_colour_may_hide_is_noticed():
    """A day on a line with print beside the seal, or figures within it that the recogniser sees."""
    beside = in_black(lambda sheet: worn(sheet, (760, 350)), extra=[(690, 340, "03/05/2016")])
    within = in_black(lambda sheet: worn(sheet, (700, 700)), extra=[(610, 725, "12/08/2022")])
    assert lettering.of(beside).unread
    assert lettering.of(within).unread


def test_a_level_seal_that_says_that_the_paper_is_void_is_noticed():
    """Whatever its shape."""
    assert lettering.of(in_black(lambda sheet: worn(sheet, (700, 700), within="ANULADO", turn=2))).unread


def test_a_note_in_a_loop_of_a_pen_is_writing():
    """It has no second rim, and no letters all round."""

    def note(sheet):
        for begins in (0, 180):
            cv2.ellipse(sheet, (600, 750), (150, 100), 8, begins, begins + 165, (60, 60, 60), 4)
        cv2.putText(sheet, "FALTA EL ACTA", (490, 760), cv2.FONT_HERSHEY_DUPLEX, 0.9, (60, 60, 60), 2)
        return sheet

    assert lettering.of(in_black(note)).unread


def test_a_seals_rim_through_a_line_of_print_strikes_nothing_out(monkeypatch):
    """It runs on beyond the word, and level for a while; a pen's line beside it is one all the same."""
    monkeypatch.setattr(lettering, "_unread", lambda *_: False)

    def pressed(sheet):
        ink = seals.round_seal(300, SEAL, "dejavu/DejaVuSans-Bold.ttf", oval=0.8)
        return seals.pressed(sheet, ink, "black", (330, 468), 0)[0]

    def drawn(sheet):
        cv2.line(sheet, (110, 172), (330, 172), (60, 60, 60), 3)
        return pressed(sheet)

    assert not lettering.of(in_black(pressed)).unread
    assert lettering.of(in_black(drawn)).unread


def test_what_lies_on_the_stroke_of_a_rim_stays_as_it_is():
    """Nothing of its row is within the ring: there is no way from rim to rim to look along."""
    seal = rims.Rim(100.0, 100.0, 80.0, 80.0, 0.0)
    on_the_stroke, within = Place(96, 20, 104, 22), Place(90, 98, 110, 104)
    assert rims.chord(on_the_stroke, [seal]) == on_the_stroke
    assert rims.chord(within, [seal])._replace(y0=0, y1=0) == Place(27, 0, 173, 0)
