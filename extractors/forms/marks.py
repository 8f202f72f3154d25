"""Reading tick boxes and signatures: the form field's state, a sign in the box, or ink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.document import Field, Json, Reading
from extractors.forms.ink import INSET, share, writing
from extractors.forms.spot import Spot
from extractors.page import Box, around

FORM, SIGN, INK = 0.99, 0.98, 0.96
_UNCLEAR = 0.5
_DIFFER = 0.4
_OFF_MOST, _ON_LEAST, _ON_MOST = 0.02, 0.07, 0.85
"""Dark share of the inside of a box: up to the first it is empty; from the second to the third ticked."""
_UNTICKED = frozenset("☐□○◯❑❏-_")
_SIGNED_LEAST, _SIGNED_NONE = 0.006, 0.0015
_NOBODY = frozenset({"fdo", "firma", "firmado", "sinatura", "asinado", "signatura", "signat", "sinadura"})
"""Words that ask for a signature and are none."""


class Mark(NamedTuple):
    """Whether a box is marked, and how sure that is."""

    on: bool
    sure: float
    readings: tuple[Reading, ...] = ()


def ticked(spots: Sequence[Spot]) -> Field:
    """Return the field of one tick box, or of a group of which none, one or several are ticked."""
    marks = [mark(spot) for spot in spots]
    chosen = [spot for spot, found in zip(spots, marks, strict=True) if found.on]
    return Field(
        value=_value(spots, chosen),
        text=", ".join(spot.label for spot in chosen),
        confidence=min(min(found.sure, spot.sure) for spot, found in zip(spots, marks, strict=True)),
        page=spots[0].page.number,
        box=around(spot.box for spot in chosen or spots),
        readings=tuple(reading for found in marks for reading in found.readings),
    )


def _value(spots: Sequence[Spot], chosen: Sequence[Spot]) -> Json:
    """Return true or false for a single box; for a group one slug, None, or a list of slugs."""
    if {spot.value for spot in spots} == {"true"}:
        return bool(chosen)
    slugs = list(dict.fromkeys(spot.value for spot in chosen))
    return (slugs[0] if slugs else None) if len(slugs) < 2 else slugs


def mark(spot: Spot) -> Mark:
    """Return whether one box is ticked: by its form field, checked against what the page shows."""
    seen = _seen(spot)
    if spot.widget is None:
        return seen
    on = bool(spot.widget.on)
    if seen.on and not on:
        told = Reading(reader="form", text="", value=False, confidence=FORM)
        shown = Reading(reader=spot.page.reader, text="", value=True, confidence=seen.sure)
        return Mark(on=False, sure=_DIFFER, readings=(told, shown))
    return Mark(on=on, sure=FORM)


def _seen(spot: Spot) -> Mark:
    """Return what the words and the ink inside the box say."""
    signs = "".join(word.text for word in spot.words)
    if signs and (spot.page.reader == "text" or spot.ink is None):  # OCR takes the border for letters
        sure = min(SIGN, *(word.confidence for word in spot.words)) if len(signs) <= 3 else _UNCLEAR
        return Mark(on=not set(signs) <= _UNTICKED, sure=sure)
    dark = share(spot.page.picture(), _inside(spot.box))
    if dark <= _OFF_MOST:
        return Mark(on=False, sure=INK)
    return Mark(on=dark >= _ON_LEAST, sure=INK if _ON_LEAST <= dark <= _ON_MOST else _UNCLEAR)


def _inside(box: Box) -> Box:
    """Return the box without its border, where a neighbour's stroke seldom comes."""
    return box.grown(-0.22 * min(box.width, box.height))


def signed(spot: Spot) -> Field:
    """Return whether somebody signed in the box: digitally, with ink, or with a typed name."""
    on, sure, text = _signature(spot)
    if not on and not spot.room:
        sure = min(sure, _UNCLEAR)
    return Field(value=on, text=text, confidence=min(sure, spot.sure), page=spot.page.number, box=spot.box)


def _signature(spot: Spot) -> tuple[bool, float, str]:
    """Return whether the box is signed, how sure that is and the text in it."""
    if spot.widget is not None and spot.widget.signed:
        return True, FORM, ""
    names = [word for word in spot.words if word.text.strip(".:_- ").lower() not in _NOBODY]
    text = " ".join(word.text for word in names)
    dark = _strokes(spot)
    if text:
        return True, min(0.85, *(word.confidence for word in names)), text
    if dark <= _SIGNED_NONE:
        return False, 0.95, ""
    return dark >= _SIGNED_LEAST, 0.95 if dark >= _SIGNED_LEAST else _UNCLEAR, ""


def _strokes(spot: Spot) -> float:
    """Return the dark share inside a signature box, without what the blank prints there."""
    inner = spot.box.grown(-2 * INSET)
    if spot.ink is None:
        return writing(spot.page.picture(), inner)
    return share(spot.page.picture(), inner) - spot.ink
