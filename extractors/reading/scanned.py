"""A scan as a page: read upright, with the words that a text layer already has, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from extractors.page import Page, Widget, Word
from extractors.reading import agreement, ocr, seen
from extractors.reading.raster import Raster
from extractors.reading.straighten import Turn, even, turned

_SHARE = 0.7
"""Part of a unit's wall time that the engine may use; the rest is for drawing and straightening."""


def page(
    number: int,
    draw: Callable[[], Raster],
    seconds: float,
    words: tuple[Word, ...] = (),
    widgets: tuple[Widget, ...] = (),
    least: int = seen.MANY_NEW,
) -> Page | None:
    """Return page *number* as OCR reads it, upright; None where that adds less than *least* to *words*.

    A scan of a known form is laid on its blank and read place by place. Where OCR clearly sees other
    figures than *words* have, these are in doubt.
    """
    from extractors.forms import scan as forms  # noqa: PLC0415 - forms stand on reading, not the other way

    known = forms.page(number, draw, seconds, words, widgets)
    if known is not None:
        return known
    picture = draw()
    scan = ocr.read(picture.grey, picture.scale, _SHARE * seconds)
    turn = scan.turn
    told = tuple(w._replace(box=turn.there(w.box)) for w in words)
    held = agreement.contradicted(told, scan.words)
    both = seen.joined(held, scan.words, least if held == told else 0)
    if words and both is None:
        return None
    return Page(
        number=number,
        width=turn.width,
        height=turn.height,
        words=both or scan.words,
        reader="ocr",
        picture=partial(_upright, draw, turn),
        widgets=tuple(w._replace(box=turn.there(w.box)) for w in widgets),
        as_filed=turn.back,
    )


@lru_cache(maxsize=2)
def _upright(draw: Callable[[], Raster], turn: Turn) -> Raster:
    """Return the picture evenly lit and upright; the last two are kept, since several readers ask."""
    picture = draw()
    return Raster(grey=turned(even(picture.grey), turn), scale=picture.scale)
