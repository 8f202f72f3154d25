"""Figures vouched for by their namesakes on the page: a lost stroke, a missing namesake, a letter, a hand."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.words.signs import Figures
from extractors.reading.words.witness import vouched

SCALE = 200 / 72
FONTS = "/usr/share/fonts/truetype"
PRINT, SLANTED = f"{FONTS}/crosextra/Carlito-Regular.ttf", f"{FONTS}/fifthhorseman/dkg.ttf"
PROVED = ("62845371K", "X1907463W", "150947382650")


def value(text, *, read=None, lost=None, sure=True, face=PRINT, nearer=0):
    """One typed *text*, read as *read*; *lost* is the part of its first figure that the fax lost.

    Its third sign stands so many pixels *nearer* to the second.
    """
    font = ImageFont.truetype(face, round(11 * SCALE))
    image = Image.new("L", (700, 60), 255)
    pen, x = ImageDraw.Draw(image), 4.0
    for at, sign in enumerate(text):
        x -= nearer if at == 2 else 0
        pen.text((x, 40), sign, font=font, fill=0, anchor="ls")
        x += pen.textlength(sign, font=font) + 1
    grey = np.where(np.asarray(image) < 128, 0, 255).astype(np.uint8)
    ys, xs = np.nonzero(grey < 128)
    cut = grey[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    if lost is not None:
        cut[lost] = 255
    return Figures(cut, cut < 128, read or text, sure)


def page(*asked, shown=PROVED, agreed=frozenset()):
    """Those of *asked* that are vouched for among the values of a page, by their place in the row."""
    values = [*asked, *(value(text) for text in shown)]
    return vouched(dict(enumerate(values)), agreed) & set(range(len(asked)))


def test_figures_like_their_namesakes_are_vouched_for():
    """Wherever on the page these stand."""
    assert page(value("48063"), value("12/09/1987")) == {0, 1}


@pytest.mark.parametrize("read", ["310", "810"])
def test_an_eight_that_lost_its_left_side_is_like_no_figure(read):
    """Neither like the threes of its face nor like the eights: both readers may be fooled."""
    assert page(value("810")) == {0}
    assert page(value("810", read=read, lost=np.s_[2:-2, :5])) == set()


def test_a_wrong_figure_is_not_vouched_for():
    """Whole as it is, it is like figures of another name."""
    assert page(value("48063", read="48068")) == set()


def test_a_figure_without_a_namesake_elsewhere_is_not_vouched_for():
    """Its own value does not count: what fooled the readers once may have done so twice."""
    shown = ("62845371K", "X1507463W", "150547382650")
    assert page(value("1299"), value("1255"), shown=shown) == {1}


def test_a_page_that_shows_few_figures_vouches_for_none():
    """Six of the ten names: the seventh may be what is meant."""
    assert page(value("1234"), shown=("12345612K", "654321")) == set()
    assert page(value("1234"), shown=("12345617K", "7654321")) == {0}


def test_a_letter_may_be_the_twin_of_a_figure():
    """A house has a number 12B, which is no 128: where letters stand figures are not enough."""
    assert page(value("12B"), value("12B", read="128")) == set()


def test_signs_that_do_not_stand_apart_are_not_compared():
    """Nobody knows which ink is whose where there are more signs, or fewer, than were read."""
    assert page(value("4806", read="480"), value("480", read="4806"), value("480")) == {2}


def test_a_figure_in_pieces_is_not_vouched_for():
    """Its lower half may be anybody's."""
    assert page(value("6", lost=np.s_[8:12, :])) == set()


def test_figures_that_touch_are_cut_apart():
    """As far as their breadths say where, and still they must look like their namesakes."""
    assert page(value("48063", nearer=4), value("48063", nearer=4, read="48068")) == {0}


def test_an_identity_number_and_a_house_with_bis_have_letters_where_no_figure_can_stand():
    """A dot between them may be what is left of a sign."""
    assert page(value("48063512K"), value("12 bis"), value("12. bis"), value("12K")) == {0, 1}


def test_a_stroke_that_is_no_days_may_be_a_seven():
    """Nobody compares strokes: 1/3 may be 173."""
    assert page(value("12/3/1987"), value("1/3"), value("173", read="1/3")) == {0}


def test_what_is_in_doubt_is_vouched_for_by_what_is_not():
    """Sure or not, it is the ink that is compared."""
    assert page(value("48063", sure=False), value("48063", sure=False, read="48068")) == {0}


def test_figures_of_a_mail_address_are_examples_and_not_vouched_for():
    """Between letters they are figures as well, but a letter may be their twin."""
    assert page(value("48063"), value("ana48063@b"), shown=("ana6284@b", "maria5371@c", "X1907463W")) == {0}


def test_what_is_in_doubt_itself_is_no_example():
    """Only sure values are compared with."""
    shown = [value(text, sure=False) for text in PROVED]
    assert vouched(dict(enumerate([value("48063"), *shown]))) == frozenset()


def test_another_make_of_figures_is_not_vouched_for():
    """What was written in by another hand is like nothing that was typed."""
    assert page(value("48063"), value("37", face=SLANTED)) == {0}


def test_more_figures_than_a_form_holds_are_not_compared():
    """What a hostile page can cost is bounded."""
    assert page(value("480"), shown=PROVED * 14) == {0}
    assert page(value("480"), shown=PROVED * 15) == set()


def test_a_months_name_stands_where_both_readers_are_sure_of_it():
    """Of its letters figures say nothing; any other letters beside figures stay as they are."""
    day = value("12-sep-1987")
    assert page(day) == set()
    assert page(day, value("12B", read="128"), value("12B"), agreed=frozenset({0, 1, 2})) == {0}


def test_what_both_readers_are_sure_of_must_be_like_its_namesakes_all_the_same():
    """An eight without its left side has misled both."""
    eight = value("810", read="310", lost=np.s_[2:-2, :5])
    assert page(eight, value("48063", read="48068"), agreed=frozenset({0, 1})) == set()
