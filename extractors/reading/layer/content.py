"""What is drawn on a PDF page, before any of it is decoded: images, invisible text, text above all else."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from extractors.lines import Box
from extractors.reading.layer.frame import Frame
from extractors.reading.layer.pdfium import c

_DEPTH = 4
_OBJECTS = 20_000
_NOTES = 2_000
_TYPED = frozenset({c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_STAMP})
_NO_NOTES = frozenset({c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_POPUP})
_UNDRAWN = frozenset(
    {c.FPDF_ANNOT_LINE, c.FPDF_ANNOT_POLYGON, c.FPDF_ANNOT_POLYLINE, c.FPDF_ANNOT_CARET, c.FPDF_ANNOT_REDACT}
    | _TYPED
)
"""Notes that other programs show though they bring no drawing: lines, stamps, what is to be blacked out."""
_INK = frozenset({c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING})
_NOTHING = 2
"""Bytes of an empty text, as PDFium gives it."""


class Image(NamedTuple):
    """One image on the page: where it stands, and its pixels."""

    box: Box
    columns: int
    rows: int


class Content(NamedTuple):
    """The images of a page; whether any text is drawn invisible; whether notes lie on it.

    `above` are the places of text drawn after all lines and images of the page, as a registry's stamp is.
    `unseen`: somebody put a note over the page that its picture here does not show, or wrote one of words.
    """

    images: tuple[Image, ...]
    hidden: bool
    noted: bool
    above: tuple[Box, ...] = ()
    unseen: bool = False

    def cover(self, sheet: Box) -> float:
        """Return the share of *sheet* under its images, 0 to 1; overlaps count twice."""
        under = sum(image.box.common(sheet) for image in self.images)
        return float(min(under / max(sheet.width * sheet.height, 1.0), 1.0))


def content(page: pdfium.PdfPage, frame: Frame) -> Content:
    """Return what is drawn on *page*; after 20 000 objects the rest is not looked at."""
    images: list[Image] = []
    last: list[Any] = []
    hidden = False
    for count, (kind, drawn) in enumerate(_objects(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject)):
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            images.append(_image(drawn, frame))
        elif kind == c.FPDF_PAGEOBJ_TEXT and not hidden:
            hidden = c.FPDFTextObj_GetTextRenderMode(drawn) == c.FPDF_TEXTRENDERMODE_INVISIBLE
        if kind in _INK:
            last.clear()
        elif kind == c.FPDF_PAGEOBJ_TEXT:
            last.append(drawn)
        if count >= _OBJECTS:
            last.clear()
            break
    notes = [*_notes(page)]
    noted, unseen = any(map(_shown, notes)), any(map(_unseen, notes))
    for note in notes:
        c.FPDFPage_CloseAnnot(note)
    above = () if noted else tuple(_bounds(text, frame) for text in last)
    return Content(tuple(images), hidden, noted, above, unseen)


def silence(page: pdfium.PdfPage) -> None:
    """Let the text of an open page no longer be drawn; the file stays as it is. Bounded like `content`."""
    for kind, drawn in islice(_objects(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject), _OBJECTS):
        if kind == c.FPDF_PAGEOBJ_TEXT:
            c.FPDFPageObj_SetIsActive(drawn, False)


def _notes(page: pdfium.PdfPage) -> Iterator[Any]:
    """Give the notes that lie on a page, form fields among them; each is to be closed."""
    for index in range(min(c.FPDFPage_GetAnnotCount(page.raw), _NOTES)):
        yield c.FPDFPage_GetAnnot(page.raw, index)


def _shown(note: Any) -> bool:
    """Whether something was put over the page as a note, as viewers offer it to fill in what is no form."""
    return c.FPDFAnnot_GetSubtype(note) in _TYPED or _drawn(note)


def _unseen(note: Any) -> bool:
    """Whether a note shows elsewhere what it does not show here, or holds words behind a mark."""
    kind = c.FPDFAnnot_GetSubtype(note)
    if kind == c.FPDF_ANNOT_TEXT:
        return bool(c.FPDFAnnot_GetStringValue(note, b"Contents", None, 0) > _NOTHING)
    return kind in _UNDRAWN and not _drawn(note)


def _drawn(note: Any) -> bool:
    """Whether a note other than a form field brings a drawing of its own, in which words may stand."""
    if c.FPDFAnnot_GetSubtype(note) in _NO_NOTES:
        return False
    return bool(c.FPDFAnnot_GetAP(note, c.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _NOTHING)


def _objects(holder: Any, count: Any, get: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Give the objects of a page or form with their kinds, forms opened."""
    for index in range(count(holder)):
        drawn = get(holder, index)
        kind = c.FPDFPageObj_GetType(drawn)
        yield kind, drawn
        if kind == c.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _objects(drawn, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, depth + 1)


def _image(drawn: Any, frame: Frame) -> Image:
    """Return where an image stands and its size. Inside a form the place is the form's own: a guess."""
    columns, rows = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(drawn, columns, rows)
    return Image(_bounds(drawn, frame), columns.value, rows.value)


def _bounds(drawn: Any, frame: Frame) -> Box:
    """Return the place of an object; inside a form it is in the form's own space."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return frame.box(left.value, bottom.value, right.value, top.value)
