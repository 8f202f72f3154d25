"""The known sheets as they look empty: drawn from their own PDFs, and what a scan can be compared with.

Drawn once in the life of a process: the picture for comparing, its corners and edges as descriptors
(ORB), and the printed words that tell this sheet from others that share its frames.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from extractors.forms.template import Sheet, forms, sheets
from extractors.lines import Word
from extractors.reading.layer.pdfium import c
from extractors.reading.raster import Grey, Raster

SCALE = 2.0
"""Pixels per point at which a scan is compared with a blank: 144 dpi, where the smallest print (5.4 points
high) still has 11 pixels; 100 dpi lost a fifth of these words on faxes."""
_SOUGHT = 1.7
"""Pixels per point at which corners are looked for: about 1 000 pixels across an A4."""
_CORNERS = 1200
"""Corners kept of a sheet or a page; each is compared with those of every blank."""
MIDDLE = 0.5
"""Where OpenCV's 0 is: the middle of the first pixel."""
_NONE = np.zeros((0, 32), np.uint8)
_TELLING = 3
"""Letters and figures of a word that has a shape of its own."""

_INK = 170
"""Grey below which a pixel of a blank is printed: hairlines of half a point have 128."""
_SOFT = 1.0
"""Pixels of the blur. Without it, a third of the words of pale faxes were unlike their print; with 1.5, two
languages of one form were too alike (0.96 of the words, 0.72 with 1.0)."""

_KEPT = 9
"""Sheets of which the pictures are kept, at each of two scales: all that there are, since papers of several
editions come by turns. To draw a sheet anew at both takes 10 ms, 3 % of a page."""

Mask = npt.NDArray[np.uint8]
"""Pixels, each 0 or 1."""
Points = npt.NDArray[np.float32]
"""One row of x and y for each point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corners:
    """Places in points or in pixels from the upper left edge, and for each the 32 bytes of how it looks."""

    places: Points
    looks: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blank:
    """An empty sheet, by what can be found again: its corners, and words that have a shape of their own."""

    sheet: Sheet
    corners: Corners
    words: tuple[Word, ...]


class Look(NamedTuple):
    """How an empty sheet looks with `SCALE` pixels per point: as unsharp as a good scan, and its ink."""

    soft: Grey
    ink: Mask


@cache
def blanks() -> tuple[Blank, ...]:
    """Return all known sheets, in the order of kind, edition and page."""
    return tuple(_blank(sheet) for kind in sorted(forms()) for sheet in sheets(kind))


@lru_cache(_KEPT)
def look(edition: str, number: int) -> Look:
    """Return how page *number* of the blank *edition* looks; the last ones, 4 MB each, are kept."""
    grey = _drawn(edition, number, SCALE).grey  # not kept: it would drive out those that are asked for again
    return Look(soft=soft(grey), ink=(grey < _INK).view(np.uint8))


def soft(grey: Grey) -> Grey:
    """Return the picture a little unsharp: sharp and poor scans of one print become more alike."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _SOFT), np.uint8)


@lru_cache(_KEPT)
def picture(edition: str, number: int, scale: float) -> Raster:
    """Return page *number* of the blank *edition* with *scale* pixels per point; the last ones are kept.

    A part of a pixel at the right and lower end is white: PDFium's usual way of drawing stretches the page to
    whole pixels, half of one at the far side, and a box of the blank would not lie where it is drawn.
    """
    return _drawn(edition, number, scale)


def _drawn(edition: str, number: int, scale: float) -> Raster:
    """Draw page *number* of the blank *edition*."""
    page = _pages(edition)[number - 1]
    width, height = (math.ceil(side * scale) for side in page.get_size())
    bitmap = pdfium.PdfBitmap.new_native(width, height, c.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    sizes, whole = c.FS_MATRIX(scale, 0, 0, scale, 0, 0), c.FS_RECTF(0, 0, width, height)
    c.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, sizes, whole, c.FPDF_GRAYSCALE)
    return Raster(grey=bitmap.to_numpy().reshape(height, width).copy(), scale=scale)


def corners(grey: Grey) -> Corners:
    """Return what of a page, about 1 000 pixels wide, can be found again on another print of it."""
    found, looks = _finder().detectAndCompute(grey, None)
    places = np.array([one.pt for one in found], dtype=np.float32).reshape(-1, 2) + np.float32(MIDDLE)
    return Corners(places=places, looks=np.asarray(looks, np.uint8).reshape(-1, 32) if found else _NONE)


@cache
def _finder() -> cv2.ORB:
    """Return the finder of corners: a low threshold, since faded prints have soft edges."""
    return cv2.ORB.create(nfeatures=_CORNERS, scaleFactor=1.2, nlevels=8, fastThreshold=12)


def _blank(sheet: Sheet) -> Blank:
    """Draw a sheet and find its corners."""
    grey = _drawn(sheet.edition, sheet.number, SCALE).grey
    small = cv2.resize(grey, None, fx=_SOUGHT / SCALE, fy=_SOUGHT / SCALE, interpolation=cv2.INTER_AREA)
    found = corners(np.asarray(small, dtype=np.uint8))
    telling = tuple(w for w in sheet.words if sum(sign.isalnum() for sign in w.text) >= _TELLING)
    return Blank(
        sheet=sheet,
        corners=Corners(places=found.places / np.float32(_SOUGHT), looks=found.looks),
        words=telling,
    )


@cache
def _pages(edition: str) -> pdfium.PdfDocument:
    """Return the blank as the PDF that lies beside its table."""
    return pdfium.PdfDocument(files("extractors.forms").joinpath(f"{edition}.pdf").read_bytes())
