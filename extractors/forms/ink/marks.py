"""Reading tick boxes: the form field's state, a sign in the box, or ink.

The constants are set by hand between what empty and ticked boxes of the known blanks showed: 2 000 boxes
with five kinds of damage, ticked in the ways of fixtures/ticks.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.document import Field, Json, Reading
from extractors.forms.ink.bare import Bare
from extractors.forms.ink.beyond import Known, beside
from extractors.forms.ink.squares import Own, Sighting, look
from extractors.forms.laid import Entry
from extractors.forms.spot import Spot
from extractors.forms.template import Zone
from extractors.lines import Box, around

FORM, SIGN, INK = 0.99, 0.98, 0.96
UNCLEAR = 0.5
_DIFFER = UNSEEN = 0.4
_UNDER_SEAL = 0.85
"""Certainty at most of a box of which a seal covers a part: its dye is never taken out without a trace."""
_CORRECTED = 0.8
"""Certainty at most of the one plain tick beside boxes blackened to undo them."""
_OFF_MOST, _ON_LEAST = 0.01, 0.06
"""Dark share of the inside of a box: up to the first it is empty, from the second on it may be ticked.

Of 2 000 boxes with five kinds of damage an empty one had 0 and the faintest tick 0.05.
"""
_REACH = 0.45
"""Inner sides that a tick reaches at least; the stub of a stroke from elsewhere reached 0.4, a dot 0.55."""
_TRACE = 0.02
"""Dark share inside from which strange ink around the box is likelier a tick drawn too large than dirt."""
_LEVEL = 0.45
"""Breadth of a level or upright stroke by its length: a dash or a line through the box, which may say no."""
_OVER = 0.7
"""Strange ink in so much of the way around a box is likelier a large cross in it than a line through it."""
_BLACK = 0.85
"""Dark share from which a box is blackened: to tick it, or to undo a tick. The thickest cross had 0.78."""
_STAINED = 0.12
"""Strange ink around an empty box, in its own areas, that makes it doubtful: 98 of 100 had 0.02 at most."""
_CIRCLE = 0.25
_TURN = 0.85
"""Ink in so much of the way around an empty box is a circle drawn around it, or what was taken for a seal's:
a circle in colour that touches tinged print is as large as one."""
_SPILT = 0.15
"""Strange ink around a blackened box: whoever fills one keeps inside, whoever scratches one out does not."""
_TOUCHED = 0.06
"""Strange ink over a label: a circle or a line through it had 0.14 at least, letters of a stamp through a box
and its label 0.07, else there was 0.05 at most."""
_BEYOND = 0.04
"""Strange ink further off a tick: beside 355 of 366 there was 0.03 at most, see `beyond`."""
_MISSED = 0.03
"""Strange ink near boxes of which none is ticked, in areas of one, that may be a tick set beside it: of 124
such groups 120 had 0.02 at most, of 28 crosses and ticks beside their box 27 had more."""
FAINT = 0.8
"""Certainty at most of emptiness where the print itself was lost: a pencil is lost with it."""
_KEPT = 0.85
"""Share of the blank's ink that is there on any but a fax set too light, which had 0.5 to 0.8."""
_UNTICKED = frozenset("☐□○◯❑❏-_")


class Mark(NamedTuple):
    """Whether a box is marked, and how sure that is; `black` that it is filled to its edges.

    `faint` says that nothing but lost print makes a box that seems empty doubtful.
    """

    on: bool
    sure: float
    readings: tuple[Reading, ...] = ()
    black: bool = False
    faint: bool = False


def ticked(spots: Sequence[Spot]) -> Field:
    """Return the field of one tick box, or of a group of which none, one or several are ticked."""
    marks = _heeded(_settled([mark(spot) for spot in spots], spots), spots)
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


def _settled(marks: Sequence[Mark], spots: Sequence[Spot]) -> list[Mark]:
    """Return the marks of a group: of several ticks in ink those blackened are undone, else none is sure.

    The pen of one clear tick is seen there: where the print is as faint, it would have been seen again.
    """
    inked = [at for at, one in enumerate(marks) if one.on and spots[at].widget is None]
    if {spot.value for spot in spots} == {"true"} or not inked:
        return list(marks)
    if len(inked) == 1:
        clear = marks[inked[0]].sure >= INK and not marks[inked[0]].black
        return [one._replace(sure=INK) if clear and one.faint else one for one in marks]
    black = {at for at in inked if marks[at].black}
    if len(inked) - len(black) != 1:
        return [one._replace(sure=min(one.sure, UNCLEAR)) if one.on else one for one in marks]
    settled = list(marks)
    for at in inked:
        settled[at] = marks[at]._replace(on=at not in black, sure=min(marks[at].sure, _CORRECTED))
    return settled


def _heeded(marks: Sequence[Mark], spots: Sequence[Spot]) -> Sequence[Mark]:
    """Return the marks of a group, none of them sure where a tick that missed its box may stand by."""
    if any(one.on or one.sure <= UNCLEAR for one in marks) or not any(_missed(spot, spots) for spot in spots):
        return marks
    return [one._replace(sure=UNCLEAR) for one in marks]


def _missed(spot: Spot, group: Sequence[Spot]) -> bool:
    """Whether ink that nothing explains stands near an empty box of a scan, or over its label."""
    own = _own(spot)
    if own is None or own.blank is None or spot.widget is not None:
        return False
    boxes = {one.box for one in group}
    known = own.known._replace(ticks=[box for box in own.known.ticks if box not in boxes])
    return beside(spot.page.picture(), spot.box, own.blank, known, own.label) > _MISSED


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
    shown = told(look(spot.page.picture(), spot.box, _own(spot)))
    signs = "".join(word.text for word in spot.words)
    if not signs or (spot.page.reader != "text" and spot.ink is not None):  # OCR takes the border for letters
        return shown
    sure = min(SIGN, *(word.confidence for word in spot.words)) if len(signs) <= 3 else UNCLEAR
    on = not set(signs) <= _UNTICKED
    return Mark(on=on, sure=sure, black=on and shown.black)


def told(seen: Sighting) -> Mark:
    """Return what the ink of one box means."""
    if not seen.seen:
        return Mark(on=seen.inside >= _ON_LEAST, sure=UNSEEN)
    most = _UNDER_SEAL if seen.seal > _OFF_MOST else INK
    if seen.inside <= _OFF_MOST:
        return _empty(seen, most)
    line = seen.across or seen.flat < _LEVEL * seen.reach
    if seen.inside < _ON_LEAST or seen.reach < _REACH or line:
        beyond = seen.outside >= _STAINED and seen.inside >= _TRACE
        crossed = seen.across and seen.turn >= _OVER and seen.reach >= _REACH
        return Mark(
            on=crossed or (not seen.across and (beyond or (seen.reach >= _REACH and not line))), sure=UNCLEAR
        )
    black = seen.inside >= _BLACK
    strange = seen.label > _TOUCHED or seen.beyond > _BEYOND
    doubt = (black and seen.outside > _SPILT) or strange or seen.long
    return Mark(on=True, sure=UNCLEAR if doubt else most, black=black)


def _empty(seen: Sighting, most: float) -> Mark:
    """Return what the ink around an empty box means: a circle around it, or its word, may choose it."""
    if seen.outside >= _CIRCLE and seen.turn >= _TURN:
        return Mark(on=True, sure=UNCLEAR)
    if seen.outside > _STAINED or seen.label > _TOUCHED or seen.ringed >= _TURN:
        return Mark(on=False, sure=UNCLEAR)
    if seen.kept >= _KEPT:
        return Mark(on=False, sure=most)
    return Mark(on=False, sure=min(most, FAINT), faint=most == INK)


def _written(zone: Zone, entry: Entry | None) -> Box | None:
    """Return where ink near a box is a place's own value; elsewhere in the place it may be a note on the box.

    What nobody could read as a value may be one as a whole.
    """
    if zone.tick or (entry is not None and (not entry.text or entry.certainty <= UNCLEAR)):
        return None
    return entry.box if entry is not None else zone.box


def _own(spot: Spot) -> Own | None:
    """Return what is printed around the box: by the blank below a scan, else by the words read there."""
    laid = spot.page.laid
    if laid is not None:
        zone = next(
            (one for one in laid.sheet.zones if (one.name, one.value) == (spot.name, spot.value)), None
        )
        words = [laid.sheet.words[at].box for at in zone.label] if zone else []
        blank = Bare(laid.sheet.edition, laid.sheet.number, spot.page.picture().scale)
        return Own(
            blank=blank,
            label=around(words) if words else None,
            boxes=spot.near,
            known=Known(
                streaks=laid.streaks,
                places=[
                    box
                    for at, one in enumerate(laid.sheet.zones)
                    if (box := _written(one, laid.entries.get(at))) is not None
                ],
                ticks=[one.box for one in laid.sheet.zones if one.tick],
            ),
        )
    if spot.page.reader != "text" or spot.ink is None:
        return None
    return Own(words=[word.box for word in spot.page.words if word not in spot.words], boxes=spot.near)
