"""Reading a known edition: the zones of its blank, laid over the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from extractors.forms.ink.drawn import framed
from extractors.forms.laid import Laid
from extractors.forms.register import Placement, key, place
from extractors.forms.spot import Spot, filled, neighbours, widget_at
from extractors.forms.template import Zone, sheets
from extractors.lines import Box, Word
from extractors.page import Page

GATE = {"text": 0.75, "ocr": 0.45}
"""Share of the blank's words that must stand in place before its zones are believed."""
_SURE = {"text": 0.99, "ocr": 0.97}
_PLACED = 0.99
"""Certainty of a place on a scan that was proved to lie on its blank."""
_NEIGHBOURS = 8
_KEPT = 16
"""Placements remembered: a few pages, for each of our kinds."""
_AUTOMATIC = re.compile(
    r"(texto?|campo|casilla de verificación|check ?box|grupo( de opciones)?|botón de opción|group|undefined"
    r"|untitled|text ?field|fill|row|field|radio( button)?)?[ _]*[\d_]*",
    re.IGNORECASE,
)
"""Names that a program gives by itself: they say nothing about the box."""


def laid(page: Page, kind: str) -> Placement | None:
    """Return the sheet of *kind* that fits the page best, None where none fits at all."""
    if page.laid is not None:
        return _as_laid(page, page.laid) if page.laid.sheet.kind == kind else None
    return _laid(page.words, kind, loose=page.reader == "ocr")


def _as_laid(page: Page, laid: Laid) -> Placement:
    """Return the sheet of a scan that has its blank's own coordinates: its words come first on the page."""
    return Placement(
        sheet=laid.sheet,
        share=laid.share,
        matrix=np.eye(2, 3),
        found={at: at for at in range(len(laid.sheet.words))},
        page_words=page.words,
    )


@lru_cache(maxsize=_KEPT)
def _laid(words: tuple[Word, ...], kind: str, *, loose: bool) -> Placement | None:
    """Lay all sheets of *kind*: asked for the same page when it is recognised and when it is read."""
    seen = {key(word.text) for word in words}
    likely = [sheet for sheet in sheets(kind) if loose or _common(sheet.words, seen) > 0.3]
    found = [placement for sheet in likely if (placement := place(words, sheet, loose=loose))]
    return max(found, key=lambda placement: placement.share, default=None)


def _common(words: tuple[Word, ...], seen: set[str]) -> float:
    """Return the share of the blank's different words that the page has anywhere."""
    wanted = {key(word.text) for word in words}
    return len(wanted & seen) / len(wanted)


def trusted(placement: Placement, page: Page) -> bool:
    """Whether so many of the blank's words stand in place, over most of the sheet, that zones may be read."""
    if page.laid is not None:
        return True  # it went through the gate of registered scans
    places = np.array([placement.sheet.words[at].box.middle for at in placement.found])
    whole = np.array([word.box.middle for word in placement.sheet.words])
    spread = np.ptp(places, axis=0) / np.maximum(np.ptp(whole, axis=0), 1.0)
    return placement.share >= GATE[page.reader] and bool((spread > 0.6).all())


def spots(placement: Placement, page: Page) -> list[Spot]:
    """Return the zones that stand where the blank has them, with what is written in each."""
    if page.laid is not None:
        return _entered(page, page.laid)
    found = [spot for zone in placement.sheet.zones if (spot := _spot(placement, page, zone))]
    return filled(neighbours(found), free(placement, page))


def _entered(page: Page, laid: Laid) -> list[Spot]:
    """Return the zones of a scan that lies on its blank, with what was read in each."""
    found = [
        Spot(
            page=page, name=zone.name, kind=zone.kind, box=zone.box,
            sure=min(_PLACED, laid.seen.get(at, _PLACED)), label=laid.sheet.label(zone),
            value=zone.value, part=zone.part, choices=zone.choices, cells=zone.cells, ink=zone.ink,
            widget=widget_at(page, zone.box, zone.kind), entry=laid.entries.get(at),
        )
        for at, zone in enumerate(laid.sheet.zones)
    ]  # fmt: skip
    return filled(neighbours(found), page.words[len(laid.sheet.words) :])


def _spot(placement: Placement, page: Page, zone: Zone) -> Spot | None:
    """Return the zone on the page; None where its label stands elsewhere or its box is not there."""
    sure = _support(placement, page, zone)
    if sure is None:
        return None
    box = _shifted(placement, zone)
    widget = widget_at(page, box, zone.kind)
    if zone.tick and widget is None and not framed(page.picture(), box):
        return None
    if zone.kind in {"text", "comb"} and widget is None and any(w.kind == "text" for w in page.widgets):
        sure = min(sure, 0.9)
    return Spot(
        page=page, name=zone.name, kind=zone.kind, box=box, sure=sure, label=placement.sheet.label(zone),
        value=zone.value, part=zone.part, choices=zone.choices,
        cells=zone.cells, ink=zone.ink, widget=widget,
        clash=widget is not None and _clash(placement, zone, widget.name),
    )  # fmt: skip


def _support(placement: Placement, page: Page, zone: Zone) -> float | None:
    """Return how sure the zone's place is: its own label proves it, on a scan its neighbours may."""
    if placement.supported(zone):
        return _SURE[page.reader]
    if page.reader == "text":
        return None
    x, y = zone.box.middle
    words = placement.sheet.words
    near = sorted(range(len(words)), key=lambda at: abs(complex(*words[at].box.middle) - complex(x, y)))
    met = sum(at in placement.found for at in near[:_NEIGHBOURS])
    return 0.85 if met >= _NEIGHBOURS / 2 else None


def _shifted(placement: Placement, zone: Zone) -> Box:
    """Return the zone on the page, moved by what its own label is off."""
    box = placement.box(zone.box)
    off = [
        np.subtract(placement.middle(at), placement.box(placement.sheet.words[at].box).middle)
        for at in zone.label
        if at in placement.found
    ]
    dx, dy = np.mean(off, axis=0) if off else (0.0, 0.0)
    return Box(box.x0 + float(dx), box.y0 + float(dy), box.x1 + float(dx), box.y1 + float(dy))


def _clash(placement: Placement, zone: Zone, name: str) -> bool:
    """Whether a widget bears a telling name that this edition gives to another box."""
    if _AUTOMATIC.fullmatch(name) or name == zone.acroform:
        return False
    return any(other.acroform == name and other.name != zone.name for other in placement.sheet.zones)


def free(placement: Placement, page: Page) -> list[Word]:
    """Return the page's words that the blank does not print."""
    own = placement.own
    free = [word for at, word in enumerate(page.words) if at not in own]
    missed = list(_missed(placement))
    if page.reader == "text":
        signs = {other.text for other in missed if not key(other.text)}  # dots, dashes: never paired
        return [word for word in free if word.text not in signs]
    return [word for word in free if not any(_same(word, other) for other in missed)]


def _missed(placement: Placement) -> Iterator[Word]:
    """Give the blank's words that were not found, where they should stand on the page."""
    for at, word in enumerate(placement.sheet.words):
        if at not in placement.found:
            yield word._replace(box=placement.box(word.box))


def _same(seen: Word, printed: Word) -> bool:
    """Whether *seen* is the printed word misread: on its place and not quite unlike it."""
    area = max(min(seen.box.width * seen.box.height, printed.box.width * printed.box.height), 1.0)
    if seen.box.common(printed.box) / area < 0.5:
        return False
    return printed.box.height > 0.5 * seen.box.height or fuzz.ratio(key(seen.text), key(printed.text)) > 40
