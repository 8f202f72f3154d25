"""A second, independent reading of a text layer, with pdfplumber, for values on which a case stands."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer
from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

from extractors.lines import Box, Word
from extractors.reading.layer.frame import Frame


def words(data: bytes, at: int) -> tuple[Word, ...]:
    """Return the words of page *at* (from 0), boxes in points from the top left of the page as seen.

    Where the library fails there are none, and nothing that it says can confirm the first reading.
    """
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[at + 1]) as pdf:
            return _words(pdf.pages[0])
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it raises anything on odd files
        return ()


def _words(page: Page) -> tuple[Word, ...]:
    """Return the words of *page*; the library counts from the corner of the media box, not the crop box."""
    sheet = Frame(*page.page_obj.mediabox, page.rotation // 90)
    cut = sheet.box(*page.page_obj.cropbox)
    left, top = page.bbox[0] + max(cut.x0, 0), page.bbox[1] + max(cut.y0, 0)
    return tuple(
        Word(w["text"], Box(w["x0"] - left, w["top"] - top, w["x1"] - left, w["bottom"] - top))
        for w in extract_words(_signs(page))
    )


def _signs(page: Page) -> list[dict[str, Any]]:
    """Return the letters of *page*, with what words are made of: all that the library tells takes longer."""
    left, top = page.mediabox[:2]
    high = page.height
    return [
        {
            "text": one.get_text(),
            "upright": one.upright,
            "x0": one.x0 + left,
            "x1": one.x1 + left,
            "top": high - one.y1 + top,
            "bottom": high - one.y0 + top,
            "doctop": high - one.y1 + top,
        }
        for one in _drawn(page.layout)
    ]


def _drawn(parts: Iterable[Any]) -> Iterator[LTChar]:
    """Yield the letters among *parts* of a page, in the order in which they are drawn."""
    for one in parts:
        if isinstance(one, LTContainer):
            yield from _drawn(one)
        elif isinstance(one, LTChar):
            yield one
