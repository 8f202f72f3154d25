"""A scan of a known form as a page in its blank's own coordinates; None for any other paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from extractors.forms.laid import Entry, Laid
from extractors.forms.laying import blanks
from extractors.forms.laying.bending import Lie, Places
from extractors.forms.laying.rectifying import rectified
from extractors.forms.laying.registering import Registered, registered
from extractors.forms.template import Sheet
from extractors.forms.zones.complete import complete
from extractors.forms.zones.entries import Entries, entries
from extractors.lines import Box, Word
from extractors.page import Page, Widget
from extractors.reading import kept
from extractors.reading.raster import Raster

_DIGITAL = 0.5
"""Share of the blank's words from which a page of text is the blank itself, with pictures on it."""
_SURE = 1.0
"""Certainty of a place of which nothing is hidden."""


def page(
    number: int,
    draw: Callable[[], Raster],
    words: Sequence[Word] = (),
    widgets: Sequence[Widget] = (),
) -> Page | None:
    """Return page *number* laid on the blank that it is a scan of, None where it is of none that is known.

    *draw* gives the page as it came, neither turned nor evened, with its dye; it is kept for a while, so
    asking again is cheap. *words* and *widgets* are those that the file itself has on the page (a registry's
    line over a scan), with boxes on the page as it came.
    """
    picture = draw()
    found = registered(picture)
    if found is None or _told(found.blank.sheet, words):
        return None
    sheet, way = found.blank.sheet, Road(found.lie, picture.scale)
    ask = partial(kept.picture, _flat, draw, found)
    flat = ask()
    seen = entries(sheet, flat, blanks.picture(sheet.edition, sheet.number, flat.scale))
    own = tuple(word._replace(confidence=found.share) for word in sheet.words)
    over = tuple(word._replace(box=way.there(word.box)) for word in words)
    return Page(
        number=number,
        width=sheet.width,
        height=sheet.height,
        words=(*own, *seen.words, *over),
        reader="ocr",
        picture=ask,
        widgets=tuple(widget._replace(box=way.there(widget.box)) for widget in widgets),
        as_filed=way.back,
        laid=_laid(found, seen, faxed=flat.bilevel),
    )


def _flat(draw: Callable[[], Raster], found: Registered) -> Raster:
    """Return the picture drawn on its blank."""
    return rectified(draw(), found.lie, found.blank.sheet)


def _told(sheet: Sheet, words: Sequence[Word]) -> bool:
    """Whether the file itself has the words of the blank as text: then it is no scan."""
    there = {word.text for word in words}
    return sum(word.text in there for word in sheet.words) > _DIGITAL * len(sheet.words)


def _laid(found: Registered, told: Entries, *, faxed: bool) -> Laid:
    """Return how the page lies and what is written in its places."""
    seen = {at: _place(found, at, told.entries.get(at)) if faxed else sure for at, sure in found.seen.items()}
    return Laid(
        sheet=found.blank.sheet,
        share=found.share,
        entries=_placed(seen, told.entries),
        seen=seen,
        streaks=told.streaks,
        figures=told.figures,
        agreed=told.agreed,
        waiting=_placed(seen, told.waiting),
        printed=told.printed,
    )


def _place(found: Registered, at: int, entry: Entry | None) -> float:
    """Return how sure the place of what a fax shows is, *entry* being what was read in it.

    A fax loses strokes of a label and leaves others, and hairlines of a frame, and nothing lies over either:
    a value has its place where its label is there, be it worn, with a whole frame or if nothing can be
    missing from it.
    """
    if entry is None or entry.hand or not entry.text or at not in found.named:
        return found.seen[at]
    whole = at in found.framed or complete(found.blank.sheet.zones[at], entry.text)
    return _SURE if whole else found.seen[at]


def _placed(seen: Mapping[int, float], entries: Mapping[int, Entry]) -> dict[int, Entry]:
    """Return *entries*, none surer than its place is."""
    return {at: _at_most(seen[at], one) for at, one in entries.items()}


def _at_most(sure: float, entry: Entry) -> Entry:
    """Return an entry no more certain than *sure*."""
    return replace(entry, certainty=min(entry.certainty, sure))


@dataclass(frozen=True, slots=True)
class Road:
    """The road between points of the blank and points of the page as it was filed."""

    lie: Lie
    scale: float

    def back(self, box: Box) -> Box:
        """Return where *box* of the blank stands on the page as it was filed."""
        return _around(self.lie.there(_corners(box)) / self.scale)

    def there(self, box: Box) -> Box:
        """Return where *box* of the page as it was filed stands on the blank."""
        return _around(self.lie.back(_corners(box) * self.scale))


def _corners(box: Box) -> Places:
    """Return the four corners."""
    return np.array([(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])


def _around(places: Places) -> Box:
    """Return the smallest box around *places*."""
    return Box(*(float(v) for v in (*places.min(axis=0), *places.max(axis=0))))
