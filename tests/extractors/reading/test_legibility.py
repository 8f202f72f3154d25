"""A page that cannot be read says why, in a word that becomes a sentence for whoever filed it."""

from __future__ import annotations

from typing import get_args

import cv2
import numpy as np
import pytest
from PIL import Image

from desk.web.words import speaker
from extractors.bounds import Bounds
from extractors.reader import read_file
from extractors.reading.paper import legibility, sized
from extractors.reading.paper.legibility import Poor
from extractors.reading.words import ocr
from validators.rules._illegible import sentence

SIZE = (595.0, 842.0)


@pytest.fixture(scope="module")
def scan(paper):
    """A clean scan of the paper, 200 pixels an inch."""
    return np.asarray(paper.pictured(paper.typed()))


def why(pixels):
    """Return why a picture of an A4 is hard to read."""
    return legibility.poor(sized.raster(np.ascontiguousarray(pixels), SIZE))


def flags(paper, pixels):
    """Return the kind of the only paper in a picture, and what is said of it."""
    (document,) = read_file(paper.saved(Image.fromarray(pixels)), "a.jpg", Bounds()).documents
    return document.kind, document.flags


def test_nothing_is_said_of_a_good_scan(scan):
    """Print of twelve points at 200 dpi is sharp, dark and large enough."""
    assert why(scan) is None


@pytest.mark.parametrize(
    ("blur", "said"), [(1.0, None), (4.5, "blurred"), (9.0, "blurred")], ids=["soft", "blurred", "smeared"]
)
def test_soft_edges_are_a_fault_only_where_they_swallow_letters(scan, blur, said):
    """A little softness is every photo's; edges a third of a letter wide are not read."""
    assert why(cv2.GaussianBlur(scan, (0, 0), blur)) == said


@pytest.mark.parametrize(("light", "said"), [(0.5, None), (0.2, "too-dark")])
def test_too_little_light(scan, light, said):
    """Half the light is made good by evening; a fifth leaves nothing to tell ink from noise."""
    assert why((scan * light).astype(np.uint8)) == said


def test_ink_hardly_darker_than_paper(scan):
    """A copy of a copy with a tenth of its ink."""
    assert why((255 - (255 - scan.astype(float)) * 0.1).astype(np.uint8)) == "too-light"


def test_too_few_pixels_a_letter(scan):
    """A preview of a page, 420 pixels high."""
    assert why(cv2.resize(scan, (297, 420), interpolation=cv2.INTER_AREA)) == "too-small"


def test_letters_that_the_picture_cuts(scan):
    """Every line runs off the left side."""
    assert why(np.vstack([scan[180:360, 200:]] * 6)) == "cut-off"


def test_a_page_seen_from_behind_is_not_read_but_named(paper, scan):
    """Letters of a mirrored page are no letters; its mirror image would be read, so that is what it is."""
    assert flags(paper, np.ascontiguousarray(scan[:, ::-1])) == ("unreadable", ("mirrored",))


def test_empty_paper_is_said_to_be_blank(paper, scan):
    """The back of a sheet, scanned alone."""
    assert flags(paper, np.full_like(scan, 244)) == ("unreadable", ("blank",))


def test_pale_print_is_no_empty_paper(paper, scan):
    """A pencil or a printer without ink: it is read, and never laid aside as a blank page."""
    pale = (235 - (255 - scan.astype(float)) * 0.15).astype(np.uint8)
    assert not ocr.blank(pale)
    assert flags(paper, pale)[0] != "unreadable"


def test_what_shines_through_from_the_other_side_is_empty_paper(scan):
    """The back of a printed sheet."""
    behind = cv2.GaussianBlur(np.ascontiguousarray(scan[:, ::-1]), (0, 0), 1.5)
    assert ocr.blank((240 - (255 - behind.astype(float)) * 0.1).astype(np.uint8))


def test_noise_is_no_empty_paper():
    """A picture of nothing in particular is not passed off as a blank page."""
    noise = np.random.default_rng(4).integers(0, 255, (1100, 800), dtype=np.uint8)
    assert not ocr.blank(noise)
    assert ocr.blank(np.full_like(noise, 244))


@pytest.mark.parametrize("reason", get_args(Poor))
def test_every_reason_is_told_to_the_clerk_and_to_whoever_filed_the_paper(reason):
    """What is wrong and what to do, in the three languages; on the desk as the end of a sentence."""
    said = sentence(reason)
    assert said is not None
    assert len(set(said)) == 3
    assert all(one.count(".") >= 2 for one in said)
    assert speaker("es").has(f"flags.{reason}")
