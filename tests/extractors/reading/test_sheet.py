"""A photographed sheet is laid flat where its edges are seen all around; else the whole picture stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.lines import Box
from extractors.reading.files import image
from extractors.reading.paper import sheet, sized
from fixtures.damage import laid_out

FRAME = (1600, 1200)
"""Rows and columns of the photos made here; at 0.5 points a pixel."""
CORNERS = np.array([(210.0, 120.0), (960.0, 170.0), (1010.0, 1450.0), (150.0, 1400.0)])


@pytest.fixture(scope="module")
def scan(paper):
    """The paper in grey, 100 pixels an inch."""
    return np.asarray(paper.pictured(paper.typed(), 100))


@pytest.fixture(scope="module")
def photo(scan):
    """The paper on a dark table, seen at an angle."""
    return on_table(scan, np.full((*FRAME, 3), (40, 60, 90), np.uint8))


def on_table(scan, table):
    """Return the scan laid with its corners at CORNERS of the table, in colour."""
    rows, columns = scan.shape
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], dtype=np.float32)
    way = cv2.getPerspectiveTransform(corners, CORNERS.astype(np.float32))
    size = (FRAME[1], FRAME[0])
    laid = cv2.warpPerspective(scan, way, size, borderValue=(0,))
    held = cv2.warpPerspective(np.full_like(scan, 255), way, size, borderValue=(0,)) > 127
    return np.where(held[:, :, None], laid[:, :, None], table).astype(np.uint8)


def picture(pixels):
    """Return the photo as a page of 0.5 points a pixel."""
    return sized.raster(pixels, (FRAME[1] / 2, FRAME[0] / 2))


def corners(way):
    """Return where the corners of the flat page stand in the photo, in pixels."""
    ends = [(0.0, 0.0), (way.width, 0.0), (way.width, way.height), (0.0, way.height)]
    return np.array([way.back(Box(x, y, x, y))[:2] for x, y in ends]) * 2


def test_the_corners_of_a_sheet_on_a_table_are_found(photo):
    """To three of 1600 pixels; the flat page is an A4."""
    way = sheet.lying(picture(photo))
    assert np.abs(corners(way) - CORNERS).max() < 3
    assert (round(way.width), round(way.height)) == (595, 842)


def test_a_chequered_cloth_as_pale_as_paper_is_no_part_of_the_sheet(scan):
    """Its squares touch the sheet and are as light, and a shadow lies over half of both."""
    rows, columns = np.mgrid[: FRAME[0], : FRAME[1]] // 64
    cloth = np.where(((rows + columns) % 2 == 0)[:, :, None], (60, 170, 60), (110, 150, 140)).astype(np.uint8)
    whole = on_table(scan, cloth)
    shadow = np.mgrid[: FRAME[0], : FRAME[1]].sum(axis=0) < 1300
    whole[shadow] = (whole[shadow] * 0.45).astype(np.uint8)
    way = sheet.lying(picture(whole))
    assert np.abs(corners(way) - CORNERS).max() < 20


def test_the_flat_sheet_has_level_lines_of_text(photo, scan):
    """Laid flat, the page differs from what was laid on the table by little more than sampling."""
    way = sheet.lying(picture(photo))
    flat = cv2.resize(way.flat(picture(photo)).grey, scan.shape[::-1], interpolation=cv2.INTER_AREA)
    seen, laid = (cv2.GaussianBlur(one, (0, 0), 4).ravel() for one in (flat, scan))
    assert np.corrcoef(seen, laid)[0, 1] > 0.85


def test_there_and_back_is_the_same_place(photo):
    """A box of the photo goes to the flat page and comes back to where it was."""
    way = sheet.lying(picture(photo))
    box = Box(300, 400, 300, 400)
    assert way.back(way.there(box)) == pytest.approx(box)


def test_a_scan_has_no_sheet_to_be_found(scan):
    """Its paper reaches to the edge; a frame printed on it is none of paper."""
    framed = cv2.rectangle(np.array(scan), (80, 80), (740, 1080), 0, 4)
    assert sheet.lying(sized.raster(np.array(scan), (595.0, 842.0))) is None
    assert sheet.lying(sized.raster(framed, (595.0, 842.0))) is None


def test_the_edge_of_a_shadow_is_not_the_edge_of_the_sheet(scan):
    """Half the sheet in deep shadow: what lies in it is never cut away."""
    lit = on_table(scan, np.full((*FRAME, 3), (40, 60, 90), np.uint8))
    lit[800:] = (lit[800:] * 0.45).astype(np.uint8)
    way = sheet.lying(picture(lit))
    assert way is None or np.abs(corners(way) - CORNERS).max() < 12


def test_a_sheet_on_a_table_of_its_own_colour_stays_whole(scan):
    """No edge is seen: the picture is read as it is."""
    assert sheet.lying(picture(on_table(scan, np.full((*FRAME, 3), 250, np.uint8)))) is None


@pytest.mark.parametrize("seed", [1, 3])
def test_no_writing_of_a_photo_is_cut_away(paper, seed):
    """Whatever the table and the shadow, the flat page holds the middle of every side of the sheet."""
    (taken,) = laid_out(paper.typed(), "photo", seed, family="test")
    rows, columns = taken.pixels.shape[:2]
    one = sized.raster(np.ascontiguousarray(taken.pixels[:, :, ::-1]), (columns / 4, rows / 4))
    way = sheet.lying(one)
    marks = taken.there(np.array([(60.0, 80.0), (535.0, 80.0), (535.0, 760.0), (60.0, 760.0)])) / 4
    there = [Box(x, y, x, y) if way is None else way.there(Box(x, y, x, y)) for x, y in marks]
    width, height = (columns / 4, rows / 4) if way is None else (way.width, way.height)
    assert all(0 <= box.x0 <= width and 0 <= box.y0 <= height for box in there)


def test_a_photo_is_read_flat_and_its_boxes_lie_on_the_photo(paper, photo):
    """The words come from the flat page; their boxes go back to where they are on the file."""
    large = cv2.resize(photo, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    (page,) = image.pages(paper.saved(image.Image.fromarray(large[:, :, ::-1])))
    word = next(word for word in page.words if word.text == "EMPADRONAMIENTO")
    filed = page.as_filed(word.box)
    assert filed.width < page.filed[0] / 2
    assert page.picture().ink(word.box) > 0.05


def test_a_shadow_across_paper_and_cloth_parts_no_sheet(scan):
    """Both halves of the paper have one tint, and the edge of the shadow is none of the paper."""
    rows, columns = np.mgrid[: FRAME[0], : FRAME[1]] // 90
    cloth = np.where(((rows + columns) % 2 == 0)[:, :, None], (30, 110, 25), (140, 60, 120)).astype(np.uint8)
    whole = on_table(scan, cloth)
    shadow = np.mgrid[: FRAME[0], : FRAME[1]][1] < 560
    whole[shadow] = (whole[shadow] * 0.55).astype(np.uint8)
    way = sheet.lying(picture(whole))
    assert np.abs(corners(way) - CORNERS).max() < 6
