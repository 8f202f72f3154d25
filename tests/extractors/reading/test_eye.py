"""The eye of an OCR engine confirms the lines of a paper that the law turns on, and only those."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.bounds import Bounds
from extractors.document import Document, Field
from extractors.lines import Box
from extractors.reading.files import pdf
from extractors.reading.layer import eye
from extractors.reading.words import pieces


def document(kind: str = "padron_certificate", **fields: Field) -> Document:
    """Return a paper of one page."""
    return Document(file="a", sha256="", pages=(1,), kind=kind, kind_confidence=1.0, fields=fields)


@pytest.fixture
def page(paper):
    """The page of a certificate, read."""
    with pdf.pages(paper.typed(), Bounds()) as pages:
        yield pages[0]


def told(page, word, other):
    """Return the page with *word* told as *other*."""
    words = tuple(w._replace(text=w.text.replace(word, other)) for w in page.words)
    return replace(page, words=words)


def test_a_page_that_looks_as_it_says_is_confirmed(page):
    """Every line with figures."""
    assert not eye.strange(document(), [page])


@pytest.mark.parametrize(("word", "other"), [("2019", "2018"), ("abril", "enero"), ("25,", "26,")])
def test_another_word_in_a_line_with_figures_is_strange(page, word, other):
    """A figure, a month: one word is enough."""
    assert eye.strange(document(), [told(page, word, other)])


def test_a_line_without_figures_counts_where_a_value_stands_on_it(page):
    """A name, a place, a movement."""
    lying = told(page, "secretario", "interesado")
    box = next(w.box for w in lying.words if w.text == "interesado")
    value = Field(value="interesado", text="interesado", confidence=0.98, page=1, box=box)
    assert (eye.strange(document(), [lying]), eye.strange(document(name=value), [lying])) == (False, True)


def test_words_that_are_in_doubt_already_are_not_looked_at(page):
    """Their values cannot decide."""
    lying = told(page, "2019", "2018")
    doubted = tuple(w._replace(confidence=0.5) for w in lying.words)
    assert not eye.strange(document(), [replace(lying, words=doubted)])


@pytest.mark.parametrize("change", [{"kind": "other"}, {"reader": "ocr"}])
def test_scans_and_papers_on_which_the_law_does_not_turn_are_left(page, change):
    """A scan is read by that eye already; the rest costs more than it says."""
    lying = replace(told(page, "2019", "2018"), reader=change.get("reader", "text"))
    assert not eye.strange(document(change.get("kind", "padron_certificate")), [lying])


def test_a_page_that_the_engine_cannot_look_at_is_strange(page, monkeypatch):
    """What nobody confirmed goes to a person."""
    monkeypatch.setattr(pieces, "read", lambda *_: None)
    assert eye.strange(document(), [page])


def test_one_slip_of_the_engine_is_none(page, monkeypatch):
    """A line that it misreads is looked at once more, larger."""
    looks, read = [], pieces.read

    def slipping(cut, scale, seconds):
        looks.append(scale)
        return read(cut, scale, seconds) if len(looks) > 1 else {}

    monkeypatch.setattr(pieces, "read", slipping)
    assert (eye.strange(document(), [page]), looks[1] > looks[0]) == (False, True)


def test_what_the_engine_misreads_twice_the_recogniser_may_confirm(page, monkeypatch):
    """It takes a 9 for a 2 at every size; what is drawn otherwise than it is told both see as drawn."""
    read = pieces.read

    def slipping(cut, scale, seconds):
        told = read(cut, scale, seconds)
        return {
            at: [(text.replace("2019", "2012"), sure) for text, sure in line] for at, line in told.items()
        }

    monkeypatch.setattr(pieces, "read", slipping)
    assert not eye.strange(document(), [page])
    assert eye.strange(document(), [told(page, "2019", "2011")])


def test_text_up_the_margin_is_left(page):
    """The engine cannot read it so; verification codes stand there."""
    upended = page.words[0]._replace(text="1234", box=Box(10, 100, 20, 300))
    assert not eye.strange(document(), [replace(page, words=(*page.words, upended))])


@pytest.mark.parametrize(
    ("text", "seen", "strange"),
    [
        ("N.I.E.", "nle", False),
        ("VºBº", "v2b2", False),
        ("D./Dª", "dd", False),
        ("alta", "baja", True),
        ("N.I.E.12", "nle13", True),
    ],
)
def test_initials_with_stops_are_no_word_that_the_engine_must_see(page, text, seen, strange):
    """It takes their I for an L; words and figures it must see."""
    assert eye._shown(page.words[0]._replace(text=text), seen) is not strange


@pytest.mark.parametrize(
    ("text", "seen", "strange"),
    [
        ("E3B50D1E5DF1", "e3bsodi1esdf1", False),
        ("E3B50D1E5DF1", "k9v7wtyhnpx4", True),
        ("10-MAYO-2019", "10mayo2025", True),
        ("10-MAYO-2019", "10mayo2019", False),
    ],
)
def test_a_code_may_look_like_another_and_a_year_may_not(page, text, seen, strange):
    """Nothing around a code tells an O from a nought; a day stands for itself."""
    assert eye._shown(page.words[0]._replace(text=text), seen) is not strange
