"""A scan as a page: read upright, with the words that a text layer already has, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from extractors.lines import Box, Word
from extractors.page import Page, Widget
from extractors.reading import kept
from extractors.reading.files import spread
from extractors.reading.layer import agreement, seen
from extractors.reading.paper import extent, legibility, sheet
from extractors.reading.paper.legibility import Poor
from extractors.reading.paper.straighten import Turn, even, turned
from extractors.reading.paper.way import Way
from extractors.reading.raster import Raster
from extractors.reading.words import ocr
from extractors.reading.zone import carded

_DOUBTED = 0.5
_MANY = 4
"""Entries of a form that must be in doubt before its picture is blamed."""
_LONG, _WORDS = 3, 5
"""Letters of a word, and words, from which a page seen from behind is one; scribbles look like one or two."""
_OF_LIGHT_OR_EDGES = frozenset({"too-dark", "too-light", "too-small", "blurred"})
"""What may be wrong with a picture of which something was read."""
_SHARE_BEHIND = 0.2
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
    figures than *words* have, these are in doubt. A page without words of its own may have another beside it.
    """
    found = _alone(number, draw, seconds, words, widgets, least)
    if found is None or words or widgets:
        return found
    return replace(found, spread=partial(spread.together, found, draw, partial(_beside, seconds)))


def _beside(seconds: float, number: int, draw: Callable[[], Raster]) -> Page | None:
    """Return what lies beside another page, as a page of that number."""
    return page(number, draw, seconds)


def _alone(
    number: int,
    draw: Callable[[], Raster],
    seconds: float,
    words: tuple[Word, ...],
    widgets: tuple[Widget, ...],
    least: int,
) -> Page | None:
    """Return the page that most of a picture shows; see `page`."""
    from extractors.forms import scan as forms  # noqa: PLC0415 - forms stand on reading, not the other way

    known = forms.page(number, draw, words, widgets)
    if known is not None:
        return replace(known, filed=_size(draw()), poor=_of_form(known))
    way = sheet.lying(draw())
    scan, poor = _read(_flat(draw, way), seconds)
    course = _Course(way, scan.turn)
    told = tuple(w._replace(box=course.there(w.box)) for w in words)
    held = agreement.contradicted(told, scan.words)
    both = seen.joined(held, scan.words, least if held == told else 0)
    if words and both is None:
        return None
    found = _laid_upright(number, draw, course, both or scan.words)
    found = replace(found, widgets=tuple(w._replace(box=course.there(w.box)) for w in widgets), poor=poor)
    return replace(found, poor="cut-off") if poor is None and extent.cut_off(found) else found


def _laid_upright(number: int, draw: Callable[[], Raster], course: _Course, words: tuple[Word, ...]) -> Page:
    """Return a page of *words* that stand on it after its *course*."""
    return Page(
        number=number,
        width=course.turn.width,
        height=course.turn.height,
        words=words,
        reader="ocr",
        picture=partial(kept.picture, _upright, draw, course),
        as_filed=course.back,
        filed=_size(draw()),
    )


def _read(picture: Raster, seconds: float) -> tuple[ocr.Scan, Poor | None]:
    """Return a page as read, if need be as the zone of a card on it lies, and why it can hardly be read."""
    scan = ocr.read(picture, _SHARE * seconds)
    if ocr.clear(scan.words):
        return scan, None
    card = carded.upright(picture, scan, _SHARE * seconds)
    if card is None:
        return scan, _why(picture, scan, _SHARE_BEHIND * seconds)
    return card, _of_card(picture, card)


def _why(picture: Raster, scan: ocr.Scan, seconds: float) -> Poor | None:
    """Return why a page can hardly be read; None for one that can be, if its picture is not to blame."""
    legible = ocr.legible(scan.words)
    if not legible and not scan.words and ocr.blank(picture.grey):
        return "blank"
    found = legibility.poor(picture)
    if legible or found not in {None, "cut-off"}:
        return found if found != "cut-off" else None
    behind = replace(picture, grey=np.ascontiguousarray(picture.grey[:, ::-1]), dye=None)
    read = ocr.read(behind, seconds).words
    if ocr.legible(read) and sum(len(word.text) >= _LONG for word in read) >= _WORDS:
        return "mirrored"
    return found or "no-print"


def _of_card(picture: Raster, scan: ocr.Scan) -> Poor | None:
    """Return what is wrong with the picture of a card whose lines for machines could be read all the same."""
    found = None if ocr.clear(scan.words) else legibility.poor(picture)
    return found if found in _OF_LIGHT_OR_EDGES else None


def _of_form(page: Page) -> Poor | None:
    """Return why the entries of a known form can hardly be read, where that is so of most of them."""
    written = [entry for entry in page.laid.entries.values() if entry.text or entry.hand] if page.laid else []
    doubted = sum(entry.certainty < _DOUBTED for entry in written)
    if doubted < _MANY or 2 * doubted < len(written):
        return None
    picture = page.picture()
    found = legibility.poor(Raster(grey=picture.grey, scale=picture.scale))
    return found if found != "cut-off" else None


def _size(picture: Raster) -> tuple[float, float]:
    """Return breadth and height of a picture in points."""
    return picture.grey.shape[1] / picture.scale, picture.grey.shape[0] / picture.scale


class _Course(NamedTuple):
    """How a page became readable: laid flat where it was photographed, then turned upright."""

    way: Way | None
    turn: Turn

    def there(self, box: Box) -> Box:
        """Return where *box* of the page as it came stands on the upright page."""
        return self.turn.there(box if self.way is None else self.way.there(box))

    def back(self, box: Box) -> Box:
        """Return where *box* of the upright page stands on the page as it came."""
        flat = self.turn.back(box)
        return flat if self.way is None else self.way.back(flat)


def _upright(draw: Callable[[], Raster], course: _Course) -> Raster:
    """Return the picture evenly lit and upright."""
    picture = _flat(draw, course.way)
    dye = None if picture.dye is None else turned(picture.dye, course.turn, edge=0)
    grey = turned(even(picture.grey), course.turn)
    return Raster(grey=grey, scale=picture.scale, dye=dye, bilevel=picture.bilevel)


def _flat(draw: Callable[[], Raster], way: Way | None) -> Raster:
    """Return the picture as it came, or the sheet in it laid flat."""
    return draw() if way is None else _laid_flat(draw, way)


@kept.remembered(1)
def _laid_flat(draw: Callable[[], Raster], way: Way) -> Raster:
    """Return the sheet in a picture laid flat: it is read, and looked at when it is judged."""
    return way.flat(draw())
