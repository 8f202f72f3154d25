"""Laying scans of known forms on their blanks: turned, bent, faxed, photographed; and refusing all else."""

from random import Random
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from benchmarks.calibrate_forms import filled
from benchmarks.scan_samples import typed
from extractors.forms.laying import blanks, finding, registering
from extractors.forms.laying.finding import Rough
from extractors.forms.laying.registering import registered
from extractors.forms.scan import Road
from extractors.forms.scan import page as as_page
from extractors.lines import Box
from extractors.reading.raster import Raster
from fixtures.damage import Extra, laid_out

EDITION = "no_coverage_declaration_es"
PLACES = np.array([(x, y) for x in (60.0, 300.0, 520.0) for y in (60.0, 250.0, 500.0)])


def raster(taken):
    """The picture in grey, as if it said nothing of its resolution."""
    pixels = taken.pixels
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return Raster(grey=grey, scale=200 / 72)


def taken(fill, how, seed=1, **extra):
    """The blank of the declaration as it comes out of the scanner, the fax or the phone."""
    return laid_out(fill.blank(EDITION), how, seed, family="test", extra=Extra(**extra))[0]


def corners(box):
    """The upper left and the lower right one of a box."""
    return np.array([(box.x0, box.y0), (box.x1, box.y1)])


def off(found, picture):
    """The points by which places of the sheet are laid wrongly, at worst."""
    pixels = np.hypot(*(found.lie.there(PLACES) - picture.there(PLACES)).T)
    return pixels.max() / finding.fineness(found.lie.matrix, found.blank.sheet)


WAYS = {
    "turned": ("clean200", {"quarter": 90}),
    "upside-down": ("degraded", {"quarter": 180}),
    "small": ("clean200", {"size": 0.92, "shift": (12.0, 20.0)}),
    "fax": ("fax", {}),
    "photo": ("photo", {"quarter": 270}),
}


@pytest.fixture(scope="module", params=WAYS)
def laid(request, fill):
    """A picture of the declaration in one of the ways, and what was found on it."""
    how, extra = WAYS[request.param]
    picture = taken(fill, how, **extra)
    return registered(raster(picture)), picture


def test_a_sheet_whose_like_cells_agree_best_on_one_on_edge_is_laid_flat():
    """A clean typed page, of which 43 corners agreed on a perspective that no paper can have."""
    scan = laid_out(typed(2611, 2).data, "clean200", "forms 2611 2", family="test")[0]
    found = registered(raster(scan))
    assert (found.blank.sheet.edition, off(found, scan) < 1.5) == ("ce_application_gl", True)


def test_a_sheet_is_found_however_it_lies(laid):
    """The right edition and page, with nearly all of its words."""
    found, _ = laid
    assert (found.blank.sheet.edition, found.share > 0.9) == (EDITION, True)


def test_a_sheet_is_laid_to_the_point(laid):
    """Places lie within two points of where they are on the picture, on curled paper too."""
    found, picture = laid
    assert off(found, picture) < 2


def test_boxes_lead_back_to_the_scan_and_forth(laid):
    """What is shown to a person is the place on the paper as it was filed."""
    found, picture = laid
    way = Road(found.lie, 200 / 72)
    corner = way.back(Box(60.0, 60.0, 60.0, 60.0)).middle
    assert np.allclose(np.array(corner) * 200 / 72, picture.there([(60.0, 60.0)])[0], atol=6)
    assert np.allclose(way.there(way.back(Box(200.0, 200.0, 200.0, 200.0))).middle, (200.0, 200.0), atol=0.1)


@pytest.fixture(scope="module")
def other_language(fill):
    """A good scan of the declaration in Galician, whose frames are those of the Spanish one."""
    return laid_out(fill.blank("no_coverage_declaration_gl"), "clean200", 1, family="test")[0]


def test_the_other_language_is_told_apart(other_language):
    """Both are known: the right one is taken."""
    assert registered(raster(other_language)).blank.sheet.edition == "no_coverage_declaration_gl"


def test_an_edition_that_is_not_known_is_refused(other_language, monkeypatch):
    """It has the frames and half of the words of a known one; its places may mean something else."""
    known = tuple(one for one in blanks.blanks() if one.sheet.edition != "no_coverage_declaration_gl")
    monkeypatch.setattr(finding, "blanks", lambda: known)
    assert registered(raster(other_language)) is None


def test_a_mirrored_sheet_is_refused(fill):
    """No paper lies like that, and nobody reads it."""
    assert registered(raster(taken(fill, "clean200", mirrored=True))) is None


def test_a_page_of_prose_is_refused(paper):
    """Corners agree by chance; words do not."""
    page = np.asarray(paper, np.uint8)
    assert registered(Raster(grey=page, scale=200 / 72)) is None


@pytest.fixture
def paper(fill):
    """A page of text that shares words with the declaration but not their places."""

    def draw(canvas):
        canvas.setFont("Helvetica", 10)
        for at in range(40):
            canvas.drawString(
                60, 800 - 18 * at, "DECLARACIÓN RESPONSABLE de no tener cobertura obligatoria " * 2
            )

    taken_ = laid_out(fill.drawn(draw), "clean200", 1, family="test")[0].pixels
    return taken_ if taken_.ndim == 2 else cv2.cvtColor(taken_, cv2.COLOR_RGB2GRAY)


@pytest.mark.parametrize("grey", [np.full((2339, 1654), 255, np.uint8), np.zeros((9, 4000), np.uint8)])
def test_a_blank_page_is_no_form(grey):
    """Empty paper, and a strip of black, have no corners."""
    assert registered(Raster(grey=grey, scale=200 / 72)) is None


def test_a_hidden_place_is_not_seen(fill):
    """White tape over the upper names and their frame: nothing there can be certain, the rest can."""
    picture = raster(taken(fill, "clean200"))
    found = registered(picture)
    sheet = found.blank.sheet
    name = sheet.zones[0]
    grey = picture.grey.copy()
    edges = found.lie.there(np.array([(20.0, name.box.y0 - 12), (name.box.x1 + 10, name.box.y1 + 6)]))
    (x0, y0), (x1, y1) = edges.round().astype(int)
    grey[y0:y1, x0:x1] = 250
    again = registered(Raster(grey=grey, scale=picture.scale))
    assert (again.seen[0], again.seen[len(sheet.zones) - 1]) == (0.5, 1.0)


@pytest.fixture(scope="module")
def clean(fill):
    """A good scan of the declaration, and how it lies."""
    picture = raster(taken(fill, "clean200"))
    return picture, registered(picture)


@pytest.mark.parametrize(("left", "there"), [("strokes", True), ("nothing", False), ("more", False)])
def test_a_label_of_which_a_fax_left_strokes_is_there(clean, left, there):
    """Its place is doubtful all the same; a label that is covered, or struck out, does not name it."""
    (picture, found), sheet = clean, clean[1].blank.sheet
    grey = picture.grey.copy()
    for word in (sheet.words[at] for at in sheet.zones[0].label):
        (x0, y0), (x1, y1) = found.lie.there(corners(word.box)).astype(int)
        part = grey[y0 - 1 : y1 + 1, x0:x1]
        part[:, np.arange(x1 - x0) % 6 < 4] = 250
        part[:] = {"strokes": part, "nothing": 250, "more": 0}[left]
    again = registered(Raster(grey=grey, scale=picture.scale))
    assert (again.seen[0], 0 in again.framed, 0 in again.named) == (0.85, True, there)


def test_a_form_filled_by_hand_is_laid_all_the_same():
    """What people write does not move the sheet."""
    form = filled(Random(3), "test", "hand")
    picture = laid_out(form.data, "degraded", 1, family="test")[0]
    assert registered(raster(picture)).blank.sheet.edition == form.edition


def test_a_laid_page_has_the_sheet_s_own_words_and_size(fill):
    """Its words come first, at their exact places; the picture is drawn on the blank pixel by pixel."""
    picture = raster(taken(fill, "clean200"))
    made = as_page(1, lambda: picture)
    sheet = made.laid.sheet
    assert [word.box for word in made.words[: len(sheet.words)]] == [word.box for word in sheet.words]
    assert made.picture().grey.shape == blanks.picture(EDITION, 1, made.picture().scale).grey.shape


def test_a_page_whose_text_is_in_the_file_is_no_scan(fill):
    """The words of the blank as text tell more than their picture."""
    picture = raster(taken(fill, "clean200"))
    sheet = next(one.sheet for one in blanks.blanks() if one.sheet.edition == EDITION)
    assert as_page(1, lambda: picture, words=sheet.words) is None


def test_a_sheet_that_agrees_with_no_plane_closely_is_tried_as_a_curled_one(monkeypatch):
    """Of a curled photo the header alone agreed closely, and what that said of the foot was off by lines."""
    tried, blank = [], blanks.blanks()[0]
    ways = {
        "sought": lambda _: None,
        "likely": lambda _: [blank],
        "rough": lambda blank, _, *, curled: tried.append(curled) or Rough(blank, np.eye(3)),
    }
    monkeypatch.setattr(registering, "finding", SimpleNamespace(**{**vars(finding), **ways}))
    laid = SimpleNamespace(blank=blank, share=1.0)
    monkeypatch.setattr(registering, "_proved", lambda *_: laid if tried[-1] else None)
    assert (registered(raster(SimpleNamespace(pixels=np.full((300, 200), 255, np.uint8)))), tried) == (
        laid,
        [False, True],
    )
