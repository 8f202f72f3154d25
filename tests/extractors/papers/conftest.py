"""Papers drawn for a test and read back as the program reads them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.bounds import Bounds
from extractors.mrz.zones import digit
from extractors.page import Page
from extractors.reading.files.pdf import PdfPages

FORMS = Path(__file__).parents[3] / "fixtures" / "forms"


class Mark(NamedTuple):
    """A text with its place in points from the top left of an A4 page."""

    x: float
    y: float
    text: str
    size: float = 9
    font: str = "Helvetica"


def pdf(marks: Iterable[Mark], *, pen: bool = False) -> bytes:
    """Return a page of A4 with the texts of *marks*; by a *pen* it is signed at its foot."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for mark in marks:
        canvas.setFont(mark.font, mark.size)
        canvas.drawString(mark.x, A4[1] - mark.y, mark.text)
    if pen:
        canvas.bezier(80, 120, 110, 200, 130, 60, 180, 150)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes) -> tuple[Page, ...]:
    """Return the pages of a PDF."""
    with PdfPages(data, Bounds()) as pages:
        return tuple(pages)


def scanned(marks: Iterable[Mark], dpi: int, skew: float) -> bytes:
    """Return a page of *marks* as a scanner gives it: grey, a little askew, no text."""
    drawn = PdfDocument(pdf(marks))[0].render(scale=dpi / 72).to_pil().convert("L")
    askew = drawn.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC).point(lambda v: 30 + 0.8 * v)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(askew), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def scan() -> Iterator[Callable[..., tuple[Page, ...]]]:
    """Return a function that scans marks and reads the picture; pages stay open for the test."""
    with ExitStack() as opened:

        def read_scan(marks: Sequence[tuple], *, dpi: int = 300, skew: float = 0.0) -> tuple[Page, ...]:
            data = scanned((Mark(*mark) for mark in marks), dpi, skew)
            return tuple(opened.enter_context(PdfPages(data, Bounds())))

        yield read_scan


@pytest.fixture
def sheet() -> Callable[[Sequence[tuple]], tuple[Page, ...]]:
    """Return a function that draws (x, y, text[, size[, font]]) marks and reads them back."""
    return lambda marks: read(pdf(Mark(*mark) for mark in marks))


@pytest.fixture
def letter() -> Iterator[Callable[..., tuple[Page, ...]]]:
    """Return a function that writes lines of a letter and reads them back; they stay open for the test."""
    with ExitStack() as opened:

        def written(*lines: str, pen: bool = True) -> tuple[Page, ...]:
            data = pdf((Mark(60, 70 + 17 * row, text, 10) for row, text in enumerate(lines)), pen=pen)
            return tuple(opened.enter_context(PdfPages(data, Bounds())))

        yield written


@pytest.fixture(scope="session")
def blank_forms() -> dict[str, tuple[Page, ...]]:
    """Return the pages of the official forms, empty."""
    return {path.stem: read(path.read_bytes()) for path in sorted(FORMS.glob("*.pdf"))}


def filled(text: str, width: int) -> str:
    """Return *text* with fillers up to *width*."""
    return text.ljust(width, "<")[:width]


@pytest.fixture
def td1() -> Callable[..., tuple[str, str, str]]:
    """Return a function that writes the three lines of a card's zone."""

    def lines(
        *, code, issuer, number, optional, birth, sex, expiry, nationality, names
    ) -> tuple[str, str, str]:
        upper = f"{code}{issuer}{filled(number, 9)}{digit(filled(number, 9))}{filled(optional, 15)}"
        middle = f"{birth}{digit(birth)}{sex}{expiry}{digit(expiry)}{nationality}{'<' * 11}"
        whole = digit(upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
        return upper, middle + whole, filled(names, 30)

    return lines


@pytest.fixture
def td3() -> Callable[..., tuple[str, str]]:
    """Return a function that writes the two lines of a passport's zone."""

    def lines(*, issuer, number, birth, sex, expiry, nationality, names) -> tuple[str, str]:
        lower = f"{filled(number, 9)}{digit(filled(number, 9))}{nationality}{birth}{digit(birth)}{sex}"
        lower += f"{expiry}{digit(expiry)}{'<' * 14}0"
        return filled(f"P<{issuer}{names}", 44), lower + digit(lower[0:10] + lower[13:20] + lower[21:43])

    return lines
