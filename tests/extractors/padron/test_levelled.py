"""Words of a scan are as tall as their line, whatever lies over it."""

import numpy as np
import pytest

from extractors.lines import Box, Word
from extractors.padron.page.layout import levelled
from extractors.padron.read import certificate
from extractors.page import Page
from extractors.reading.raster import Raster


def _word(text, x, y, height=8.0):
    return Word(text, Box(x, y, x + 6 * len(text), y + height), 0.8)


def test_a_piece_of_a_stamp_on_a_line_makes_no_word_of_it_run_up_the_page():
    """A word of four letters as tall as two lines would be taken for text that runs up the margin."""
    words = [_word(f"DATA{row}", 50, 100 + 20 * row) for row in range(6)]
    words += [_word("16.09.2015", 270, 140), _word("a", 350, 122, height=44)]
    page = Page(number=1, width=595, height=842, words=tuple(words), reader="ocr", picture=lambda: None)
    lines = levelled(page).lines
    assert [line.text for line in lines] == [
        "DATA0",
        "DATA1",
        "DATA2 16.09.2015 a",
        "DATA3",
        "DATA4",
        "DATA5",
    ]


def test_words_up_the_margin_stay_as_they_are():
    """Each made as tall as all of its line, none would end where the next begins."""
    up = (Word("Código", Box(31, 740, 38, 762)), Word("seguro", Box(32, 717, 38, 738)))
    page = Page(number=1, width=595, height=842, words=up, reader="ocr", picture=lambda: None)
    assert levelled(page).words == up
    assert [line.text for line in levelled(page).lines] == ["Código seguro"]


def _certificate(home, sure):
    lines = (
        home,
        "CERTIFICADO DE EMPADRONAMIENTO",
        "Fecha de alta: 01/02/2019",
        "Fecha de expedición: 04/03/2026",
    )
    words = [
        Word(text, Box(50 + 60 * at, 100 + 40 * row, 100 + 60 * at, 110 + 40 * row), sure if not row else 1.0)
        for row, line in enumerate(lines)
        for at, text in enumerate(line.split())
    ]
    blank = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
    return certificate(
        [Page(number=1, width=595, height=842, words=tuple(words), reader="ocr", picture=lambda: blank)]
    )


def test_a_lone_letter_is_no_part_of_the_name_of_a_municipality():
    """A coat of arms beside it is a letter to a scan."""
    assert _certificate("Concello de Vigo E", 1.0)["municipality"].value == "Vigo"


@pytest.mark.parametrize(("sure", "most"), [(0.3, 0.3), (0.89, 1.0)])
def test_stays_are_no_surer_than_the_name_of_their_municipality(sure, most):
    """Each stay bears it; where it stands in doubt, so does the list."""
    assert min(0.9, most) <= _certificate("Concello de Vigq", sure)["periods"].confidence <= most


def test_a_short_word_beside_a_high_box_stays_on_its_line():
    """The engine draws some boxes around a whole line: a word made as high would run up the margin."""
    words = tuple(
        Word(text, Box(x0, y + y0, x1, y + 18 - y0), 1.0)
        for y in (141, 163, 185)
        for text, x0, y0, x1 in (("Fecha", 309, 3, 346), ("de", 327, 0, 333), ("alta", 336, 3, 346))
    )
    blank = Raster(grey=np.full((842, 595), 255, np.uint8), scale=1.0)
    page = Page(number=1, width=595, height=842, words=words, reader="ocr", picture=lambda: blank)

    lines = levelled(page).lines

    assert [line.text for line in lines] == ["Fecha de alta"] * 3
    assert lines[0].words[0].box.x1 == 327
