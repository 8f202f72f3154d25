"""Rows of dots between a label and its value: no text, and taken for none."""

import cv2
import numpy as np
import pytest

from extractors.lines import Box
from extractors.reading.ink import leaders
from extractors.reading.raster import Grey
from extractors.reading.words import ocr, text_lines

SCALE = 200 / 72


def _row(count: int, pitch: float, sheet: Grey | None = None) -> Grey:
    page = np.full((200, 1000), 255, np.uint8) if sheet is None else sheet.copy()
    for number in range(count):
        x = round(300 + number * pitch)
        page[100:104, x : x + 4] = 20
    return np.asarray(page)


def _found(page: Grey) -> int:
    found = leaders.leaders(np.where(page < 128, 255, 0).astype(np.uint8), SCALE)
    return round(np.count_nonzero(found) / 16)


@pytest.mark.parametrize(("count", "pitch", "told"), [(5, 14, 0), (6, 14, 6), (12, 44, 12), (12, 46, 0)])
def test_six_dots_at_an_even_pitch_are_leaders(count, pitch, told):
    """Three dots are a word left out; and dots farther apart than two signs of a typewriter are dirt."""
    assert _found(_row(count, pitch)) == told


def test_a_row_that_lost_some_dots_is_one_all_the_same():
    """A copy loses dots: what is left stands at twice the pitch."""
    page = _row(20, 14)
    page[100:104, 300 + 5 * 14 : 304 + 5 * 14] = 255
    page[100:104, 300 + 11 * 14 : 304 + 11 * 14] = 255
    assert _found(page) == 18


def test_dots_above_letters_and_dots_strewn_about_stay():
    """The dot of an "i" has its stem below; grain has no pitch."""
    letters = _row(12, 14)
    for number in range(12):
        letters[110:130, 300 + number * 14 : 304 + number * 14] = 20
    strewn = np.full((200, 1000), 255, np.uint8)
    for x in np.cumsum((4, 9, 30, 11, 40, 8, 33, 15, 38, 7)):
        strewn[100:104, 100 + x : 104 + x] = 20
    assert (_found(letters), _found(strewn)) == (0, 0)


def test_a_label_and_its_value_are_read_without_the_dots_between_them():
    """The engine makes words of leaders, and reads the label wrong for them."""
    page = _row(32, 12)
    cv2.putText(page, "FECHA DE ALTA", (30, 104), cv2.FONT_HERSHEY_DUPLEX, 0.9, (0,), 1, cv2.LINE_AA)
    cv2.putText(page, "06/09/2018", (700, 104), cv2.FONT_HERSHEY_DUPLEX, 0.9, (0,), 1, cv2.LINE_AA)
    found = text_lines.seen(page, SCALE, 20.0) or []
    assert [word.text for word in found] == ["FECHA", "DE", "ALTA", "06/09/2018"]


@pytest.mark.parametrize("turn", [0, 1])
def test_dots_do_not_tell_how_a_page_lies(turn):
    """They are taken away across and down before the engine is asked which way is up."""
    page = np.ascontiguousarray(np.rot90(_row(20, 14), turn))
    sheet = ocr._Sheet(page, SCALE, 200.0, None)
    assert (ocr._undotted(sheet) == 255).all()


def test_a_place_is_filled_by_rows_across_it_and_by_no_column_of_other_print():
    """Leaders one below the other look like a line of signs down the page."""
    dark = np.where(_row(20, 14) < 128, 255, 0).astype(np.uint8)
    dots = leaders.leaders(dark, SCALE)
    place = Box(*(side / SCALE for side in (340, 60, 400, 140)))
    assert leaders.fill(place, dark, dots, SCALE)
    dark[60:90, 350:370] = 255
    assert not leaders.fill(place, dark, dots, SCALE)
    assert not leaders.fill(Box(0, 0, 10, 10), dark, dots, SCALE)
