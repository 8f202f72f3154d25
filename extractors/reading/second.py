"""A second, independent reading of a text layer, with pdfplumber, for values on which a case stands."""

from __future__ import annotations

import io

import pdfplumber

from extractors.page import Box, Word


def words(data: bytes, at: int) -> tuple[Word, ...]:
    """Return the words of page *at* (from 0), boxes in points from the top left of the page as seen."""
    with pdfplumber.open(io.BytesIO(data), pages=[at + 1]) as pdf:
        page = pdf.pages[0]
        left, top = page.cropbox[0] - page.bbox[0], page.cropbox[1] - page.bbox[1]
        found = page.extract_words(use_text_flow=False, keep_blank_chars=False)
        return tuple(
            Word(w["text"], Box(w["x0"] - left, w["top"] - top, w["x1"] - left, w["bottom"] - top))
            for w in found
        )
