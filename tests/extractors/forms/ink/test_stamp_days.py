import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.ink.stamp_days import scanned
from extractors.forms.laid import Laid
from extractors.forms.laying import blanks
from extractors.forms.template import sheets
from extractors.lines import Box
from extractors.page import Page
from extractors.reading import dye

SCALE = 200 / 72
FACE = "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"
ENTRY = ("REGISTRO GENERAL", "ENTRADA 12/03/2026", "Nº 2026/004512")


@pytest.fixture(scope="module")
def sheet():
    """A declaration of one page."""
    return sheets("no_coverage_declaration")[0]


def _stamp(lines, degrees, colour):
    """A framed stamp of some lines, turned, on white."""
    stamp = Image.new("RGB", (460, 56 * len(lines) + 30), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, 453, stamp.height - 7), outline=colour, width=5)
    for at, line in enumerate(lines):
        draw.text((230, 44 + 56 * at), line, colour, font=ImageFont.truetype(FACE, 36), anchor="mm")
    return np.asarray(stamp.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white"))


def _page(sheet, stamp, middle):
    """The blank as a scan, stamped about a point of the page."""
    bare = blanks.picture(sheet.edition, sheet.number, SCALE).grey
    paper = cv2.cvtColor(bare, cv2.COLOR_GRAY2BGR)
    high, wide = stamp.shape[:2]
    x, y = round(middle[0] * SCALE - wide / 2), round(middle[1] * SCALE - high / 2)
    part = paper[y : y + high, x : x + wide]
    part[:] = np.minimum(part, stamp[:, :, ::-1])
    picture = dye.raster(paper, SCALE)
    return Page(
        number=1, width=sheet.width, height=sheet.height, words=(), reader="ocr",
        picture=lambda: picture, laid=Laid(sheet=sheet, share=1.0),
    )  # fmt: skip


PLACE = Box(426, 37, 553, 70)


@pytest.mark.parametrize("degrees", [0, -12, 17])
def test_a_tilted_coloured_stamp_tells_its_day(sheet, degrees):
    """Wherever it stands, and over print."""
    told = scanned(_page(sheet, _stamp(ENTRY, degrees, (60, 40, 150)), (400, 330)), PLACE)
    assert told["registry.entered_on"].value == "2026-03-12"


def test_a_level_stamp_tells_its_number_too(sheet):
    """The day is no part of it."""
    told = scanned(_page(sheet, _stamp(ENTRY, 0, (60, 40, 150)), (400, 330)), PLACE)
    assert told["registry.entry_number"].value == "2026/004512"


def test_a_grey_stamp_is_read_in_its_place(sheet):
    """In a grey scan only what the blank does not print there is the stamp."""
    told = scanned(_page(sheet, _stamp(ENTRY, 4, (50, 50, 50)), (470, 54)), PLACE)
    assert told["registry.entered_on"].value == "2026-03-12"


def test_a_stamp_that_is_no_entry_tells_no_day(sheet):
    """The day on which a copy was compared is not that of an entry."""
    told = scanned(_page(sheet, _stamp(("COMPULSADO", "12/03/2026"), 5, (170, 30, 40)), (300, 600)), PLACE)
    assert told == {}


def test_a_stamp_whose_day_is_lost_is_there_without_a_value(sheet):
    """A person sees where to look."""
    stamp = _stamp(ENTRY, 0, (60, 40, 150)).copy()
    stamp[75:120, 230:440] = np.random.default_rng(1).integers(60, 255, (45, 210, 1))
    field = scanned(_page(sheet, stamp, (400, 330)), PLACE)["registry.entered_on"]
    assert field.value is None
    assert field.confidence <= 0.5
    assert PLACE.common(field.box) == 0


def test_no_stamp_tells_nothing(sheet):
    """An empty place gives no field."""
    assert scanned(_page(sheet, np.full((4, 4, 3), 255, np.uint8), (400, 330)), PLACE) == {}
