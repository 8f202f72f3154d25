"""Sheets of paper to draw on: points from the top left, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from reportlab.lib import utils
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas

_split: Any = utils.simpleSplit
_width: Any = pdfmetrics.stringWidth
_Canvas: Any = canvas.Canvas

A4 = (595.28, 841.89)
INK = (0.09, 0.11, 0.42)
"""The blue of a pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A typeface: the names under which its plain and bold cuts are known, and a size in points."""

    plain: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 10.5


class Sheet:
    """Pages being drawn; `done` gives the PDF."""

    def __init__(self, face: Face = Face(), page: tuple[float, float] = A4) -> None:
        """Start a first empty page of *page* points."""
        self.face = face
        self.width, self.height = page
        self._bytes = BytesIO()
        self.canvas: Any = _Canvas(self._bytes, pagesize=page, invariant=1, pageCompression=1)

    def text(
        self, x: float, y: float, words: str, *, size: float = 0, bold: bool = False, align: str = "left"
    ) -> None:
        """Write one line with its foot at *y*; *x* is its left end, its middle or its right end."""
        self.canvas.setFont(self.face.bold if bold else self.face.plain, size or self.face.size)
        draw = {
            "left": self.canvas.drawString,
            "middle": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }[align]
        draw(x, self.height - y, words)

    def wide(self, words: str, *, size: float = 0, bold: bool = False) -> float:
        """Return the width of *words* in points."""
        return float(_width(words, self.face.bold if bold else self.face.plain, size or self.face.size))

    def paragraph(
        self, x: float, y: float, words: str, width: float, *, size: float = 0, lead: float = 1.4
    ) -> float:
        """Write *words* in lines of *width* points and return where the next paragraph may start."""
        size = size or self.face.size
        for line in _split(words, self.face.plain, size, width):
            self.text(x, y, line, size=size)
            y += size * lead
        return y + size * (lead - 1)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, fill: float | None = None) -> None:
        """Draw a frame, filled with the grey *fill* (0 black to 1 white) when it is given."""
        self.canvas.setLineWidth(0.7)
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=1, fill=int(fill is not None))
        self.canvas.setFillGray(0)

    def rule(self, x0: float, y: float, x1: float, *, width: float = 0.7) -> None:
        """Draw a level line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y, x1, self.height - y)

    def seal(self, x: float, y: float, words: Sequence[str], *, radius: float = 34) -> None:
        """Stamp a round seal with a few short lines."""
        self.canvas.saveState()
        self.canvas.setStrokeColorRGB(*INK)
        self.canvas.setFillColorRGB(*INK)
        self.canvas.circle(x, self.height - y, radius)
        self.canvas.circle(x, self.height - y, radius - 4)
        for at, line in enumerate(words):
            self.text(x, y + 8 * (at - (len(words) - 1) / 2) + 2, line, size=6, align="middle")
        self.canvas.restoreState()

    def sign(self, box: tuple[float, float, float, float], who: str) -> None:
        """Draw the pen strokes of *who* inside *box*, the same for the same name."""
        x0, y0, x1, y1 = box
        turns = sha256(who.encode()).digest()
        self.canvas.saveState()
        self.canvas.setStrokeColorRGB(*INK)
        self.canvas.setLineWidth(1.3)
        path = self.canvas.beginPath()
        wide, high = x1 - x0, y1 - y0
        spots = [
            (
                x0 + wide * (0.15 + 0.7 * (at / 11) + turns[at] / 2560),
                y0 + high * (0.3 + 0.5 * turns[at + 12] / 255),
            )
            for at in range(12)
        ]
        path.moveTo(spots[0][0], self.height - spots[0][1])
        for first, second, third in zip(spots[1::3], spots[2::3], spots[3::3], strict=False):
            path.curveTo(*(part for x, y in (first, second, third) for part in (x, self.height - y)))
        self.canvas.drawPath(path)
        self.canvas.line(
            spots[0][0], self.height - (y0 + high * 0.72), spots[-1][0], self.height - (y0 + high * 0.66)
        )
        self.canvas.restoreState()

    def turn(self) -> None:
        """Go on with a new page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """Return the PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self._bytes.getvalue()
