"""A second reader confirms the words at the facts of a paper, and only those."""

from __future__ import annotations

import pytest

from extractors.document import Document
from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.layer.agreement import ambiguous, contradicted, doubted

DATE = Word("10/05/2019", Box(102, 101, 160, 111))
LABEL = Word("Fecha:", Box(20, 101, 60, 111))


def page(*second: Word, words: tuple[Word, ...] = (LABEL, DATE), **other: object) -> Page:
    """Return a page whose second reader sees *second*."""
    given = {"second_words": lambda: second, **other}
    return Page(number=1, width=595, height=842, words=words, reader="text", picture=lambda: None, **given)


def differs(page: Page, kind: str = "padron_certificate") -> bool:
    """Whether a paper of one page is flagged."""
    return ambiguous(Document(file="a", sha256="", pages=(1,), kind=kind, kind_confidence=1.0), [page])


@pytest.mark.parametrize(
    "second",
    [
        (DATE,),
        (Word("10/", DATE.box._replace(x1=118)), Word("05/2019", DATE.box._replace(x0=119))),
        (Word("alta:10/05/2019.", DATE.box._replace(x0=60)),),
    ],
)
def test_words_may_be_cut_in_other_places(second):
    """One program joins what the other parts; letters and figures count."""
    assert not differs(page(LABEL, *second))


@pytest.mark.parametrize("text", ["10/05/2025", "10/05/201", ""])
def test_another_figure_is_ambiguous(text):
    """One is enough, whatever else agrees."""
    assert differs(page(LABEL, DATE._replace(text=text)))


def test_a_second_reader_that_fails_confirms_nothing():
    """A paper could be made to break it."""
    assert differs(page())


def test_a_word_that_only_the_second_reader_sees_is_ambiguous():
    """A movement out of the register could be told away."""
    assert differs(page(LABEL, DATE, Word("Baja", Box(200, 101, 230, 111))))


@pytest.mark.parametrize(
    "word",
    [
        Word("4", Box(200, 101, 210, 111)),
        Word("--", Box(200, 101, 210, 111)),
        Word("CSV", Box(600, 1, 620, 9)),
    ],
)
def test_ticks_lines_and_what_is_cut_away_do_not_count(word):
    """A tick is a letter of a font of signs; beyond the paper's edge nobody looks."""
    assert not differs(page(LABEL, DATE, word))


def test_a_line_up_the_margin_may_be_told_from_its_foot_or_from_its_head():
    """The code of an electronic paper stands there; words on level lines are told in one order."""
    up = [Word("Málaga", Box(32, 580, 40, 600)), Word("de", Box(32, 602, 40, 609))]
    turned = [word._replace(text=word.text[::-1]) for word in up]
    assert not differs(page(LABEL, DATE, *turned, words=(LABEL, DATE, *up)))
    level = Word("Roma", Box(200, 101, 230, 111))
    assert differs(page(LABEL, DATE, level._replace(text="amoR"), words=(LABEL, DATE, level)))


def test_words_from_right_to_left_may_come_in_either_order():
    """Certificates of some countries are in two scripts."""
    arabic = Word("مرحبا", Box(200, 101, 230, 111))
    assert not differs(page(LABEL, DATE, arabic._replace(text="ابحرم"), words=(LABEL, DATE, arabic)))


@pytest.mark.parametrize("kind", ["other", "unreadable"])
def test_papers_that_decide_nothing_are_not_compared(kind):
    """A person reads them anyway."""
    assert not differs(page(), kind)


def test_words_that_are_in_doubt_already_are_passed_over():
    """What is painted over something else lowers its own value."""
    assert not differs(page(LABEL, words=(LABEL, DATE._replace(confidence=0.5))))


@pytest.mark.parametrize("other", [{"second_words": None}, {"hidden": True}, {"words": ()}])
def test_a_page_that_cannot_agree_is_not_compared(other):
    """A scan has no text layer, and one with hidden words is flagged by those."""
    assert not differs(page(**other))


def test_a_page_of_endless_words_is_ambiguous():
    """To compare them would take longer than anybody waits."""
    words = (LABEL,) * 5001
    assert differs(page(*words, words=words))


def test_doubted_words_keep_their_place():
    """Beside a scan, words of the text layer that are not confirmed lose their certainty."""
    found = doubted((LABEL, DATE), lambda: (LABEL,))
    assert found == (LABEL, DATE._replace(confidence=0.5))


@pytest.mark.parametrize(
    ("text", "confidence", "after"),
    [
        ("10/05/2025", 0.89, 0.5),
        ("10/05/2025", 0.8, 1.0),
        ("10/05/201", 0.89, 1.0),
        ("10.05.2019", 0.89, 1.0),
    ],
)
def test_clear_figures_of_a_scan_count_against_the_text_layer(text, confidence, after):
    """As many figures, and others: one of the two is wrong. Fewer are the engine's own slip."""
    (found,) = contradicted((DATE,), (Word(text, DATE.box, confidence),))
    assert found.confidence == after
