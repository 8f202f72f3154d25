"""Years of two figures are written out only where the paper proves them."""

import numpy as np
import pytest

from extractors.lines import Box, Word
from extractors.padron.page.years import with_whole_years
from extractors.page import Page
from extractors.reading.raster import Raster


def read(*words, reader="text"):
    """Return the texts of a page of *words*, one a line, with their years written out."""
    page = Page(
        number=1,
        width=595,
        height=842,
        reader=reader,
        picture=lambda: Raster(grey=np.full((2, 2), 255, np.uint8), scale=1.0),
        words=tuple(Word(text, Box(60, 60 + 20 * at, 300, 70 + 20 * at)) for at, text in enumerate(words)),
    )
    return [word.text for word in with_whole_years([page])[0].words]


def test_a_birth_and_the_day_of_issue_leave_one_century():
    """Nobody is entered before being born, nor after the paper was made."""
    assert read("Nacimiento: 11-11-70", "Alta 14-03-05", "Ronda 25-02-26") == [
        "Nacimiento: 11-11-1970",
        "Alta 14-03-2005",
        "Ronda 25-02-2026",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("Alta 14-03-05", "Ronda 25-02-2026"),  # no birth: it may be 1905
        ("Nacimiento: 11-11-10", "Alta 14-03-20", "Ronda 25-02-2026"),  # a birth in 1910 or in 2010
        ("Nacimiento: 05-06-07", "Alta 08-09-10"),  # nothing proves which figures are the year
        ("Nacimiento: 04-13-70", "Alta 05-04-18", "Ronda 25-02-2026"),  # months that stand first
        ("Jaiotza, nac.: 1970-11-11", "Alta 05-03-14", "Ronda 25-02-2026"),  # years that stand first
    ],
)
def test_what_may_be_another_year_stays_as_it_is(words):
    """A guess would be a wrong day with certainty."""
    assert read(*words) == list(words)


def test_a_scan_s_figures_prove_nothing():
    """One misread figure would choose the century."""
    words = ("Nacimiento: 11-11-70", "Alta 14-03-05", "Ronda 25-02-2026")
    assert read(*words, reader="ocr") == list(words)
