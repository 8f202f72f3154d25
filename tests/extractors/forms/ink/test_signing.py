"""Whether somebody signed: ink of any colour in the box, and what is none."""

import cv2
import numpy as np
import pytest

from desk.demo.sheet import Face, Sheet
from extractors.forms.ink.signing import signed
from extractors.forms.template import sheets
from extractors.lines import Box
from fixtures.damage import drawn
from tests.extractors.forms.ink.drawn import (
    BLACK,
    BLUE,
    PENCIL,
    RED,
    SCALE,
    blank_paper,
    box_of,
    drawn_stroke,
    framed_stamp,
    spots_of,
    stamped,
    worn,
)


@pytest.fixture(scope="module")
def sheet():
    """The first page of the application, whose groups of boxes stand on its blank."""
    return next(s for s in sheets("ce_application") if (s.edition, s.number) == ("ce_application_es", 1))


@pytest.fixture(scope="module")
def last():
    """Its second page, which is signed."""
    return next(s for s in sheets("ce_application") if (s.edition, s.number) == ("ce_application_es", 2))


def _sign(paper, box, colour):
    """Sign with a few loops."""
    at = np.linspace(0, 1, 80)
    x = box.x0 + 30 + 90 * at + 6 * np.sin(30 * at)
    y = box.y0 + 45 + 18 * np.sin(17 * at) * (1 - at / 2)
    drawn_stroke(paper, list(zip(x, y, strict=True)), colour)


@pytest.mark.parametrize("colour", [BLACK, BLUE, PENCIL])
def test_a_pen_of_any_colour_signs(last, colour):
    """Black, blue and pencil are signatures, on a worn page as well."""
    paper = blank_paper(last)
    _sign(paper, box_of(last, "signature.applicant"), colour)
    field = signed(spots_of(last, worn(paper), "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def _flourished(paper, box, colour):
    """Sign with a name over a long line that is joined to it."""
    line = [(box.x0 + 178, box.y0 + 61), (box.x0 + 20, box.y0 + 65)]
    name = [(70, 34), (75, 48), (85, 48), (104, 36), (106, 42), (130, 35), (140, 38), (149, 47)]
    drawn_stroke(paper, [*line, *((box.x0 + x, box.y0 + y) for x, y in name)], colour)


def test_a_name_written_over_its_own_flourish_is_no_frame(last):
    """A long line under the name, joined to it, is no rim of a seal."""
    paper = blank_paper(last)
    _flourished(paper, box_of(last, "signature.applicant"), BLACK)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_a_pen_whose_colour_shows_in_spots_is_one_stroke(last):
    """A JPEG tells dark blue in blocks: what is black here and blue there is no row of framed letters."""
    paper, blue = blank_paper(last), blank_paper(last)
    box = box_of(last, "signature.applicant")
    _flourished(paper, box, BLACK)
    _flourished(blue, box, BLUE)
    rows, columns = paper.shape[:2]
    lot = np.random.default_rng(7).random((rows // 6 + 1, columns // 6 + 1)) < 0.5
    spots = np.kron(lot, np.ones((6, 6), dtype=np.bool_))[:rows, :columns]
    paper[spots] = blue[spots]
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_nothing_is_no_signature_even_in_a_shadow(last):
    """Neither the blank's print nor the shadow of a fold signs."""
    shadow = 90 * np.exp(-(((np.arange(blank_paper(last).shape[0]) - 1090) / 50.0) ** 2))
    paper = np.clip(blank_paper(last) - shadow[:, None, None], 0, 255).astype(np.uint8)
    field = signed(spots_of(last, worn(paper), "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (False, True)


@pytest.mark.parametrize("colour", [RED, BLACK])
def test_a_seal_alone_neither_signs_nor_proves_that_nobody_did(last, colour):
    """Coloured or grey, it makes the box unclear."""
    paper = blank_paper(last)
    stamped(paper, box_of(last, "signature.applicant").middle, colour=colour)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence <= 0.5) == (False, True)


def _cross(paper, box, colour, wide):
    """Cross the box out, or put a cross where to sign, *wide* points across."""
    x, y = box.middle
    for turn in (1, -1):
        drawn_stroke(paper, [(x - wide / 2, y - turn * 20), (x + wide / 2, y + turn * 22)], colour, 1.3)


@pytest.mark.parametrize("name", [_sign, _flourished, lambda *_: None], ids=["loops", "flourish", "no name"])
def test_a_cross_over_a_name_or_alone_is_no_sure_signature(last, name):
    """What is crossed out no longer signs, and a cross alone shows where to sign."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    name(paper, box, BLUE)
    _cross(paper, box, BLUE, 150)
    assert signed(spots_of(last, paper, "signature.applicant")[0]).confidence <= 0.5


@pytest.mark.parametrize("colour", [BLACK, BLUE])
def test_a_piece_of_a_seals_rim_is_no_sure_signature(last, colour):
    """A worn seal leaves of its rim an arc and of its letters nothing: no seal that could be known."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    turns = np.linspace(0.8, 1.8, 40)
    arc = zip(box.x0 + 100 + 60 * np.cos(turns), box.y0 + 30 + 25 * np.sin(turns), strict=True)
    drawn_stroke(paper, list(arc), colour)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert field.confidence < 0.9


@pytest.mark.parametrize(("inner", "middle", "sign"), [(0.7, 100, False), (1.0, 150, True)])
def test_two_bows_sign_unless_they_go_round_one_middle(last, inner, middle, sign):
    """As the rims of a seal of two rings do, worn to a piece of each; those of a name lie as they come."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    for share, x in ((1.0, 100), (inner, middle)):
        turns = np.linspace(0.8, 2.2, 40)
        arc = zip(
            box.x0 + x + 55 * share * np.cos(turns), box.y0 - 5 + 50 * share * np.sin(turns), strict=True
        )
        drawn_stroke(paper, list(arc), BLACK)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (sign, sign)


def test_a_hair_on_the_glass_is_no_signature(last):
    """Its line is thinner than that of any pen."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    turn = np.linspace(0.2, 2.2, 40)
    curl = np.stack([box.x0 + 60 + 22 * np.cos(turn), box.y0 + 40 + 18 * np.sin(turn)], axis=1)
    drawn_stroke(paper, curl.tolist(), wide=0.3)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert field.confidence <= 0.5


@pytest.mark.parametrize("across", [-0.5, -0.2, 0.3, 0.55])
@pytest.mark.parametrize("degrees", [-7.0, 0.5, 6.0])
def test_a_black_stamp_that_reaches_into_the_box_is_no_signature(last, across, degrees):
    """What the blank prints cuts its frame: a corner of it is enough to know it."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    middle = (box.middle[0] + across * (box.x1 - box.x0), box.middle[1])
    framed_stamp(paper, middle, degrees=degrees)
    field = signed(spots_of(last, worn(paper), "signature.applicant")[0])
    assert (field.value, field.confidence <= 0.5) == (False, True)


def test_a_signature_across_a_coloured_seal_is_seen(last):
    """Black ink stays where the dye is taken away."""
    paper = blank_paper(last)
    box = box_of(last, "signature.applicant")
    stamped(paper, box.middle)
    _sign(paper, box, BLACK)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_a_name_over_a_line_of_its_own_signs_and_the_line_alone_does_not(last):
    """A flourish that nowhere touches the name is longer than it, and no more than a line."""
    box = box_of(last, "signature.applicant")
    name = [(70, 34), (75, 48), (85, 48), (104, 36), (106, 42), (130, 35), (140, 38), (149, 47)]
    paper = blank_paper(last)
    drawn_stroke(paper, [(box.x0 + 20, box.y0 + 65), (box.x0 + 178, box.y0 + 61)])
    assert signed(spots_of(last, paper, "signature.applicant")[0]).confidence <= 0.5
    drawn_stroke(paper, [(box.x0 + x, box.y0 + y) for x, y in name])
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_pens_of_many_people_sign(last):
    """Steep strokes, flourishes and loops: whatever is asked of a seal, these are signatures."""
    sheet, bare = Sheet(Face(size=9.5)), blank_paper(last)
    for name in range(16):
        sheet.sign(tuple(box_of(last, "signature.applicant")), f"somebody {name}")
        sheet.turn()
    inks = [ink for ink, _ in drawn(sheet.done(), SCALE * 72)][:16]
    rows, columns = np.min([bare.shape[:2], inks[0].shape[:2]], axis=0)
    found = []
    for ink in inks:
        paper = bare.copy()
        paper[:rows, :columns] = np.minimum(paper[:rows, :columns], ink[:rows, :columns, ::-1])
        found.append(signed(spots_of(last, paper, "signature.applicant")[0]))
    assert {(one.value, one.confidence >= 0.9) for one in found} == {(True, True)}


def test_a_coloured_stamp_whose_frame_is_broken_is_no_signature(last):
    """Its pieces are as long as a pen's strokes; its letters tell what they are of."""
    paper, stamp = blank_paper(last), np.full_like(blank_paper(last), 255)
    framed_stamp(stamp, box_of(last, "signature.applicant").middle, degrees=1.0, colour=BLUE)
    stamp[np.add(*np.indices(stamp.shape[:2])) % 83 < 14] = 255
    field = signed(spots_of(last, np.minimum(paper, stamp), "signature.applicant")[0])
    assert (field.value, field.confidence <= 0.5) == (False, True)


@pytest.mark.parametrize(("pen", "sign"), [(False, False), (True, True)])
def test_what_stands_within_the_pieces_of_a_worn_rim_is_the_seals(last, pen, sign):
    """A coat of arms is drawn as a name is; a name beside the seal is nobody's but a pen's."""
    paper, box = blank_paper(last), box_of(last, "signature.applicant")
    x, y = box.x0 + 70, box.y0 + 34
    for first in range(0, 360, 40):
        turns = np.radians(np.linspace(first, first + 26, 12))
        drawn_stroke(paper, list(zip(x + 34 * np.cos(turns), y + 34 * np.sin(turns), strict=True)))
    turns = np.linspace(0, 9, 60)
    lion = zip(x + 11 * np.sin(turns), y + 8 * np.cos(1.7 * turns), strict=True)
    drawn_stroke(paper, list(lion))
    if pen:
        _sign(paper, Box(box.x0 + 100, box.y0, box.x1, box.y1), BLACK)
    field = signed(spots_of(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (sign, sign)


def _to_and_fro(box):
    """A stroke up and down all over a name."""
    return [(box.x0 + 20 + 10 * at, box.y0 + (25 if at % 2 else 68)) for at in range(14)]


def _two_lines(box):
    """Two lines side by side through a name."""
    ends = box.x0 + 10, box.x0 + 200
    return [(x, box.y0 + 42) for x in ends], [(x, box.y0 + 48) for x in ends]


@pytest.mark.parametrize("strokes", [lambda box: (_to_and_fro(box),), _two_lines])
def test_a_name_that_a_pen_goes_through_again_and_again_is_no_sure_signature(last, strokes):
    """Whoever scratches out their name takes it back; one line through it is many a name's own."""
    paper = blank_paper(last)
    box = box_of(last, "signature.applicant")
    _sign(paper, box, BLACK)
    for stroke in strokes(box):
        drawn_stroke(paper, stroke, BLUE)
    assert signed(spots_of(last, paper, "signature.applicant")[0]).confidence < 0.9


@pytest.mark.parametrize(("words", "sure"), [("P.O.", False), ("Jefe de Unidad", False), ("", True)])
def test_small_words_beside_a_name_leave_open_whose_it_is(last, words, sure):
    """By order, or stamped with an office below it: perhaps not the applicant's own."""
    paper = blank_paper(last)
    box = box_of(last, "signature.applicant")
    _sign(paper, box, BLACK)
    at = (round((box.x0 + 132) * SCALE), round((box.y0 + 50) * SCALE))
    cv2.putText(paper, words, at, cv2.FONT_HERSHEY_DUPLEX, 0.8, BLACK, 1, cv2.LINE_AA)
    assert (signed(spots_of(last, paper, "signature.applicant")[0]).confidence >= 0.9) is sure
