"""A page that is nothing but one scanned picture: its own pixels, decoded once and drawn not at all.

A page is believed to be so only where nothing can make what is seen differ from the picture: no other object
but invisible text, no note or field, no mask, no clip, no mark that a layer could switch off. All others are
drawn.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium

from extractors.lines import Box
from extractors.reading.layer.frame import Frame
from extractors.reading.layer.pdfium import c

Pixels = npt.NDArray[np.uint8]
"""Rows of grey, or rows of blue, green, red."""

_OBJECTS = 5_000
"""Objects of a page beyond which it is drawn: an invisible text layer has a few hundred."""
_ASKEW = 1e-3
"""How far the picture's matrix may be from upright, as a share of its size."""
_EDGE = 2.0
"""Points by which the picture may miss the edge of the page: white slivers that rounding leaves."""
_CHANNELS = {c.FPDFBitmap_Gray: 1, c.FPDFBitmap_BGR: 3, c.FPDFBitmap_BGRx: 4}
_UNLIKE = ("/SMask", "/Mask", "/Decode", "/OC", "/Matte", "/SMaskInData", "/Alternates")
"""What lets a picture look other than its pixels do."""


class Plain(NamedTuple):
    """The sizes, columns and rows, of the pictures in a file's pages that look as their pixels do."""

    sizes: frozenset[tuple[int, int]]

    def holds(self, pixels: Pixels) -> bool:
        """Whether a picture of that size is one of them, and none of the others has it."""
        return (pixels.shape[1], pixels.shape[0]) in self.sizes


def plain(data: bytes, at: int) -> Plain:
    """Return the plain pictures of page *at*, counted from 0; none where the file cannot be looked at."""
    try:
        with closing(pikepdf.open(io.BytesIO(data))) as file:
            found = list(_pictures(file.pages[at]))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what this library cannot open is drawn by the other
        return Plain(frozenset())
    odd = {size for size, unlike in found if unlike}
    return Plain(frozenset(size for size, _ in found) - odd)


def _pictures(page: pikepdf.Page) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield the size of each picture that a page names, and whether it may look other than its pixels."""
    for one in dict(page.resources.get("/XObject", {})).values():
        if one.get("/Subtype") == pikepdf.Name.Image:
            unlike = any(key in one for key in _UNLIKE) or bool(one.get("/ImageMask", False))
            yield (int(one.Width), int(one.Height)), unlike


def pixels(page: pdfium.PdfPage, sheet: Frame, most: int) -> Pixels | None:
    """Return the picture that is all that *page* shows, as it is seen; None where the page must be drawn.

    *most* is the number of pixels above which it is drawn, smaller.
    """
    picture = _only(page)
    if picture is None or not _upright(picture, sheet):
        return None
    columns, rows = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(picture, columns, rows)
    if not 0 < columns.value * rows.value <= most:
        return None
    found = _decoded(picture)
    return None if found is None or found.shape[:2] != (rows.value, columns.value) else found


def _only(page: pdfium.PdfPage) -> Any | None:
    """Return the picture on a page that shows nothing else."""
    count = c.FPDFPage_CountObjects(page.raw)
    if c.FPDFPage_GetAnnotCount(page.raw) or count > _OBJECTS:
        return None
    drawn = [c.FPDFPage_GetObject(page.raw, index) for index in range(count)]
    shown = [one for one in drawn if not _invisible(one)]
    if len(shown) != 1 or c.FPDFPageObj_GetType(shown[0]) != c.FPDF_PAGEOBJ_IMAGE:
        return None
    return None if _altered(shown[0]) else shown[0]


def _invisible(one: Any) -> bool:
    """Whether an object is text that is drawn invisibly, as scanners lay it under their picture."""
    if c.FPDFPageObj_GetType(one) != c.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(c.FPDFTextObj_GetTextRenderMode(one) == c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _altered(picture: Any) -> bool:
    """Whether the page clips the picture, shines through it, or marks it (as a layer does)."""
    clipped = c.FPDFClipPath_CountPaths(c.FPDFPageObj_GetClipPath(picture)) > 0
    return bool(clipped or c.FPDFPageObj_HasTransparency(picture) or c.FPDFPageObj_CountMarks(picture) > 0)


def _upright(picture: Any, sheet: Frame) -> bool:
    """Whether the picture stands upright in the file's own space and covers the page to its edges."""
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(picture, matrix) or min(matrix.a, matrix.d) <= 0:
        return False
    if max(abs(matrix.b), abs(matrix.c)) > _ASKEW * min(matrix.a, matrix.d):
        return False
    box = Box(matrix.e, matrix.f, matrix.e + matrix.a, matrix.f + matrix.d)
    page = Box(sheet.left, sheet.bottom, sheet.right, sheet.top)
    return all(abs(mine - its) <= _EDGE for mine, its in zip(box, page, strict=True))


def _decoded(picture: Any) -> Pixels | None:
    """Return the pixels of a picture; None where they cannot be decoded or are of no kind for a page."""
    bitmap = c.FPDFImageObj_GetBitmap(picture)
    if not bitmap:
        return None
    try:
        channels = _CHANNELS.get(c.FPDFBitmap_GetFormat(bitmap))
        if channels is None:
            return None
        columns, rows = c.FPDFBitmap_GetWidth(bitmap), c.FPDFBitmap_GetHeight(bitmap)
        stride = c.FPDFBitmap_GetStride(bitmap)
        start = ctypes.cast(c.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * rows)))
        whole = np.frombuffer(start.contents, dtype=np.uint8).reshape(rows, stride)[:, : columns * channels]
        own = np.array(whole)  # PDFium frees its own
        if channels == 1:
            return own
        own = own.reshape(rows, columns, channels)
        return own if channels == 3 else np.array(own[:, :, :3], order="C")
    finally:
        c.FPDFBitmap_Destroy(bitmap)
