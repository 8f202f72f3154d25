"""Papers that a picture cuts, and pictures of two papers: what they say is never sure."""

from dataclasses import replace

import pytest

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.paper.extent import cut_off, two_papers


@pytest.fixture
def page(paper_of) -> Page:
    """A page of thirty lines of two words each, between margins of sixty points."""
    return paper_of(595, (60, 320))


@pytest.fixture
def paper_of():
    """Return a function that makes a scanned page so broad, with words that begin at these places."""

    def made(width: float, places: tuple[float, ...]) -> Page:
        words = tuple(
            Word("palabra", Box(left, 60 + 20 * line, left + 215, 70 + 20 * line), 0.9)
            for line in range(30)
            for left in places
        )
        return Page(number=1, width=width, height=842, words=words, reader="ocr", picture=lambda: None)

    return made


@pytest.mark.parametrize(("moved", "cut"), [(57.9, False), (58.0, True)])
def test_print_at_the_very_edge_of_the_picture_is_cut(page, moved, cut):
    """Words that touch one side of the picture may have lost their beginning."""
    there = tuple(
        w._replace(box=w.box._replace(x0=w.box.x0 - moved, x1=w.box.x1 - moved)) for w in page.words
    )
    assert cut_off(replace(page, words=there)) is cut


@pytest.mark.parametrize(("count", "cut"), [(2, False), (3, True)])
def test_a_few_specks_at_the_edge_cut_nothing(page, count, cut):
    """Two lines at an edge are the scanner's shadow, three are print."""
    there = tuple(w._replace(box=w.box._replace(x1=595)) for w in page.words[1 : 2 * count : 2])
    assert cut_off(replace(page, words=(*there, *page.words[2 * count :]))) is cut


def test_the_line_that_a_fax_machine_prints_at_the_top_cuts_nothing(page):
    """Many words at one edge are no cut page where they are one line."""
    head = tuple(Word("Fax", Box(left, 1, left + 30, 10), 0.9) for left in (60, 100, 140, 180))
    assert cut_off(replace(page, words=(*head, *page.words))) is False


def test_a_page_turned_upright_is_cut_where_its_picture_was(page):
    """The edge that counts is also that of the picture as it was filed."""
    filed = replace(page, as_filed=lambda box: Box(box.x0 - 60, box.y0, box.x1 - 60, box.y1))
    assert cut_off(filed) is True


@pytest.mark.parametrize(("places", "two"), [((60, 320, 655, 915), True), ((60, 320, 520, 790), False)])
def test_white_space_from_head_to_foot_parts_two_papers(paper_of, places, two):
    """Two sheets on one page have a white strip between them; print across it makes them one."""
    assert two_papers(paper_of(1191, places)) is two


def test_an_upright_sheet_with_two_columns_is_one_paper(page):
    """Columns of one sheet are no two papers."""
    assert two_papers(page) is False
