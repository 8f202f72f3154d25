"""The text layer of a PDF page, with PDFium: words and their boxes as a person sees them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium

from extractors.page import Box, Word, around
from extractors.reading.frame import Frame
from extractors.reading.pdfium import c

_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
"""How PDFium marks a hyphen at the end of a line."""


def words(page: pdfium.PdfPage, frame: Frame, *, hidden: bool = True) -> tuple[Word, ...]:
    """Return the words of *page* in the order of its text stream, boxes in points from the top left.

    Without *hidden*, letters drawn with the invisible mode (the layer that a scanner's OCR leaves) are
    left out. Words wholly outside the visible page are never given.
    """
    textpage = page.get_textpage()
    try:
        found = tuple(_words(textpage.raw, frame, hidden=hidden))
    finally:
        textpage.close()
    sheet = Box(0, 0, frame.width, frame.height)
    return tuple(word for word in found if word.box.common(sheet) > 0)


def _words(text: Any, frame: Frame, *, hidden: bool) -> Iterator[Word]:
    """Join letters to words: a blank, a line break or a wide gap ends one."""
    letters: list[str] = []
    boxes: list[Box] = []
    for letter, box in _letters(text, frame, hidden=hidden):
        if letters and (box is None or _apart(boxes[-1], box)):
            yield Word(unicodedata.normalize("NFC", "".join(letters)), around(boxes))
            letters, boxes = [], []
        if box is not None:
            letters.append(letter)
            boxes.append(box)
    if letters:
        yield Word(unicodedata.normalize("NFC", "".join(letters)), around(boxes))


def _letters(text: Any, frame: Frame, *, hidden: bool) -> Iterator[tuple[str, Box | None]]:
    """Give each letter with its box; None for what parts words. Marks without width are left out."""
    rect = c.FS_RECTF()
    place = ctypes.byref(rect)
    for index in range(c.FPDFText_CountChars(text)):
        letter = _letter(c.FPDFText_GetUnicode(text, index))
        if letter == "":
            continue
        if letter == " " or not c.FPDFText_GetLooseCharBox(text, index, place):
            yield " ", None
        elif hidden or not _invisible(text, index):
            yield letter, frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _letter(code: int) -> str:
    """Return the letter for *code*; a blank for what parts words, nothing for marks without width."""
    if code in _LINE_END_HYPHENS:
        return "-"
    if code >= 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    letter = chr(code)
    if letter.isprintable() and letter != " ":
        return letter if not 0xFB00 <= code <= 0xFB06 else unicodedata.normalize("NFKC", letter)
    return "" if unicodedata.category(letter) == "Cf" else " "


def _invisible(text: Any, index: int) -> bool:
    """Whether the letter is drawn with text rendering mode 3 (ISO 32000-1, 9.3.6) or only clips."""
    mode = c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, index))
    return bool(mode in {c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP})


def _apart(last: Box, box: Box) -> bool:
    """Whether two neighbours in the stream stand too far apart to be one word."""
    size = max(last.height, box.height, 1.0)
    along = box.x0 - last.x1
    level = abs(box.middle[1] - last.middle[1]) <= 0.7 * size and -1.2 * size <= along <= 0.6 * size
    return not level and not _stacked(last, box)


def _stacked(last: Box, box: Box) -> bool:
    """Whether the two follow each other up or down the sheet, as in text along the margin."""
    size = max(last.width, box.width, 1.0)
    gap = max(box.y0 - last.y1, last.y0 - box.y1)
    return abs(box.middle[0] - last.middle[0]) <= 0.3 * size and -0.2 * size <= gap <= 0.3 * size


def legible(found: tuple[Word, ...]) -> bool:
    """Whether the words are letters a person would read: not codes of a font without a Unicode table."""
    letters = "".join(word.text for word in found)
    if not letters or letters.count("(cid:") * 8 > len(letters):
        return False
    strange = sum(
        unicodedata.category(letter) in {"Co", "Cn", "So"} or letter == "\ufffd" for letter in letters
    )
    return strange <= 0.2 * len(letters)
