from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.forms import known
from extractors.forms.ink.bare import Bare
from extractors.forms.ink.marks import _settled, ticked, told
from extractors.forms.ink.squares import Own, Sighting, look
from extractors.forms.laid import Entry
from extractors.forms.laying import blanks
from extractors.forms.template import sheets
from extractors.forms.zones.ground import ground
from extractors.lines import Box
from extractors.reading import dye
from tests.extractors.forms.ink.drawn import (
    BLACK,
    BLUE,
    PENCIL,
    SCALE,
    blank_paper,
    box_of,
    drawn_stroke,
    spots_of,
    stamped,
    worn,
)


@pytest.fixture(scope="module")
def sheet():
    """The first page of the application, whose groups of boxes stand on its blank."""
    return next(s for s in sheets("ce_application") if (s.edition, s.number) == ("ce_application_es", 1))


def _cross(paper, box, by=-1.5, **how):
    """Cross a box, its corners moved out by some points."""
    x0, y0, x1, y1 = box.grown(by)
    drawn_stroke(paper, [(x0, y0), (x1, y1)], **how)
    drawn_stroke(paper, [(x0, y1), (x1, y0)], **how)


def _blacken(paper, box, by=0.0):
    """Fill a box."""
    x0, y0, x1, y1 = (round(v * SCALE) for v in box.grown(by))
    cv2.rectangle(paper, (x0, y0), (x1, y1), BLACK, -1)


def _ring(paper, box, by, colour=BLACK):
    """Draw an ellipse around a box."""
    around = box.grown(by)
    middle = tuple(round(v * SCALE) for v in around.middle)
    axes = (round(around.width / 2 * SCALE), round(around.height / 2 * SCALE))
    cv2.ellipse(paper, middle, axes, 0, 0, 360, colour, 3, cv2.LINE_AA)


def _moved(paper, dx=0.0, dy=0.0):
    """Lay the page a little off its blank, in points."""
    way = np.array([[1, 0, dx * SCALE], [0, 1, dy * SCALE]])
    size = (paper.shape[1], paper.shape[0])
    return cv2.warpAffine(paper, way, size, borderValue=(255, 255, 255))


TICKS = {
    "cross": _cross,
    "cross over the border": lambda paper, box: _cross(paper, box, by=3.0),
    "blue pen": lambda paper, box: _cross(paper, box, colour=BLUE),
    "thin pencil": lambda paper, box: _cross(paper, box, colour=PENCIL, wide=0.8),
    "filled": _blacken,
    "tick from outside": lambda paper, box: drawn_stroke(
        paper, [(box.x0 - 2, box.y0 + 5), (box.x0 + 4, box.y1 - 1), (box.x1 + 5, box.y0 - 5)]
    ),
}


@pytest.mark.parametrize("off", [(0.0, 0.0), (1.6, -1.4)])
@pytest.mark.parametrize("how", TICKS.values(), ids=TICKS.keys())
def test_every_kind_of_tick_is_one_where_the_print_lies_a_little_off(sheet, how, off):
    """The box is found by its own frame: a point and a half to the side changes nothing."""
    paper = blank_paper(sheet)
    how(paper, box_of(sheet, "request_type", "baja"))
    field = ticked(spots_of(sheet, worn(_moved(paper, *off)), "request_type"))
    assert field.value == "baja"
    assert field.confidence >= 0.9


def test_empty_boxes_are_empty_with_certainty(sheet):
    """On a worn page none of a group is chosen."""
    field = ticked(spots_of(sheet, worn(blank_paper(sheet)), "applicant.id_type"))
    assert field.value is None
    assert field.confidence >= 0.9


def _asked(paper, name):
    """One field of the other application, whose boxes stand close together, with what stands near it."""
    whole = next(s for s in sheets("as_application") if s.number == 1)
    page = spots_of(whole, paper, name)[0].page
    return ticked([one for one in known.spots(known.laid(page, "as_application"), page) if one.name == name])


def _close_together():
    """Its first page, and two of its boxes, one close below the other."""
    whole = next(s for s in sheets("as_application") if s.number == 1)
    return blank_paper(whole), box_of(whole, "request.holder"), box_of(whole, "request.filed_by_beneficiary")


def test_an_empty_box_is_sure_beside_a_large_tick_of_another():
    """What sticks out of the box above is no ink of the one below."""
    paper, above, _ = _close_together()
    _cross(paper, above, by=4.0)
    field = _asked(paper, "request.filed_by_beneficiary")
    assert (field.value, field.confidence >= 0.9) == (False, True)


def test_a_tick_between_two_boxes_leaves_both_open():
    """It may be meant for either."""
    paper, above, below = _close_together()
    _cross(paper, Box(above.x1 + 2, above.y0 + 4, above.x1 + 10, below.y1 - 4))
    assert _asked(paper, "request.holder").confidence < 0.9
    assert _asked(paper, "request.filed_by_beneficiary").confidence < 0.9


@pytest.mark.parametrize("off", [(0.0, -1.8), (0.0, 1.7)])
def test_a_cross_wholly_beside_its_box_leaves_a_group_without_ticks_open(sheet, off):
    """Whoever crosses so misses the box and means it."""
    paper = blank_paper(sheet)
    box = box_of(sheet, "request_type", "alta")
    dx, dy = off[0] * box.width, off[1] * box.height
    _cross(paper, Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy))
    assert ticked(spots_of(sheet, paper, "request_type")).confidence < 0.9


def test_a_long_slanted_line_that_ends_in_a_box_is_no_sure_tick(sheet):
    """Whoever crosses out a part of the page begins or ends somewhere."""
    paper = blank_paper(sheet)
    box = box_of(sheet, "request_type", "baja")
    drawn_stroke(paper, [(box.x0 + 1, box.y0 + 2), (box.x1 + 60, box.y1 + 90)])
    assert ticked(spots_of(sheet, paper, "request_type")).confidence < 0.9


def _streaked(sheet, paper, name, at):
    """The field on a page down which a scanner drew a line, in the column of a point."""
    drawn_stroke(paper, [(at, 40), (at + 4, sheet.height - 40)], wide=0.7)
    spots = spots_of(sheet, paper, name)
    pages = ground(spots[0].page.picture(), blanks.picture(sheet.edition, sheet.number, SCALE))
    laid = replace(spots[0].page.laid, streaks=pages.streaks)
    page = replace(spots[0].page, laid=laid)
    return ticked([replace(spot, page=page) for spot in spots])


@pytest.mark.parametrize("off", [0.0, 7.0])
def test_a_streak_through_or_beside_an_empty_box_leaves_it_empty(sheet, off):
    """No tick goes down the whole page."""
    at = box_of(sheet, "request_type", "baja").middle[0] + off
    field = _streaked(sheet, blank_paper(sheet), "request_type", at)
    assert (field.value, field.confidence >= 0.9) == (None, True)


def test_a_line_down_the_page_through_a_tick_leaves_it_open(sheet):
    """A pen's line may undo all that it crosses."""
    paper, box = blank_paper(sheet), box_of(sheet, "request_type", "baja")
    _cross(paper, box)
    field = _streaked(sheet, paper, "request_type", box.middle[0])
    assert field.confidence < 0.9


def test_a_word_of_a_black_stamp_that_ends_in_a_box_is_no_sure_tick(sheet):
    """Its other letters stand further off, where nobody has to write."""
    paper, box = blank_paper(sheet), box_of(sheet, "request_type", "baja")
    word = "SALIDA"
    (wide, _), _ = cv2.getTextSize(word, 0, 0.9, 2)
    end = round((box.x1 - 1) * SCALE), round((box.y1 - 1) * SCALE)
    cv2.putText(paper, word, (end[0] - wide, end[1]), 0, 0.9, BLACK, 2, cv2.LINE_AA)
    assert ticked(spots_of(sheet, paper, "request_type")).confidence < 0.9


def test_one_clear_tick_proves_faint_boxes_beside_it_empty(sheet):
    """The pen is seen where the print is as faint; where no box is ticked it may be lost as well."""
    sight = Sighting(1.0, kept=0.7)
    clear, empty = told(Sighting(1.0, inside=0.2, reach=1.0, flat=0.9, kept=0.7)), told(sight)
    spots = spots_of(sheet, blank_paper(sheet), "request_type")
    assert [one.sure for one in _settled([clear, empty, empty], spots)] == [0.96, 0.96, 0.96]
    assert [one.sure for one in _settled([empty, empty, empty], spots)] == [0.8, 0.8, 0.8]


def test_a_coloured_seal_over_a_box_is_no_tick(sheet):
    """Its ink is lifted off; what is left may be looked at by a person."""
    paper = blank_paper(sheet)
    x, y = box_of(sheet, "request_type", "baja").middle
    stamped(paper, (x + 28, y))
    field = ticked(spots_of(sheet, paper, "request_type"))
    assert field.value is None
    assert field.confidence < 0.9


DOUBTS = {
    "circle around the box": lambda paper, box: _ring(paper, box, 4.5),
    "circle as large as a seal, in colour": lambda paper, box: _ring(paper, box, 8.0, BLUE),
    "line right through": lambda paper, box: drawn_stroke(
        paper, [(box.x0 - 25, box.y0 + 5), (box.x1 + 25, box.y0 + 4.5)]
    ),
    "scratched out": lambda paper, box: _blacken(paper, box, by=2.5),
    "dash": lambda paper, box: drawn_stroke(paper, [(box.x0 + 2, box.y0 + 5), (box.x1 - 2, box.y0 + 5)]),
}


@pytest.mark.parametrize("how", DOUBTS.values(), ids=DOUBTS.keys())
def test_what_may_mean_two_things_is_unclear(sheet, how):
    """Nobody is taken at a guess."""
    paper = blank_paper(sheet)
    how(paper, box_of(sheet, "request_type", "baja"))
    assert ticked(spots_of(sheet, paper, "request_type")).confidence <= 0.5


def test_of_two_ticks_the_one_blackened_is_undone(sheet):
    """A correction that is plain gives the other box, never with full certainty."""
    paper = blank_paper(sheet)
    _blacken(paper, box_of(sheet, "request_type", "alta"), by=1.5)
    _cross(paper, box_of(sheet, "request_type", "baja"))
    field = ticked(spots_of(sheet, paper, "request_type"))
    assert field.value == "baja"
    assert 0.4 <= field.confidence < 0.9


def test_two_plain_ticks_are_both_told_and_unclear(sheet):
    """A person asks which."""
    paper = blank_paper(sheet)
    _cross(paper, box_of(sheet, "request_type", "alta"))
    _cross(paper, box_of(sheet, "request_type", "baja"))
    field = ticked(spots_of(sheet, paper, "request_type"))
    assert field.value == ["alta", "baja"]
    assert field.confidence <= 0.5


def test_a_box_that_is_hidden_is_never_surely_empty(sheet):
    """Under a note nothing is known."""
    paper = blank_paper(sheet)
    x0, y0, x1, y1 = (round(v * SCALE) for v in box_of(sheet, "request_type", "baja").grown(20))
    paper[y0:y1, x0:x1] = 235
    assert ticked(spots_of(sheet, paper, "request_type")).confidence <= 0.5


def test_a_faint_fax_proves_no_box_empty(sheet):
    """Where the print is lost a pencil is lost as well."""
    paper = blank_paper(sheet)
    paper[np.random.default_rng(3).random(paper.shape[:2]) < 0.75] = 255
    box = box_of(sheet, "request_type", "baja")
    cv2.rectangle(paper, *((round(a * SCALE), round(b * SCALE)) for a, b in (box[:2], box[2:])), BLACK, 1)
    seen = look(
        dye.raster(paper, SCALE), box,
        Own(blank=Bare(sheet.edition, 1, SCALE), label=Box(131, 114, 201, 124)),
    )  # fmt: skip
    assert seen.seen
    assert not told(seen).on
    assert told(seen).sure < 0.9


@pytest.mark.parametrize(("left", "sure"), [(292.0, True), (318.0, False)])
def test_ink_in_a_place_beside_a_tick_is_the_place_s_value_or_a_note(sheet, left, sure):
    """A passport was ticked, and right of it stands something of the number's own, or a note."""
    paper = blank_paper(sheet)
    _cross(paper, box_of(sheet, "applicant.id_type", "passport"))
    drawn_stroke(paper, [(292, 200), (298, 208), (298, 199)])
    at = next(at for at, z in enumerate(sheet.zones) if z.name == "applicant.id_number")
    entry = Entry(text="X1907463W", certainty=0.98, box=Box(left, 199, 380, 209))
    spots = spots_of(sheet, paper, "applicant.id_type")
    laid = replace(spots[0].page.laid, entries={at: entry})
    told = ticked([replace(one, page=replace(one.page, laid=laid)) for one in spots])
    assert (told.value, told.confidence >= 0.9) == ("passport", sure)
