"""Where one paper ends and the next begins, and what becomes of pages that nobody knows."""

from __future__ import annotations

import numpy as np
import pytest

from extractors import recognise
from extractors.document import Field
from extractors.kinds import Kind, other
from extractors.lines import Box, Word
from extractors.page import Page, Widget
from extractors.reading.paper.straighten import Turn
from extractors.reading.raster import Raster

BLANK = np.full((842, 595), 255, np.uint8)
INKED = np.where(np.arange(595) % 7 < 3, 0, 255).astype(np.uint8) * np.ones((842, 1), np.uint8)


def page(number, text="", *, reader="text", confidence=1.0, ink=INKED, **more):
    """Return a page with the lines of *text*."""
    words = tuple(
        Word(word, Box(60 + 40 * column, 60 + 20 * row, 95 + 40 * column, 72 + 20 * row), confidence)
        for row, line in enumerate(text.splitlines())
        for column, word in enumerate(line.split())
    )
    return Page(
        number=number,
        width=595,
        height=842,
        words=words,
        reader=reader,
        picture=lambda: Raster(grey=ink, scale=1.0),
        **more,
    )


def field(pages):
    """Return the first word of the first page as a field."""
    word = pages[0].words[0]
    return {"first": Field(value=word.text, text=word.text, confidence=1, page=pages[0].number, box=word.box)}


def saying(word, sure=0.9, *, continues=0.0, name=None, read=field):
    """Return a kind that begins where *word* stands and goes on where `<word>-sigue` does."""
    return Kind(
        name=name or word,
        starts=lambda page: sure if word in page.text.split() else 0.0,
        continues=lambda page, _: continues if f"{word}-sigue" in page.text else 0.0,
        read=read,
    )


@pytest.fixture
def known(monkeypatch):
    """Let only these kinds, and `other`, be known."""

    def only(*found):
        kinds = {kind.name: kind for kind in (*found, other.KIND)}
        monkeypatch.setattr(recognise, "kinds", lambda: kinds)

    return only


def found(*pages):
    """Return the kinds and pages of the documents."""
    return [(d.kind, d.pages) for d in recognise.documents(pages, file="a.pdf", sha256="0")]


def test_each_beginning_is_a_document_of_its_own(known):
    """Two certificates in one file are two documents."""
    known(saying("uno"), saying("dos"))
    assert found(page(1, "uno"), page(2, "dos"), page(3, "uno")) == [
        ("uno", (1,)),
        ("dos", (2,)),
        ("uno", (3,)),
    ]


def test_a_page_that_goes_on_belongs_to_the_one_before(known):
    """The second sheet of a form."""
    known(saying("uno", continues=0.8))
    assert found(page(1, "uno"), page(2, "uno-sigue")) == [("uno", (1, 2))]


@pytest.mark.parametrize(("sure", "kinds"), [(0.7, [("uno", (1, 2))]), (0.9, [("uno", (1,)), ("dos", (2,))])])
def test_going_on_yields_to_a_surer_beginning(known, sure, kinds):
    """A page that might be either goes to the surer claim."""
    known(saying("uno", continues=0.8), saying("dos", sure))
    assert found(page(1, "uno"), page(2, "dos uno-sigue")) == kinds


@pytest.mark.parametrize(("sure", "kind"), [(0.49, "other"), (0.5, "uno")])
def test_below_the_floor_nobody_claims_a_page(known, sure, kind):
    """A weak likeness is no kind."""
    known(saying("uno", sure))
    assert [name for name, _ in found(page(1, "uno más texto"))] == [kind]


def test_a_page_that_two_kinds_claim_is_certain_of_neither(known):
    """Equal claims leave no more than the floor."""
    known(saying("uno", 0.9), saying("uno", 0.9, name="dos"))
    (document,) = recognise.documents([page(1, "uno")], file="a", sha256="0")
    assert document.kind_confidence == recognise.FLOOR


@pytest.mark.parametrize(("sure", "given"), [(0.69, 0.69), (0.7, 1.0)])
def test_no_field_is_surer_than_a_doubtful_kind(known, sure, given):
    """What a paper says counts for little while it is open what the paper is."""
    known(saying("uno", sure=sure))

    (paper,) = recognise.documents([page(1, "uno")], file="a.pdf", sha256="0")

    assert paper.fields["first"].confidence == given


def test_empty_pages_belong_to_nothing(known):
    """The back of a sheet, scanned along."""
    known(saying("uno", continues=0.8))
    assert found(page(1, "uno"), page(2, ink=BLANK), page(3, "uno-sigue")) == [("uno", (1, 3))]


def test_a_file_of_empty_pages_is_one_that_cannot_be_read(known):
    """A person sees that something was handed in and says nothing."""
    known()
    assert found(page(1, ink=BLANK), page(2, ink=BLANK)) == [("unreadable", (1, 2))]


def test_ink_without_words_cannot_be_read(known):
    """A dark photograph is not taken for the next page of a certificate."""
    known(saying("uno", continues=0.8))
    assert found(page(1, "uno"), page(2)) == [("uno", (1,)), ("unreadable", (2,))]


def test_unclear_letters_cannot_be_read(known):
    """What the engine itself does not believe is not read."""
    known(saying("uno"))
    guess = page(1, "uno entre varias palabras que nadie sabe leer", reader="ocr", confidence=0.1)
    assert found(guess) == [("unreadable", (1,))]


def test_pages_that_nobody_knows_stay_together(known):
    """A contract of three pages is one paper, a further one with a heading another."""
    known()
    pages = (
        page(1, "CONTRATO DE ALQUILER\nentre partes"),
        page(2, "segunda cláusula"),
        page(3, "FACTURA DE LUZ"),
    )
    assert found(*pages) == [("other", (1, 2)), ("other", (3,))]


def test_a_paper_says_which_of_its_pages_is_the_first(known):
    """The page number decides where there is one."""
    known()
    assert found(
        page(1, "texto\nPágina 1 de 2"), page(2, "MÁS TEXTO\nPágina 2 de 2"), page(3, "a b\nPágina 1 de 1")
    ) == [
        ("other", (1, 2)),
        ("other", (3,)),
    ]


def test_a_reader_that_fails_sends_the_paper_to_a_person(known):
    """Fields that could not be read are not fields that are absent."""

    def fail(_):
        raise KeyError

    known(saying("uno", read=fail))
    (document,) = recognise.documents([page(1, "uno")], file="a", sha256="0")
    assert (document.kind, document.flags, document.fields) == ("unreadable", ("reading-failed",), {})


def test_a_kind_that_fails_to_look_claims_nothing(known):
    """One broken kind does not take the file from the others."""

    def fail(_):
        raise ValueError

    known(Kind(name="roto", starts=fail, read=field), saying("uno"))
    assert found(page(1, "uno")) == [("uno", (1,))]


def test_the_weakest_reader_is_named(known):
    """One scanned page makes the document one read by OCR; fields make a form."""
    known(saying("uno", continues=0.8))
    box = Widget("a", "text", Box(0, 0, 9, 9), "x")
    scanned = page(2, "uno-sigue y otras palabras", reader="ocr", confidence=0.8)
    mixed = recognise.documents([page(1, "uno"), scanned], file="a", sha256="0")
    form = recognise.documents([page(1, "uno", widgets=(box,))], file="a", sha256="0")
    assert [d.reader for d in (*mixed, *form)] == ["ocr", "form"]


def test_boxes_are_given_on_the_page_as_it_was_filed(known):
    """A sheet scanned sideways was turned to be read; its boxes are turned back."""
    known(saying("uno"))
    turn = Turn(1, 0.0, 595.0, 842.0)
    (document,) = recognise.documents([page(1, "uno", as_filed=turn.back)], file="a", sha256="0")
    assert document.fields["first"].box == Box(60, 500, 72, 535)


def test_the_title_of_an_unknown_paper_is_its_first_large_line(known):
    """Letterheads in small type come before it and are passed over."""
    known()
    small = Word("membrete", Box(60, 20, 100, 30), 1.0)
    large = Word("CONTRATO", Box(60, 60, 160, 80), 0.8)
    body = Word("texto", Box(60, 120, 100, 130), 1.0)
    sheet = page(1)
    words = (small, large, body)
    titled = Page(number=1, width=595, height=842, words=words, reader="text", picture=sheet.picture)
    (document,) = recognise.documents([titled], file="a", sha256="0")
    assert (document.fields["title"].value, document.fields["title"].confidence) == ("CONTRATO", 0.8)
