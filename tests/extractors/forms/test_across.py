"""Figures of one page of a fax that those of another page vouch for."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.forms.across import seen_across
from extractors.forms.laid import Entry, Laid, Value
from extractors.forms.template import sheets
from extractors.lines import Box
from extractors.page import Page
from extractors.reading.raster import Raster

ALL = "1234567890"
PLACE = Box(0, 0, 10, 10)


def never() -> Raster:
    """Fail: nothing of the page is looked at again."""
    raise AssertionError


def value(text: str, *, like: str = "") -> Value:
    """Return *text* as it looks in print, or like another text, and was read."""
    pixels = np.full((40, 30 * len(text)), 255, dtype=np.uint8)
    for at, sign in enumerate(like or text):
        cv2.putText(pixels, sign, (30 * at + 4, 32), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 3)
    return pixels, pixels < 128, text, True


def page(figures: dict[int, Value], waiting: dict[int, Entry] | None = None) -> Page:
    """Return a page laid on its blank, with *figures* in its places, all of them in doubt."""
    entries = {at: Entry(text=one[2], certainty=0.89, box=PLACE) for at, one in figures.items()}
    laid = Laid(sheet=sheets("ce_application")[0], share=1.0, entries=entries, figures=figures)
    laid = replace(laid, waiting=waiting or {})
    return Page(number=1, width=1, height=1, reader="ocr", words=(), picture=never, laid=laid)


@pytest.mark.parametrize(("like", "sure"), [("16/03/2026", 0.99), ("16/08/2026", 0.89)])
def test_a_day_alone_on_its_page_is_sure_by_the_figures_of_another_page(like: str, sure: float) -> None:
    """The last page of a form often holds nothing but days; one like another day stays in doubt."""
    waiting = {7: Entry(text="16/03/2026", certainty=0.99, box=PLACE)}
    seen = seen_across(
        [page({0: value(ALL), 1: value(ALL)}), page({7: value("16/03/2026", like=like)}, waiting)]
    )
    assert seen[1].laid is not None
    assert seen[1].laid.entries[7].certainty == sure
