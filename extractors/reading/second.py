"""A second, independent reading of a text layer, with pdfplumber, for values on which a case stands."""

from __future__ import annotations

import io

import pdfplumber
from pdfplumber.page import Page

from extractors.page import Box, Word
from extractors.reading.frame import Frame


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
        for w in page.extract_words()
    )
