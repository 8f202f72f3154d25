"""A label with one letter misread is that label, as long as nobody was sure of it."""

import pytest

from extractors.lines import Box, Word
from extractors.padron.spelling import spelled
from extractors.page import Page


def _text(text, sure, reader="ocr"):
    word = Word(text, Box(50, 100, 120, 110), sure)
    return spelled(
        Page(number=1, width=595, height=842, words=(word,), reader=reader, picture=lambda: None)
    ).words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("arrazola", "arrazoia"),
        ("Jaloteguna:", "Jaioteguna:"),
        ("CERTIPICADO", "CERTIFICADO"),
        ("D'EXPEDIC1ÓN", "D'EXPEDIC1ÓN"),
        ("umisión", "umisión"),
        ("Procedència", "Procedència"),
        ("bejas", "bejas"),
        ("Doncelles", "Doncelles"),
    ],
)
def test_one_letter_is_put_right_where_one_word_alone_is_meant(read, meant):
    """Two words that are as near, figures, accents, short words and names stay as they were read."""
    assert [word.text for word in _text(read, 0.8)] == [meant]


def test_a_word_put_right_is_no_surer_for_it():
    """The doubt of the engine stays with its word."""
    assert [word.confidence for word in _text("arrazola", 0.4)] == [0.4]


@pytest.mark.parametrize(("sure", "reader"), [(0.89, "ocr"), (0.5, "text")])
def test_what_two_readers_saw_and_what_a_file_says_is_left_alone(sure, reader):
    """A surname may be one letter away from a label."""
    assert [word.text for word in _text("Doncello", sure, reader)] == ["Doncello"]
