"""Images are checked by their header before they cost anything, and held as the camera held them."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading.files import image


@pytest.fixture(scope="module")
def scan(paper):
    """A clean scan of the paper, 200 pixels an inch."""
    return paper.pictured(paper.typed())


@pytest.fixture(scope="module")
def strip(scan):
    """The first two lines alone: quicker to read."""
    return scan.crop((100, 150, 1000, 350))


EXPECTED = {
    (): ([], (), None),
    (2,): ([((2,), ("corrupt",))], ("pages-missing",), None),
    (1, 2): ([], (), "corrupt"),
}
"""Unreadable papers with their flags, flags of the file, and its code, by the pages that are lost."""


def flood(columns: int, rows: int) -> bytes:
    """Return a PNG that says it is so large and holds nothing."""
    head = b"IHDR" + struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"")
    parts = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (head, body)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def code(data, **bounds):
    """Return the code for the file."""
    return read_file(data, "a", Bounds(**bounds)).code


def test_points_are_pixels_times_72_by_resolution(paper, scan):
    """An A4 scanned at 200 pixels an inch is 595 by 842 points."""
    (page,) = image.pages(paper.saved(scan))
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)


def test_an_unlikely_resolution_is_not_believed(paper, scan):
    """A phone that writes 72 pixels an inch did not photograph a poster."""
    (page,) = image.pages(paper.saved(scan, dpi=(72, 72)))
    assert page.height == pytest.approx(842, abs=1)


def test_each_frame_of_a_tiff_is_a_page(paper, scan):
    """Fax and scanner files hold several pages."""
    data = paper.saved(scan, "TIFF", save_all=True, append_images=[Image.new("L", scan.size, 255)])
    assert [(page.number, bool(page.words)) for page in image.pages(data)] == [(1, True), (2, False)]


def test_the_camera_says_how_it_was_held(paper, strip):
    """EXIF orientation 6: the picture is to be turned a quarter clockwise."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = image.pages(paper.saved(strip.rotate(90, expand=True), exif=exif))
    assert page.text.startswith("AYUNTAMIENTO DE CEUTA")
    assert page.as_filed(page.words[0].box) == pytest.approx(page.words[0].box)


@pytest.mark.parametrize("mode", ["RGBA", "P", "1", "LA", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_made_grey(paper, strip, mode):
    """Transparent, indexed, black and white, printing colours, sixteen bits."""
    picture = strip.point(lambda v: v * 257, "I").convert("I;16") if mode == "I;16" else strip.convert(mode)
    (page,) = image.pages(paper.saved(picture, "TIFF"))
    assert "CEUTA" in page.text


@pytest.mark.parametrize(("columns", "rows"), [(10_001, 10_000), (20_001, 2), (2, 20_001)])
def test_a_flood_of_pixels_is_refused_by_its_header(columns, rows):
    """Over 100 megapixels or 20 000 on a side nothing is decoded."""
    assert code(flood(columns, rows)) == "image-too-large"


def test_the_largest_image_allowed_is_opened_and_found_broken():
    """At the limit itself the size is no objection."""
    assert code(flood(10_000, 10_000)) == "corrupt"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_cut_image_is_corrupt(paper, scan, form, share):
    """Half a picture is no paper: what is missing might be the half that counts."""
    data = paper.saved(scan.reduce(4), form)
    assert code(data[: int(len(data) * share)]) == "corrupt"


@pytest.mark.parametrize(("share", "lost"), [(0.4, (1, 2)), (0.95, (2,)), (1.0, ())])
def test_whole_pages_of_a_tiff_that_is_cut_are_read_and_the_rest_is_asked_for(paper, strip, share, lost):
    """Of a fax that broke off what came is read; the page that did not is `unreadable`."""
    data = paper.saved(strip, "TIFF", save_all=True, append_images=[strip])
    found = read_file(data[: int(len(data) * share)], "a", Bounds())
    ill = [(one.pages, one.flags) for one in found.documents if one.kind == "unreadable"]
    assert (ill, found.flags, found.code) == EXPECTED[lost]


def test_more_frames_than_pages_allowed(paper):
    """A TIFF has the same limit of pages as a PDF."""
    frame = Image.new("L", (50, 50), 255)
    data = paper.saved(frame, "TIFF", save_all=True, append_images=[frame, frame])
    assert code(data, pages=2) == "too-many-pages"
