"""What stands in the places of a known blank, read from a scan that was laid straight on it.

Each place is cleaned of the blank's own ink and read by two recognisers that share nothing; what a check
digit or both together do not carry stays in doubt, with what each saw. Empty places reach neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.certainty import FAXED, PROVED, certainty
from extractors.document import Reading
from extractors.forms.laid import Entry
from extractors.forms.overwriting import overtyped, overwritten
from extractors.forms.template import Sheet, Zone
from extractors.forms.zones import cleaning, combs
from extractors.forms.zones.between import remarks
from extractors.forms.zones.cleaning import Window, Written
from extractors.forms.zones.ground import Ground, ground
from extractors.forms.zones.handwriting import TELLING, Make, at_odds, by_hand, make, strays, unruled
from extractors.forms.zones.inks import wavering
from extractors.forms.zones.losses import lossy
from extractors.forms.zones.manner import manner
from extractors.forms.zones.pallor import pale
from extractors.forms.zones.pitch import beat, keeps, patchy
from extractors.forms.zones.proofs import ambiguous
from extractors.forms.zones.streaks import Streak
from extractors.forms.zones.twice import Twice, lines, twice
from extractors.page import Word
from extractors.reading.raster import Raster
from extractors.reading.words.opinion import FIRST, SECOND
from extractors.reading.words.signs import Figures
from extractors.reading.words.witness import LIKELY, VOUCHED, vouched

_TO_WRITE_IN = frozenset({"text", "comb", "choice"})
_OF_FIGURES = frozenset({"code", "number", "date", "amount"})
"""Sorts of values in which one figure typed over another is another value."""
_EMPTY = 0.97
"""Certainty that a place without a stroke is empty."""
_HARDLY_EMPTY = 0.85
"""The same under a seal, with which a pen of its colour is lifted off, where specks may be a letter or
strokes are too pale to be read, behind a line that goes down through it, and on a fax that lost strokes."""
_STREAKED = 0.85
"""Certainty at most of what a streak or a pen goes down through and both read the same at once: it may
cover a 1, or void it all."""
_HAND, _HAND_PROVED = 0.3, 0.85
"""Certainty that nothing is written where somebody wrote by hand; of a value that a check digit proves."""
_PARTED = 0.89
"""Certainty at most of what has other ink in its place, far behind it and most likely a seal's or a hair."""
_HARDLY = 0.1
"""Certainty of a reader below which what it alone saw is no reading: of 59 such values 3 were right."""
_STACKED = 0.85
"""Certainty at most of what stands on two lines: two values, of which one may correct the other."""
_DOUBTFUL = 0.5
"""Certainty at most of what runs on beyond its place, is of two inks, or lies under a stroke, or under a
streak and is not read by both at once."""


_LETTERLESS = frozenset({"number", "date", "amount"})
"""Sorts of places in which no letter stands that may be the twin of a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """`entries` by the number of the zone in the sheet; `words`, in points of the blank, are those read.

    The words stand in the places and between them; the blank's own are not among them. `streaks` go down the
    page, in pixels of its picture.
    """

    entries: Mapping[int, Entry] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    streaks: tuple[Streak, ...] = ()


class Place(NamedTuple):
    """One place in which something is written: the zone, its ink, what was seen, and how it is made."""

    zone: Zone
    found: Written
    seen: Twice
    make: Make


def entries(sheet: Sheet, picture: Raster, blank: Raster) -> Entries:
    """Return what is written on *picture*, which lies on *blank* pixel by pixel, both of the same scale.

    Raises:
        Missing: The OCR engine, the recogniser or their data are not installed.
    """
    page = ground(picture, blank)
    zones = {at: zone for at, zone in enumerate(sheet.zones) if zone.kind in _TO_WRITE_IN}
    windows = {at: cleaning.window(page, zone.box) for at, zone in zones.items()}
    found = {at: _place(page, zone, windows[at]) for at, zone in zones.items()}
    places = _of_one_ink({at: place for at, place in found.items() if place is not None})
    lost = picture.bilevel and lossy(page)
    told = _told(places, page.scale, bilevel=picture.bilevel, lost=lost)
    lost = lost or (picture.bilevel and _in_pieces(places.values()))
    read = {at: told.get(at) or _empty(page, zone, windows[at], lost=lost) for at, zone in zones.items()}
    words = (word for entry in read.values() for word in _words(entry))
    between = remarks(page, [zone.box for zone in sheet.zones])
    return Entries(entries=read, words=(*words, *between), streaks=page.streaks)


def _place(page: Ground, zone: Zone, window: Window | None) -> Place | None:
    """Return what was seen in *zone*, None where nothing is written."""
    found = window and cleaning.written(page, zone.box, window)
    if found is None:
        return None
    row = combs.row(zone, found, page.scale) if zone.cells > 1 else None
    if row is None:
        return Place(zone, found, twice(zone, lines(found, page.scale)), make(found, page.scale))
    seen = twice(zone, lines(row.found, page.scale), cells=row.signs)
    seen = seen._replace(text=row.spread(re.sub(r"[\W_]", "", seen.text)))
    return Place(zone, found, seen, make(found, page.scale))


def _of_one_ink(places: Mapping[int, Place]) -> dict[int, Place]:
    """Return the places of a page, none of two inks for wavering as those of the whole page do."""
    if not wavering([place.found.wavers for place in places.values()]):
        return dict(places)
    return {
        at: place._replace(found=place.found._replace(mixed=place.found.mixed and not place.found.wavers))
        for at, place in places.items()
    }


def _in_pieces(places: Collection[Place]) -> bool:
    """Whether a fax left what is written in pieces, or but specks of some of it."""
    texts = [(place.found, place.seen.text) for place in places]
    return any(place.found.faint for place in places) or (bool(texts) and patchy(texts))


def _empty(page: Ground, zone: Zone, window: Window | None, *, lost: bool) -> Entry:
    """Return the entry of a place in which nothing is written, or what was is *lost* but for dust.

    A fax that left other letters in pieces left of a short one, as `6º` or `8`, two or three specks.
    """
    unsure = lost or page.sealed(zone.box) or page.specked(zone.box) or pale(page, zone.box)
    unsure = unsure or (window is not None and cleaning.lined(page, zone.box, window))
    return Entry(text="", certainty=_HARDLY_EMPTY if unsure else _EMPTY, box=zone.box)


def _told(
    places: Mapping[int, Place], scale: float, *, bilevel: bool, lost: bool = False
) -> dict[int, Entry]:
    """Return the entries of the places in which something is written, in print or by hand.

    *lost* says that a fax took strokes of the blank's own letters.
    """
    texts = [(one.found, one.seen.text) for one in places.values() if one.zone.cells < 2]
    typed = beat(texts, scale)
    lost = lost or (bilevel and patchy(texts) and (typed is not None or len(texts) < TELLING))
    whole, odd = (False, False) if typed is not None else _doubts(places)
    makes = [place.make for place in places.values()]
    shown = _vouched(places) if bilevel else frozenset()

    def told(at: int, place: Place) -> Entry:
        """Return the entry of one place: what keeps the beat of a typed page does not stray."""
        if whole:
            return _by_hand(place)
        stray = strays(place.make, makes) and not (typed is not None and keeps(place.found, typed, scale))
        cut = lost or (typed is not None and patchy([(place.found, place.seen.text)]))
        if at in shown and not (odd or stray):
            return _alike(place)
        return _entry(place, odd=odd or stray, faxed=bilevel, lost=cut)

    return {at: told(at, place) for at, place in places.items()}


def _vouched(places: Mapping[int, Place]) -> frozenset[int]:
    """Return the places of figures that both readers saw alike, and that look like others of the page."""
    figures = {at: _figures(place) for at, place in places.items()}
    return frozenset(at for at in vouched(figures) if _met(places[at].seen) and _untwinned(places[at]))


def _figures(place: Place) -> Figures:
    """Return a place as one to be vouched for, and if it is likely, to compare others with."""
    return Figures(place.found.pixels, place.found.ink, place.seen.text, _likely(place))


def _met(seen: Twice) -> bool:
    """Whether both readers saw one value, and nothing in it speaks against it."""
    return seen.signals.second not in {"none", "other"} and seen.signals.proof not in {"failed", "repaired"}


def _untwinned(place: Place) -> bool:
    """Whether no letter may stand for a figure in a place; of an identity number its letter says so."""
    proved = place.seen.signals.proof in PROVED or ambiguous(place.seen.text)
    return _letterless(place.zone) or (place.zone.name.endswith("id_number") and proved)


def _likely(place: Place) -> bool:
    """Whether what was read in a place is likely by its readers, or by a check digit and not against one."""
    signals = place.seen.signals
    proved = signals.proof in PROVED and signals.second != "other"
    likely = proved or certainty("zone", manner(place.zone).sort, signals) >= LIKELY
    return likely and _most(place, odd=False) >= LIKELY


def _letterless(zone: Zone) -> bool:
    """Whether no letter is expected in *zone*: of a house's number one is rare, of a door's every second."""
    return manner(zone).sort in _LETTERLESS or zone.name.endswith(".number")


def _doubts(places: Mapping[int, Place]) -> tuple[bool, bool]:
    """Return whether a page is filled in by hand, and whether it may be.

    What runs into other ink, a seal's or a stroke's, tells of that ink; it counts where little else is.
    """
    clean = [place for place in places.values() if not place.found.odd]
    asked = clean if len(clean) >= TELLING else list(places.values())
    makes, agreed = [place.make for place in asked], [place.seen.agreed for place in asked]
    return by_hand(makes, agreed), unruled(makes, agreed) or at_odds(agreed)


def _by_hand(place: Place) -> Entry:
    """Return the entry of a place that somebody filled in by hand: only a check digit can tell its value."""
    seen = place.seen
    proved = seen.agreed and seen.signals.proof in PROVED and not place.found.odd
    return Entry(
        text=seen.text if proved else "",
        certainty=_HAND_PROVED if proved else _HAND,
        box=place.found.box,
        hand=True,
    )


def _entry(place: Place, *, odd: bool, faxed: bool, lost: bool = False) -> Entry:
    """Return the entry of a place in which something is printed, or, if *odd*, perhaps written by hand.

    If *faxed* only a check digit makes figures sure, and if strokes were *lost*, anything: both readers see
    ALLE where a fax lost the C of CALLE, and BAJU where an O lost its head.
    """
    seen, found = place.seen, place.found
    if odd and not seen.agreed:
        return _by_hand(place)
    if not any(map(str.isalnum, seen.text)) or _unread(seen):
        return Entry(text="", certainty=_DOUBTFUL, box=found.box)
    sure = min(certainty("zone", manner(place.zone).sort, seen.signals), _most(place, odd=odd))
    if faxed and seen.signals.proof not in PROVED and (lost or any(map(str.isdigit, seen.text))):
        sure = min(sure, FAXED)
    return Entry(text=seen.text, certainty=sure, box=found.box, readings=_readings(seen))


def _alike(place: Place) -> Entry:
    """Return the entry of a place whose figures look like those of their names on the page."""
    seen = place.seen
    sure = max(VOUCHED, certainty("zone", manner(place.zone).sort, seen.signals))
    return Entry(
        text=seen.text,
        certainty=min(sure, _most(place, odd=False)),
        box=place.found.box,
        readings=_readings(seen),
    )


def _most(place: Place, *, odd: bool) -> float:
    """Return the certainty at most of what stands in a place, by the ink around it and its own look."""
    seen, found = place.seen, place.found
    if odd or found.odd or found.mixed or combs.GAP in seen.text or overwritten(found, seen.text):
        return _DOUBTFUL
    if manner(place.zone).sort in _OF_FIGURES and overtyped(found, seen.text):
        return _DOUBTFUL
    if found.streaked:
        return _STREAKED if seen.agreed else _DOUBTFUL
    if found.stacked:
        return _STACKED
    return _PARTED if found.parted else 1.0


def _unread(seen: Twice) -> bool:
    """Whether the readers saw different things, and the one whose word counts hardly saw any."""
    said = seen.first if seen.text == seen.first.text else seen.second
    return seen.signals.second == "other" and said.sure < _HARDLY


def _readings(seen: Twice) -> tuple[Reading, ...]:
    """Return what each of the two saw, where they differ, be it in accents."""
    if seen.first.text == seen.second.text:
        return ()
    return tuple(
        Reading(reader=name, text=said.text, value=said.text, confidence=round(said.sure, 3))
        for name, said in ((FIRST, seen.first), (SECOND, seen.second))
        if said.text
    )


def _words(entry: Entry) -> tuple[Word, ...]:
    """Return what is written in one place as one word for all that look at the page's words."""
    return (Word(entry.text, entry.box, entry.certainty),) if entry.text else ()
