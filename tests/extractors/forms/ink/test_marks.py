import io

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.forms import known
from extractors.forms.ink.marks import ticked, told
from extractors.forms.ink.signing import signed
from extractors.forms.ink.squares import Own, look
from extractors.forms.laid import Laid
from extractors.forms.laying import blanks
from extractors.forms.spot import Spot
from extractors.forms.template import sheets
from extractors.page import Box, Page
from extractors.reading import dye

SCALE = 200 / 72
BLACK, BLUE, PENCIL, RED = (25, 25, 25), (170, 50, 30), (130, 130, 130), (60, 40, 190)


@pytest.fixture(scope="module")
def sheet():
    """The first page of the application, whose groups of boxes stand on its blank."""
    return next(s for s in sheets("ce_application") if (s.edition, s.number) == ("ce_application_es", 1))


@pytest.fixture(scope="module")
def last():
    """Its second page, which is signed."""
    return next(s for s in sheets("ce_application") if (s.edition, s.number) == ("ce_application_es", 2))


def _paper(sheet):
    """The empty sheet in colour."""
    return cv2.cvtColor(blanks.picture(sheet.edition, sheet.number, SCALE).grey, cv2.COLOR_GRAY2BGR)


def _stroke(paper, points, colour=BLACK, wide=1.0):
    """Draw a stroke of a pen through points of the page."""
    pixels = np.round(np.array(points) * SCALE * 16).astype(np.int32)
    cv2.polylines(paper, [pixels], False, colour, max(round(wide * SCALE), 1), cv2.LINE_AA, 4)


def _cross(paper, box, by=-1.5, **how):
    """Cross a box, its corners moved out by some points."""
    x0, y0, x1, y1 = box.grown(by)
    _stroke(paper, [(x0, y0), (x1, y1)], **how)
    _stroke(paper, [(x0, y1), (x1, y0)], **how)


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


def _seal(paper, middle, radius=40.0, colour=RED):
    """Stamp a round seal with letters."""
    x, y = (round(v * SCALE) for v in middle)
    layer = np.full_like(paper, 255)
    for share in (1.0, 0.7):
        cv2.circle(layer, (x, y), round(radius * share * SCALE), colour, 4, cv2.LINE_AA)
    cv2.putText(layer, "REGISTRO", (x - 70, y + 6), 0, 0.9, colour, 3, cv2.LINE_AA)
    paper[:] = np.minimum(paper, layer)


def _moved(paper, dx=0.0, dy=0.0):
    """Lay the page a little off its blank, in points."""
    way = np.array([[1, 0, dx * SCALE], [0, 1, dy * SCALE]])
    size = (paper.shape[1], paper.shape[0])
    return cv2.warpAffine(paper, way, size, borderValue=(255, 255, 255))


def _worn(paper):
    """Soften the page, add noise, and pack it as a JPEG does."""
    noise = np.random.default_rng(7).normal(0, 6, paper.shape)
    soft = np.clip(cv2.GaussianBlur(paper, (0, 0), 0.8) * 0.9 + 10 + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(soft).save(out, "JPEG", quality=50)
    return np.asarray(Image.open(io.BytesIO(out.getvalue())))


def _spots(sheet, paper, name, share=1.0):
    """The places of one field on a scan laid on its blank."""
    picture = dye.raster(paper, SCALE)
    page = Page(
        number=1, width=sheet.width, height=sheet.height, words=(), reader="ocr",
        picture=lambda: picture, laid=Laid(sheet=sheet, share=share),
    )  # fmt: skip
    return [
        Spot(
            page=page, name=zone.name, kind=zone.kind, box=zone.box, sure=0.99, value=zone.value, ink=zone.ink
        )
        for zone in sheet.zones
        if zone.name == name
    ]


def _box(sheet, name, value=None):
    """Where one box stands."""
    return next(z.box for z in sheet.zones if z.name == name and value in {None, z.value})


TICKS = {
    "cross": _cross,
    "cross over the border": lambda paper, box: _cross(paper, box, by=3.0),
    "blue pen": lambda paper, box: _cross(paper, box, colour=BLUE),
    "thin pencil": lambda paper, box: _cross(paper, box, colour=PENCIL, wide=0.8),
    "filled": _blacken,
    "tick from outside": lambda paper, box: _stroke(
        paper, [(box.x0 - 2, box.y0 + 5), (box.x0 + 4, box.y1 - 1), (box.x1 + 5, box.y0 - 5)]
    ),
}


@pytest.mark.parametrize("off", [(0.0, 0.0), (1.6, -1.4)])
@pytest.mark.parametrize("how", TICKS.values(), ids=TICKS.keys())
def test_every_kind_of_tick_is_one_where_the_print_lies_a_little_off(sheet, how, off):
    """The box is found by its own frame: a point and a half to the side changes nothing."""
    paper = _paper(sheet)
    how(paper, _box(sheet, "request_type", "baja"))
    field = ticked(_spots(sheet, _worn(_moved(paper, *off)), "request_type"))
    assert field.value == "baja"
    assert field.confidence >= 0.9


def test_empty_boxes_are_empty_with_certainty(sheet):
    """On a worn page none of a group is chosen."""
    field = ticked(_spots(sheet, _worn(_paper(sheet)), "applicant.id_type"))
    assert field.value is None
    assert field.confidence >= 0.9


def _asked(paper, name):
    """One field of the other application, whose boxes stand close together, with what stands near it."""
    whole = next(s for s in sheets("as_application") if s.number == 1)
    page = _spots(whole, paper, name)[0].page
    return ticked([one for one in known.spots(known.laid(page, "as_application"), page) if one.name == name])


def _close_together():
    """Its first page, and two of its boxes, one close below the other."""
    whole = next(s for s in sheets("as_application") if s.number == 1)
    return _paper(whole), _box(whole, "request.holder"), _box(whole, "request.filed_by_beneficiary")


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


def test_a_long_slanted_line_that_ends_in_a_box_is_no_sure_tick(sheet):
    """Whoever crosses out a part of the page begins or ends somewhere."""
    paper = _paper(sheet)
    box = _box(sheet, "request_type", "baja")
    _stroke(paper, [(box.x0 + 1, box.y0 + 2), (box.x1 + 60, box.y1 + 90)])
    assert ticked(_spots(sheet, paper, "request_type")).confidence < 0.9


def test_a_coloured_seal_over_a_box_is_no_tick(sheet):
    """Its ink is lifted off; what is left may be looked at by a person."""
    paper = _paper(sheet)
    x, y = _box(sheet, "request_type", "baja").middle
    _seal(paper, (x + 28, y))
    field = ticked(_spots(sheet, paper, "request_type"))
    assert field.value is None
    assert field.confidence < 0.9


DOUBTS = {
    "circle around the box": lambda paper, box: _ring(paper, box, 4.5),
    "line right through": lambda paper, box: _stroke(
        paper, [(box.x0 - 25, box.y0 + 5), (box.x1 + 25, box.y0 + 4.5)]
    ),
    "scratched out": lambda paper, box: _blacken(paper, box, by=2.5),
    "dash": lambda paper, box: _stroke(paper, [(box.x0 + 2, box.y0 + 5), (box.x1 - 2, box.y0 + 5)]),
}


@pytest.mark.parametrize("how", DOUBTS.values(), ids=DOUBTS.keys())
def test_what_may_mean_two_things_is_unclear(sheet, how):
    """Nobody is taken at a guess."""
    paper = _paper(sheet)
    how(paper, _box(sheet, "request_type", "baja"))
    assert ticked(_spots(sheet, paper, "request_type")).confidence <= 0.5


def test_of_two_ticks_the_one_blackened_is_undone(sheet):
    """A correction that is plain gives the other box, never with full certainty."""
    paper = _paper(sheet)
    _blacken(paper, _box(sheet, "request_type", "alta"), by=1.5)
    _cross(paper, _box(sheet, "request_type", "baja"))
    field = ticked(_spots(sheet, paper, "request_type"))
    assert field.value == "baja"
    assert 0.4 <= field.confidence < 0.9


def test_two_plain_ticks_are_both_told_and_unclear(sheet):
    """A person asks which."""
    paper = _paper(sheet)
    _cross(paper, _box(sheet, "request_type", "alta"))
    _cross(paper, _box(sheet, "request_type", "baja"))
    field = ticked(_spots(sheet, paper, "request_type"))
    assert field.value == ["alta", "baja"]
    assert field.confidence <= 0.5


def test_a_box_that_is_hidden_is_never_surely_empty(sheet):
    """Under a note nothing is known."""
    paper = _paper(sheet)
    x0, y0, x1, y1 = (round(v * SCALE) for v in _box(sheet, "request_type", "baja").grown(20))
    paper[y0:y1, x0:x1] = 235
    assert ticked(_spots(sheet, paper, "request_type")).confidence <= 0.5


def test_a_faint_fax_proves_no_box_empty(sheet):
    """Where the print is lost a pencil is lost as well."""
    paper = _paper(sheet)
    paper[np.random.default_rng(3).random(paper.shape[:2]) < 0.75] = 255
    box = _box(sheet, "request_type", "baja")
    cv2.rectangle(paper, *((round(a * SCALE), round(b * SCALE)) for a, b in (box[:2], box[2:])), BLACK, 1)
    seen = look(
        dye.raster(paper, SCALE), box,
        Own(blank=blanks.picture(sheet.edition, 1, SCALE), label=Box(131, 114, 201, 124)),
    )  # fmt: skip
    assert seen.seen
    assert not told(seen).on
    assert told(seen).sure < 0.9


def _sign(paper, box, colour):
    """Sign with a few loops."""
    at = np.linspace(0, 1, 80)
    x = box.x0 + 30 + 90 * at + 6 * np.sin(30 * at)
    y = box.y0 + 45 + 18 * np.sin(17 * at) * (1 - at / 2)
    _stroke(paper, list(zip(x, y, strict=True)), colour)


@pytest.mark.parametrize("colour", [BLACK, BLUE, PENCIL])
def test_a_pen_of_any_colour_signs(last, colour):
    """Black, blue and pencil are signatures, on a worn page as well."""
    paper = _paper(last)
    _sign(paper, _box(last, "signature.applicant"), colour)
    field = signed(_spots(last, _worn(paper), "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_a_name_written_over_its_own_flourish_is_no_frame(last):
    """A long line under the name, joined to it, is no rim of a seal."""
    paper = _paper(last)
    box = _box(last, "signature.applicant")
    line = [(box.x0 + 178, box.y0 + 61), (box.x0 + 20, box.y0 + 65)]
    name = [(70, 34), (75, 48), (85, 48), (104, 36), (106, 42), (130, 35), (140, 38), (149, 47)]
    _stroke(paper, [*line, *((box.x0 + x, box.y0 + y) for x, y in name)])
    field = signed(_spots(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)


def test_nothing_is_no_signature_even_in_a_shadow(last):
    """Neither the blank's print nor the shadow of a fold signs."""
    shadow = 90 * np.exp(-(((np.arange(_paper(last).shape[0]) - 1090) / 50.0) ** 2))
    paper = np.clip(_paper(last) - shadow[:, None, None], 0, 255).astype(np.uint8)
    field = signed(_spots(last, _worn(paper), "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (False, True)


@pytest.mark.parametrize("colour", [RED, BLACK])
def test_a_seal_alone_neither_signs_nor_proves_that_nobody_did(last, colour):
    """Coloured or grey, it makes the box unclear."""
    paper = _paper(last)
    _seal(paper, _box(last, "signature.applicant").middle, colour=colour)
    field = signed(_spots(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence <= 0.5) == (False, True)


def test_a_signature_across_a_coloured_seal_is_seen(last):
    """Black ink stays where the dye is taken away."""
    paper = _paper(last)
    box = _box(last, "signature.applicant")
    _seal(paper, box.middle)
    _sign(paper, box, BLACK)
    field = signed(_spots(last, paper, "signature.applicant")[0])
    assert (field.value, field.confidence >= 0.9) == (True, True)
