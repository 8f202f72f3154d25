"""What a picture was before it was made a page: in greys, or in black and white alone."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extractors.reading.paper import sized

A4 = (595.0, 842.0)


@pytest.fixture(scope="module")
def scan(paper):
    """A scan of 200 pixels an inch, in greys."""
    return paper.pictured(paper.typed()).convert("L")


def pixels(picture):
    """Return the picture as rows of grey."""
    return np.asarray(picture.convert("L"))


def as_jpeg(picture):
    """Return the picture once saved as JPEG, which leaves a little grey around everything."""
    saved = io.BytesIO()
    picture.convert("L").save(saved, "JPEG", quality=70)
    return Image.open(io.BytesIO(saved.getvalue()))


def test_a_fax_is_black_and_white_also_as_a_jpeg_and_at_another_size(scan):
    """What it was is told of the pixels that came, not of those to which they were brought."""
    fax = scan.point(lambda level: 255 * (level > 140)).convert("1", dither=Image.Dither.NONE)
    low = fax.resize((fax.width, fax.height // 2), Image.Resampling.NEAREST)
    pages = [sized.raster(pixels(one), A4) for one in (fax, low, as_jpeg(fax))]
    assert [page.bilevel for page in pages] == [True, True, True]


def test_a_scan_in_greys_and_an_empty_page_are_not(scan):
    """The edges of letters are grey; without ink there is nothing to tell."""
    pages = [sized.raster(pixels(one), A4) for one in (scan, as_jpeg(scan), Image.new("L", scan.size, 255))]
    assert [page.bilevel for page in pages] == [False, False, False]
