"""A page that is nothing but a scan is read by the scan's own pixels; any doubt, and the page is drawn."""

from __future__ import annotations

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors.bounds import Bounds
from extractors.reading.files import image, pdf
from extractors.reading.paper import sized
from extractors.reading.paper.sized import DPI


@pytest.fixture(scope="module")
def scanned(paper):
    """A PDF of one scan, 100 pixels an inch, over its whole page."""
    picture = ImageReader(paper.pictured(paper.typed(), 100))
    return paper.typed([], draw=lambda sheet: sheet.drawImage(picture, 0, 0, 595, 842))


def own(data):
    """Return the page by its own pixels, None where it must be drawn."""
    with pdf.pages(data) as pages:
        return pages._own(0, 0)


def test_a_scan_is_what_would_be_drawn(scanned):
    """Pixel by pixel the same, sampling apart, at the same place."""
    with pdf.pages(scanned) as pages:
        mine, drawn = pages._own(0, 0), pages._draw(0, 0, DPI)
    rows, columns = mine.grey.shape
    assert np.abs(mine.grey.astype(int) - drawn.grey[:rows, :columns]).mean() < 3


def test_a_scan_stored_on_its_side_comes_as_the_page_shows_it(paper, scanned):
    """A page that says that it is to be turned is turned."""
    turned = paper.changed(scanned, lambda opened: opened.pages[0].rotate(90, relative=False))
    upright, shown = own(scanned), own(turned)
    assert (shown.grey == np.rot90(upright.grey, -1)).all()


def masked(opened):
    """Lay a mask over the picture: part of it is not seen."""
    (picture,) = opened.pages[0].resources.XObject.values()
    mask = opened.make_stream(
        bytes(4), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=2, Height=2
    )
    mask.ColorSpace, mask.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    picture.SMask = mask


def inverted(opened):
    """Tell viewers to show black for white."""
    (picture,) = opened.pages[0].resources.XObject.values()
    picture.Decode = [1, 0]


def clipped(opened):
    """Show only a corner of the picture."""
    opened.pages[0].contents_add(b"0 0 200 200 re W n", prepend=True)


def written_over(opened):
    """Draw a white patch over a line of it."""
    opened.pages[0].contents_add(b"1 g 60 680 300 30 re f")


@pytest.mark.parametrize("change", [masked, inverted, clipped, written_over])
def test_a_page_that_may_look_other_than_its_picture_is_drawn(paper, scanned, change):
    """What a person would see is read, not what lies in the file."""
    assert own(paper.changed(scanned, change)) is None


def test_a_fax_with_oblong_pixels_is_made_square():
    """204 by 98 lines an inch: as many pixels down as across, and the page keeps its size."""
    fax = np.full((1078, 1734), 255, np.uint8)
    page = sized.raster(fax, (612.0, 792.0))
    assert page.grey.shape == (2244, 1734)
    assert page.grey.shape[0] / page.scale == pytest.approx(792, abs=0.5)


@pytest.mark.parametrize(("long", "dpi"), [(7016, 300), (3508, 300), (2339, 200), (1170, 300)])
def test_a_scan_is_made_smaller_where_it_is_finer_than_needed_and_larger_where_coarse(long, dpi):
    """600 dpi become 300, 200 stay, and a phone's preview of 100 is enlarged for small print."""
    page = sized.raster(np.full((long, round(long / 1.4142)), 255, np.uint8), (595.28, 841.89))
    assert page.dpi == pytest.approx(dpi, rel=0.01)


def test_a_resolution_that_makes_a_poster_is_not_believed():
    """A scan of 200 dpi in a page of two metres is read as the A4 that it is."""
    page = sized.raster(np.full((2339, 1654), 255, np.uint8), (1654.0 * 3, 2339.0 * 3))
    assert page.dpi == pytest.approx(200, rel=0.01)


def test_a_negative_is_read_as_what_it_is_the_negative_of(paper):
    """White on black, as some fax programs write it; a dark photo is none."""
    scan = np.asarray(paper.pictured(paper.typed(), 100).point(lambda v: 255 * (v > 128)))
    assert (sized.raster(255 - scan, (595.0, 842.0)).grey == sized.raster(scan, (595.0, 842.0)).grey).all()
    assert sized.raster(scan // 6, (595.0, 842.0)).grey.max() < 60


def test_very_many_pixels_are_made_fewer_before_they_are_made_colours(paper):
    """A hundred megapixels of a palette become a page of at most twenty-four million."""

    data = paper.saved(Image.new("P", (7000, 9000), 200), "PNG")
    assert image._drawn(data, Bounds(), 0).grey.size <= sized.MOST
