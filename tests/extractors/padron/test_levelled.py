"""Words of a scan are as tall as their line, whatever lies over it."""

from extractors.padron.layout import levelled
from extractors.page import Box, Page, Word


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
