"""What was remembered of a file goes with it: a reader that reads all day holds nobody's old papers."""

from __future__ import annotations

import gc
import sys

import pytest

from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading import kept


@pytest.mark.parametrize("form", ["JPEG", "PDF"])
def test_no_byte_of_a_file_is_held_once_it_is_read(paper, form):
    """Whatever asked its pages for words, zones and labels, nothing leads to the file any more."""
    strip = paper.pictured(paper.typed()).crop((100, 150, 1000, 350))
    data = paper.saved(strip, form)
    before = sys.getrefcount(data)
    assert read_file(data, "a", Bounds()).documents
    gc.collect()
    assert sys.getrefcount(data) == before


def test_an_answer_is_given_once_until_it_is_forgotten():
    """The same question costs nothing while a file is read; the next file asks anew."""
    asked = []
    ask = kept.remembered(1)(asked.append)
    ask("a page")
    ask("a page")
    kept.forget()
    ask("a page")
    assert asked == ["a page", "a page"]
