"""Where a point of the PDF's own space stands on the page as a person sees it."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium

from extractors.lines import Box
from extractors.reading.layer.pdfium import c


class Frame(NamedTuple):
    """The visible rectangle in the PDF's space (origin bottom left) and its clockwise quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Width of the page as seen, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as seen, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def turned(self, quarters: int) -> Frame:
        """Return the frame after so many more clockwise quarter turns."""
        return self._replace(turns=(self.turns + quarters) % 4)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the rectangle as seen: points from the top left (ISO 32000-1, 8.3 and table 30)."""
        if self.turns == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turns == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turns == 2:
            return Box(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)


def frame(page: pdfium.PdfPage) -> Frame:
    """Return the frame of *page*: its crop box inside its media box, and its rotation."""
    rect = c.FS_RECTF()
    c.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect))
    turns = c.FPDFPage_GetRotation(page.raw) % 4
    return Frame(rect.left, rect.bottom, rect.right, rect.top, turns)
