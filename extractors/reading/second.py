"""A second, independent reading of a text layer, with pdfplumber, for values on which a case stands."""

from __future__ import annotations

import io

import pdfplumber

from extractors.page import Box, Word
from extractors.reading.frame import Frame


def words(data: bytes, at: int) -> tuple[Word, ...]:
    """Return the words of page *at* (from 0), boxes in points from the top left of the page as seen.

    The library counts from the corner of the media box; a person sees the crop box.
    """
    with pdfplumber.open(io.BytesIO(data), pages=[at + 1]) as pdf:
        page = pdf.pages[0]
        found = page.extract_words()
        sheet = Frame(*page.page_obj.mediabox, page.rotation // 90)
        cut = sheet.box(*page.page_obj.cropbox)
        left, top = page.bbox[0] + max(cut.x0, 0), page.bbox[1] + max(cut.y0, 0)
        return tuple(
            Word(w["text"], Box(w["x0"] - left, w["top"] - top, w["x1"] - left, w["bottom"] - top))
            for w in found
        )
