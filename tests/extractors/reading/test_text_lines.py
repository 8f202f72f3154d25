"""Pages in unknown layouts: what is taken away before the words are read, and what is looked at again."""

import cv2
import numpy as np
import pytest

from extractors.reading.ink import leftover, ruling
from extractors.reading.ink.leftover import Place
from extractors.reading.paper import shading
from extractors.reading.raster import Grey, Raster
from extractors.reading.words import ocr, text_lines

SCALE = 200 / 72


@pytest.fixture(scope="module")
def page() -> Grey:
    """Draw three lines of print on white, at 200 dpi."""
    sheet = np.full((600, 1200), 255, np.uint8)
    for line, text in enumerate(("CERTIFICADO DE EMPADRONAMIENTO", "Fecha de alta 13/06/2018", "En vigor")):
        cv2.putText(sheet, text, (60, 120 + 150 * line), cv2.FONT_HERSHEY_DUPLEX, 1.2, (0,), 2, cv2.LINE_AA)
    return np.asarray(sheet)


def _lines(sheet: Grey) -> leftover.Left:
    dark, drawn = text_lines.inked(sheet, SCALE)
    return leftover.left(np.asarray(cv2.subtract(dark, drawn), np.uint8), [], 30)


def test_frames_and_streaks_go_and_letters_stay(page: Grey):
    """A ruled frame and a streak that leans by a degree are no letters."""
    drawn = page.copy()
    cv2.rectangle(drawn, (30, 60), (1170, 460), (0,), 2)
    cv2.line(drawn, (1000, 0), (1008, 599), (60,), 1)

    ink, ruled = text_lines.inked(np.asarray(drawn), SCALE)

    left, whole = ink.astype(bool) & ~ruled.astype(bool), ruling.ink(page) > 0
    assert np.count_nonzero(left & ~whole) < 0.01 * np.count_nonzero(whole)
    assert np.count_nonzero(left & whole) > 0.99 * np.count_nonzero(whole)


def test_a_speck_goes_and_the_dot_of_a_letter_stays(page: Grey):
    """Dirt stands alone; what belongs to a letter stands by it."""
    dirty = page.copy()
    dirty[550:554, 900:904] = 0

    _, drawn = text_lines.inked(np.asarray(dirty), SCALE)

    assert drawn[550:554, 900:904].all()
    assert np.count_nonzero(drawn) < 60


def test_the_shadow_of_a_fold_is_lit(page: Grey):
    """Print in a shadow stands on white again."""
    shadow = np.full(page.shape, 255, np.uint8)
    shadow[200:330] = 120
    dim = np.asarray(cv2.multiply(page, shadow, scale=1 / 255), np.uint8)

    lit = shading.flat(dim, SCALE)

    assert int(np.median(lit[220:310])) > 240
    assert int(lit[220:310].min()) < 60


def test_each_overlooked_line_is_found_and_no_other(page: Grey):
    """Nothing is left once each line lies under a word; a line nobody read is found where it stands."""
    found = _lines(page).writing
    dark = ruling.ink(page)

    assert len(found) == 3
    assert leftover.left(dark, found, 30).writing == ()
    assert [one.y0 // 150 for one in leftover.left(dark, found[:2], 30).writing] == [found[2].y0 // 150]


def test_a_round_seal_is_no_line(page: Grey):
    """What is printed inside a seal is left to whoever asks."""
    sealed = page.copy()
    cv2.circle(sealed, (900, 450), 100, (0,), 3)
    cv2.putText(sealed, "PADRON", (840, 460), cv2.FONT_HERSHEY_DUPLEX, 0.8, (0,), 2, cv2.LINE_AA)

    found = _lines(np.asarray(sealed))

    assert len(found.writing) == 3
    assert found.seals == (Place(798, 348, 1003, 553),)


def test_all_words_are_read_through_frame_and_shadow(page: Grey):
    """The engine's words come back in the pixels of the page that was given."""
    drawn = page.copy()
    cv2.rectangle(drawn, (30, 60), (1170, 460), (0,), 2)
    drawn[200:330] = np.minimum(drawn[200:330], 150)

    seen = text_lines.seen(np.asarray(drawn), SCALE, 20)

    assert seen is not None
    assert (
        " ".join(one.text for one in seen)
        == "CERTIFICADO DE EMPADRONAMIENTO Fecha de alta 13/06/2018 En vigor"
    )
    assert 50 <= seen[0].left <= 70


@pytest.fixture
def asked(monkeypatch) -> list[float]:
    """Scales by which pages are read, while nothing is read on them."""
    scales: list[float] = []
    monkeypatch.setattr(text_lines, "seen", lambda *given: scales.append(given[1]) or [])
    return scales


def _blank(high: int, scale: float) -> Raster:
    """Read an empty page so many pixels high."""
    sheet = Raster(grey=np.full((high, 200), 255, np.uint8), scale=scale)
    ocr.lying(sheet, ocr.quartered(sheet, 0), 1.0)
    return sheet


def test_a_page_is_read_by_the_very_scale_of_its_picture(asked):
    """To the last digit: by that scale what is remembered of the page is asked for when it is judged."""
    sheets = [_blank(high, high / 842) for high in range(300, 320)]
    assert asked == [sheet.scale for sheet in sheets]


def test_a_page_that_says_to_be_a_poster_is_read_as_an_a4(asked):
    """Its print is that of a sheet as people hand them in."""
    _blank(300, 300 / 9000)
    assert asked == [pytest.approx(300 / 842, rel=0.002)]
