"""The text layer of a PDF page, with PDFium: words and their boxes as a person sees them."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from extractors.lines import Box, Word
from extractors.reading.layer.frame import Frame
from extractors.reading.layer.pdfium import c
from extractors.reading.refusal import Refused

_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
"""How PDFium marks a hyphen at the end of a line."""
_BLANK = " "
_SOLID, _NARROWED = 0.03, 0.09
"""Shares of the letters' height: the widest gap in print set solid, the least that is left of a blank."""
_STRANGE = frozenset({"Co", "Cn", "So"})

_Boxes = npt.NDArray[np.float64]
"""One row for each letter: left, top, right, bottom on the page as seen."""


class Layer(NamedTuple):
    """The words of a page in the order of its text stream, boxes in points from the top left.

    `quarters` are the clockwise quarter turns that would set most of its text upright, `letters` how many
    the stream has, blanks included.
    """

    words: tuple[Word, ...]
    quarters: int
    letters: int


def layer(page: pdfium.PdfPage, frame: Frame, *, most: int, hidden: bool = True) -> Layer:
    """Return the text layer of *page*. Words wholly outside the visible page are never given.

    Without *hidden*, letters drawn with the invisible mode (the layer that a scanner's OCR leaves) are
    left out.

    Raises:
        Refused: `too-large`, for more than *most* letters.
    """
    textpage = page.get_textpage()
    try:
        if c.FPDFText_CountChars(textpage.raw) > most:
            raise Refused("too-large")
        letters, boxes = _letters(textpage.raw, frame, hidden=hidden)
    finally:
        textpage.close()
    sheet = Box(0, 0, frame.width, frame.height)
    found = tuple(word for word in _joined(letters, boxes) if word.box.common(sheet) > 0)
    return Layer(found, _quarters(boxes) if found else 0, len(letters))


def _quarters(boxes: _Boxes) -> int:
    """Return the quarter turns to set upright text that runs otherwise, if it clearly does."""
    steps = np.diff(boxes[:, :2] + boxes[:, 2:], axis=0) / 2
    near = steps[(np.abs(steps).max(axis=1) < 20) & (np.abs(steps).max(axis=1) > 0.5)]
    along, down = near[:, 0], near[:, 1]
    flat = np.abs(along) > np.abs(down)
    counts = [
        np.sum(flat & (along > 0)),
        np.sum(~flat & (down < 0)),
        np.sum(flat & (along < 0)),
        np.sum(~flat & (down > 0)),
    ]
    most = int(np.argmax(counts))
    return most if counts[most] > 0.7 * max(len(near), 20) else 0


def _letters(text: Any, frame: Frame, *, hidden: bool) -> tuple[list[str], _Boxes]:
    """Return the letters of the stream, blanks included, and their boxes."""
    count = c.FPDFText_CountChars(text)
    rects = (c.FS_RECTF * max(count, 1))()
    code, box = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox
    letters = [_letter(code(text, i)) if box(text, i, rects[i]) else _BLANK for i in range(count)]
    if not hidden:
        letters = ["" if _invisible(text, i) else letter for i, letter in enumerate(letters)]
    left, top, right, bottom = np.frombuffer(rects, np.float32).astype(np.float64).reshape(-1, 4).T[:, :count]
    return letters, np.stack(frame.box(left, bottom, right, top), axis=1)


@cache
def _letter(code: int) -> str:
    """Return the letter for *code*; a blank for what parts words, nothing for marks without width."""
    if code in _LINE_END_HYPHENS:
        return "-"
    if code >= 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    letter = chr(code)
    if letter.isprintable() and letter != _BLANK:
        return letter if not 0xFB00 <= code <= 0xFB06 else unicodedata.normalize("NFKC", letter)
    return "" if unicodedata.category(letter) == "Cf" else _BLANK


def _invisible(text: Any, index: int) -> bool:
    """Whether the letter is drawn with text rendering mode 3 (ISO 32000-1, 9.3.6) or only clips."""
    mode = c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, index))
    return bool(mode in {c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP})


def _joined(letters: list[str], boxes: _Boxes) -> list[Word]:
    """Join letters to words: a blank, a line break or a wide gap ends one."""
    blank = np.array([letter == _BLANK for letter in letters], dtype=bool)
    inked = np.array([bool(letter) and letter != _BLANK for letter in letters], dtype=bool)
    places = np.flatnonzero(inked)
    if not len(places):
        return []
    passed = np.cumsum(blank)[places]
    here = boxes[places]
    ends = (np.diff(passed) > 0) | _apart(here[:-1], here[1:])
    lean = np.array([not letters[i].islower() for i in places[:-1]], dtype=bool)
    ends |= lean & _kerned(here, ends)
    starts = np.concatenate(([0], np.flatnonzero(ends) + 1))
    least, most = np.minimum.reduceat(here, starts), np.maximum.reduceat(here, starts)
    around = np.concatenate((least[:, :2], most[:, 2:]), axis=1).round(3).tolist()
    kept = [letters[i] for i in places]
    spans = pairwise([*starts.tolist(), len(kept)])
    return [Word(_text(kept[a:b]), Box(*box)) for (a, b), box in zip(spans, around, strict=True)]


def _text(letters: list[str]) -> str:
    """Return the letters as a word, accents that stand by themselves put on their letters."""
    text = "".join(letters)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _apart(last: _Boxes, box: _Boxes) -> npt.NDArray[np.bool_]:
    """Say for each pair of neighbours in the stream whether they stand too far apart to be one word."""
    size = np.maximum(np.maximum(last[:, 3] - last[:, 1], box[:, 3] - box[:, 1]), 1.0)
    along = box[:, 0] - last[:, 2]
    drop = np.abs(box[:, 1] + box[:, 3] - last[:, 1] - last[:, 3]) / 2
    level = (drop <= 0.7 * size) & (-1.2 * size <= along) & (along <= 0.6 * size)
    return ~(level | _stacked(last, box))


def _kerned(boxes: _Boxes, ends: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say after which letters a blank was drawn so narrow that PDFium gives none, as in "RIBERA ALTA".

    Capitals and commas that the next letter leans to take half of a blank away. What is left of it is wide
    beside the letters around, which touch: those of cells, or of spaced print, do not.
    """
    size = np.maximum(boxes[:-1, 3] - boxes[:-1, 1], 1.0)
    gap = (boxes[1:, 0] - boxes[:-1, 2]) / size
    loose = ~ends & (gap > _SOLID)
    return np.asarray(loose & (gap >= _NARROWED) & _beside(~ends & ~loose) & ~_beside(loose))


def _beside(gaps: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each gap whether the one before it or the one after it is one of *gaps*."""
    return np.asarray(np.append(False, gaps[:-1]) | np.append(gaps[1:], False))


def _stacked(last: _Boxes, box: _Boxes) -> npt.NDArray[np.bool_]:
    """Say for each pair whether they follow each other up or down, as in text along the margin."""
    size = np.maximum(np.maximum(last[:, 2] - last[:, 0], box[:, 2] - box[:, 0]), 1.0)
    gap = np.maximum(box[:, 1] - last[:, 3], last[:, 1] - box[:, 3])
    shift = np.abs(box[:, 0] + box[:, 2] - last[:, 0] - last[:, 2]) / 2
    return (shift <= 0.3 * size) & (-0.2 * size <= gap) & (gap <= 0.3 * size)


def legible(found: tuple[Word, ...]) -> bool:
    """Whether the words are what a person would read, not codes of a font without a Unicode table.

    Such fonts give signs from nowhere, or letters that are each another letter; then vowels, two of five
    letters in all our languages, become rare.
    """
    letters = "".join(word.text for word in found)
    if not letters or letters.count("(cid:") * 8 > len(letters):
        return False
    strange = {one for one in set(letters) if one == "\ufffd" or unicodedata.category(one) in _STRANGE}
    return sum(map(letters.count, strange)) <= len(letters) / 5 and not _without_vowels(letters.lower())


def _without_vowels(letters: str) -> bool:
    """Whether a longer text in our alphabet has next to no vowels."""
    alphabet = sum(map(letters.count, "abcdefghijklmnopqrstuvwxyzáéíóúàèòïüñç"))
    vowels = sum(map(letters.count, "aeiouáéíóúàèòïü"))
    return alphabet >= 100 and vowels < 0.28 * alphabet
