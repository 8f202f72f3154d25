"""Certificates drawn for these tests: prose, label lines, columns and tables, one PDF each."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from extractors.document import Field
from extractors.padron.read import certificate
from extractors.page import Page
from extractors.reading.files import pdf

FONTS = "/usr/share/fonts/truetype/dejavu/"


def _style(size: float = 10, font: str = "Helvetica", align: int = 0) -> ParagraphStyle:
    return ParagraphStyle(
        "x", fontName=font, fontSize=size, leading=size * 1.35, spaceAfter=size * 0.8, alignment=align
    )


def _flowable(part: Any, font: str, size: float) -> Any:
    if part == "---":
        return PageBreak()
    if isinstance(part, str) and part.startswith("# "):
        return Paragraph(part[2:], _style(size + 3, font, 1))
    if isinstance(part, str):
        return Paragraph(part.replace("\n", "<br/>"), _style(size, font, 4 if len(part) > 150 else 0))
    if isinstance(part, dict):
        cells = [
            [Paragraph(str(c).replace("\n", "<br/>"), _style(part.get("size", 8), font)) for c in row]
            for row in part["rows"]
        ]
        style = [("VALIGN", (0, 0), (-1, -1), part.get("valign", "TOP"))]
        style += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if part.get("grid", True) else []
        return Table(
            cells, colWidths=part.get("widths"), style=TableStyle(style), repeatRows=part.get("repeat", 0)
        )
    return Spacer(1, part)


def draw(parts: list[Any], font: str = "Helvetica", size: float = 10) -> bytes:
    """Draw *parts*: text, "# title", "---" for a new page, a number for white space, a dict for a table."""
    if font == "DejaVuSerif" and font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, FONTS + "DejaVuSerif.ttf"))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build([_flowable(part, font, size) for part in parts])
    return buffer.getvalue()


@pytest.fixture
def pages_of() -> Callable[..., list[Page]]:
    """Draw a paper and read its pages back."""

    def read(*parts: Any, **look: Any) -> list[Page]:
        return list(pdf.pages(draw(list(parts), **look)))

    return read


@pytest.fixture
def fields_of(pages_of: Callable[..., list[Page]]) -> Callable[..., Mapping[str, Field]]:
    """Draw a paper and return the fields that are read from it."""
    return lambda *parts, **look: certificate(pages_of(*parts, **look))
