"""A scan of a known form as a page in its blank's own coordinates; None for any other paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.page import Page, Widget, Word
from extractors.reading.raster import Raster


def page(
    number: int,
    draw: Callable[[], Raster],
    seconds: float,
    words: Sequence[Word] = (),
    widgets: Sequence[Widget] = (),
) -> Page | None:
    """Return page *number* laid on the blank that it is a scan of, None where it is of none that is known.

    *draw* gives the page as it came, neither turned nor evened, with its dye; it is kept for a while, so
    asking again is cheap. *words* and *widgets* are those that the file itself has on the page (a registry's
    line over a scan), with boxes on the page as it came. *seconds* of wall time are left for the page.
    """
    del number, draw, seconds, words, widgets  # no blank is known by its looks yet
    return None
