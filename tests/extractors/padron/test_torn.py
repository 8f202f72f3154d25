"""Words of a scan that stand as far apart as columns do are no one value."""

import pytest

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.prose import Prose


@pytest.mark.parametrize(
    ("begins", "reader", "sure"), [(120, "ocr", 0.95), (121, "ocr", 0.85), (121, "text", 0.95)]
)
def test_a_value_with_a_column_of_white_in_it_is_not_sure(begins, reader, sure):
    """Twice the height of print between two words is more than a blank; a text layer knows its words."""
    words = (Word("Algeciras", Box(50, 10, 100, 20), 1.0), Word("Algeciras", Box(begins, 10, 170, 20), 1.0))
    page = Page(number=1, width=595, height=842, words=words, reader=reader, picture=lambda: None)
    assert Prose([page]).field(0, 19, "x", 0.95).confidence == sure


@pytest.mark.parametrize(
    ("after", "reader", "sure"),
    [(("o", 0.01), "ocr", 0.85), (("por", 0.9), "ocr", 0.95), (("o", 0.01), "text", 0.95)],
)
def test_a_year_in_words_beside_a_word_that_nobody_read_may_go_on(after, reader, sure):
    """A streak took "vint-i-sis" from "dos mil vint-i-sis", and what was left was a sure 2000."""
    texts = (("dos", 1.0), ("mil", 1.0), after)
    words = tuple(
        Word(text, Box(50 + 30 * at, 10, 70 + 30 * at, 20), read) for at, (text, read) in enumerate(texts)
    )
    page = Page(number=1, width=595, height=842, words=words, reader=reader, picture=lambda: None)
    assert Prose([page]).field(0, 7, "2000-02-26", 0.95).confidence == sure
