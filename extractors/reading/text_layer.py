"""The text layer of a PDF page, with PDFium: words and their boxes as a person sees them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extractors.page import Box, Word, around


def words(page: pdfium.PdfPage) -> tuple[Word, ...]:
    """Return the words of *page* in the order of its text stream, boxes in points from the top left."""
    textpage = page.get_textpage()
    try:
        return tuple(_words(page, textpage.raw))
    finally:
        textpage.close()


def _words(page: pdfium.PdfPage, text: pdfium_c.FPDF_TEXTPAGE) -> Iterator[Word]:
    """Join characters to words: a blank, a line break or a wide gap ends one."""
    place = _placer(page)
    letters: list[str] = []
    boxes: list[Box] = []
    for index in range(pdfium_c.FPDFText_CountChars(text)):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        box = place(text, index) if not letter.isspace() and letter.isprintable() else None
        if box is None or (boxes and _apart(boxes[-1], box)):
            if letters:
                yield Word("".join(letters), around(boxes))
            letters, boxes = [], []
        if box is not None:
            letters.append(letter)
            boxes.append(box)
    if letters:
        yield Word("".join(letters), around(boxes))


def _apart(last: Box, box: Box) -> bool:
    """Whether two neighbours in the stream stand too far apart to be one word."""
    size = max(last.height, box.height, 1.0)
    along = box.x0 - last.x1
    return abs(box.middle[1] - last.middle[1]) > 0.7 * size or along > 0.6 * size or along < -1.2 * size


def _placer(page: pdfium.PdfPage):  # type: ignore[no-untyped-def]
    """Return a function that gives a character's box on the page as seen, or None where it has none."""
    width, height = page.get_size()
    rect = pdfium_c.FS_RECTF()
    x, y = ctypes.c_int(), ctypes.c_int()
    fine = 100  # hundredths of a point, since PDFium's device coordinates are whole numbers

    def seen(px: float, py: float) -> tuple[float, float]:
        pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, int(width * fine), int(height * fine), 0, px, py, x, y)
        return x.value / fine, y.value / fine

    def place(text: pdfium_c.FPDF_TEXTPAGE, index: int) -> Box | None:
        if not pdfium_c.FPDFText_GetLooseCharBox(text, index, rect):
            return None
        ax, ay = seen(rect.left, rect.bottom)
        bx, by = seen(rect.right, rect.top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    return place
