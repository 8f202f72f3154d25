"""What stands in the places of a known blank, read from a scan that was laid straight on it.

Each place is cleaned of the blank's own ink and read by two recognisers that share nothing; what a check
digit or both together do not carry stays in doubt, with what each saw. Empty places reach neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extractors.certainty import ACCEPTED, FAXED, PROVED, certainty
from extractors.document import Reading
from extractors.forms.laid import Entry
from extractors.forms.template import Sheet, Zone
from extractors.forms.zones import cleaning, combs
from extractors.forms.zones.between import remarks
from extractors.forms.zones.cleaning import Window
from extractors.forms.zones.ground import Ground, ground
from extractors.forms.zones.handwriting import TELLING, at_odds, by_hand, make, printed, strays
from extractors.forms.zones.inks import of_one
from extractors.forms.zones.losses import lossy
from extractors.forms.zones.manner import manner
from extractors.forms.zones.pallor import pale
from extractors.forms.zones.pitch import beat, keeps, patchy
from extractors.forms.zones.places import DOUBTFUL, Place, most
from extractors.forms.zones.streaks import Streak
from extractors.forms.zones.third import confirmed
from extractors.forms.zones.touched import touched_up
from extractors.forms.zones.twice import Twice, lines, twice
from extractors.forms.zones.vouching import agreed, askable, figures
from extractors.lines import Word
from extractors.reading.raster import Raster
from extractors.reading.words.opinion import FIRST, SECOND
from extractors.reading.words.signs import Figures
from extractors.reading.words.witness import VOUCHED, vouched

_TO_WRITE_IN = frozenset({"text", "comb", "choice"})
_EMPTY = 0.97
"""Certainty that a place without a stroke is empty."""
_HARDLY_EMPTY = 0.85
"""The same under a seal, with which a pen of its colour is lifted off, where specks may be a letter or
strokes are too pale to be read, behind a line that goes down through it, and on a fax that lost strokes."""
_HAND, _HAND_PROVED = 0.3, 0.85
"""Certainty that nothing is written where somebody wrote by hand; of a value that a check digit proves."""
_HARDLY = 0.1
"""Certainty of a reader below which what it alone saw is no reading: of 59 such values 3 were right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """`entries` by the number of the zone in the sheet; `words`, in points of the blank, are those read.

    The words stand in the places and between them; the blank's own are not among them. `streaks` go down the
    page, in pixels of its picture. `figures`, `agreed`, `waiting` and `printed` are those of `Laid`.
    """

    entries: Mapping[int, Entry] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    streaks: tuple[Streak, ...] = ()
    figures: Mapping[int, Figures] = field(default_factory=dict)
    agreed: frozenset[int] = frozenset()
    waiting: Mapping[int, Entry] = field(default_factory=dict)
    printed: bool | None = None


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
    values = {at: figures(place) for at, place in places.items()}
    strange = touched_up(values)
    places = places if picture.bilevel else _altered(places, strange)
    values = values if picture.bilevel else {}
    told = _told(places, values, page.scale, lost=lost, strange=strange)
    lost = lost or (picture.bilevel and _in_pieces(places.values()))
    read = {
        at: told.entries.get(at) or _empty(page, zone, windows[at], lost=lost) for at, zone in zones.items()
    }
    words = (word for entry in read.values() for word in _words(entry))
    between = remarks(page, [zone.box for zone in sheet.zones])
    return Entries(
        entries=read,
        words=(*words, *between),
        streaks=page.streaks,
        figures=values,
        agreed=agreed(places) if values else frozenset(),
        waiting=told.waiting,
        printed=told.printed,
    )


def _place(page: Ground, zone: Zone, window: Window | None) -> Place | None:
    """Return what was seen in *zone*, None where nothing is written."""
    found = window and cleaning.written(page, zone.box, window)
    if found is None:
        return None
    row = combs.row(zone, found, page.scale) if zone.cells > 1 else None
    rows = lines(found if row is None else row.found, page.scale)
    if row is None:
        return Place(zone, found, twice(zone, rows), make(found, page.scale), rows)
    seen = twice(zone, rows, cells=row.signs)
    seen = seen._replace(text=row.spread(re.sub(r"[\W_]", "", seen.text)))
    return Place(zone, found, seen, make(found, page.scale), rows)


def _of_one_ink(places: Mapping[int, Place]) -> dict[int, Place]:
    """Return the places of a page, none of two inks that is so because the whole page's ink wavers."""
    one = of_one([place.found.wavers for place in places.values()])
    return {
        at: place._replace(found=place.found._replace(mixed=place.found.mixed and not whole))
        for (at, place), whole in zip(places.items(), one, strict=True)
    }


def _altered(places: Mapping[int, Place], strange: Collection[int]) -> dict[int, Place]:
    """Return the places of a page, in doubt where a pen may have made a figure of another."""
    return {
        at: place._replace(found=place.found._replace(altered=at in strange)) for at, place in places.items()
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


class _Told(NamedTuple):
    """The entries of a page, and those of figures of a fax as they are if another page vouches for them.

    `printed` is that of `Laid`.
    """

    entries: dict[int, Entry]
    waiting: dict[int, Entry]
    printed: bool | None


def _told(
    places: Mapping[int, Place],
    values: Mapping[int, Figures],
    scale: float,
    *,
    lost: bool = False,
    strange: Collection[int] = (),
) -> _Told:
    """Return the entries of the places in which something is written, in print or by hand.

    *values* are those of a page in black and white alone, none of another; *lost* says that a fax took
    strokes of the blank's own letters. In those that are *strange* a pen may have touched up a figure.
    """
    texts = [(one.found, one.seen.text) for one in places.values() if one.zone.cells < 2]
    typed, bilevel = beat(texts, scale), bool(values)
    lost = lost or (bilevel and patchy(texts) and (typed is not None or len(texts) < TELLING))
    ruled = True if typed is not None else printed([one.make for one in places.values() if not one.found.odd])
    whole, odd = (False, False) if typed is not None else _doubts(places)
    odd = odd or ruled is False
    makes = [place.make for place in places.values()]
    shown = vouched(values, agreed(places))

    def by_pen(place: Place) -> bool:
        """Whether a place may be by hand: what keeps the beat of a typed page does not stray."""
        kept = typed is not None and keeps(place.found, typed, scale)
        return odd or (strays(place.make, makes) and not kept)

    def told(at: int, place: Place) -> Entry:
        """Return the entry of one place."""
        if whole:
            return _by_hand(place)
        if at in alike and at in shown:
            return alike[at]
        cut = lost or (typed is not None and patchy([(place.found, place.seen.text)]))
        entry = _entry(place, odd=by_pen(place), faxed=bilevel, lost=cut)
        return entry if by_pen(place) or at in strange else _confirmed(place, entry)

    open_ = {at: places[at] for at in values if not whole and askable(places[at])}
    alike = {at: _alike(place) for at, place in open_.items() if not by_pen(place)}
    waiting = {at: entry for at, entry in alike.items() if at not in shown}
    return _Told({at: told(at, place) for at, place in places.items()}, waiting, ruled)


def _doubts(places: Mapping[int, Place]) -> tuple[bool, bool]:
    """Return whether a page is filled in by hand, and whether it may be.

    What runs into other ink, a seal's or a stroke's, tells of that ink; it counts where little else is.
    """
    clean = [place for place in places.values() if not place.found.odd]
    asked = clean if len(clean) >= TELLING else list(places.values())
    makes, agreed = [place.make for place in asked], [place.seen.agreed for place in asked]
    return by_hand(makes, agreed), at_odds(agreed)


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
        return Entry(text="", certainty=DOUBTFUL, box=found.box)
    sure = min(certainty("zone", manner(place.zone).sort, seen.signals), most(place, odd=odd))
    if faxed and seen.signals.proof not in PROVED and (lost or any(map(str.isdigit, seen.text))):
        sure = min(sure, FAXED)
    return Entry(text=seen.text, certainty=sure, box=found.box, readings=_readings(seen))


def _confirmed(place: Place, entry: Entry) -> Entry:
    """Return the entry of a place in print, as sure as a third reader makes it where two would not pass."""
    if entry.certainty >= ACCEPTED or not entry.text or most(place, odd=False) < ACCEPTED:
        return entry
    sure = min(confirmed(place), most(place, odd=False))
    return replace(entry, certainty=sure) if sure > 0 else entry


def _alike(place: Place) -> Entry:
    """Return the entry of a place whose figures look like those of their names on the page."""
    seen = place.seen
    sure = max(VOUCHED, certainty("zone", manner(place.zone).sort, seen.signals))
    return Entry(
        text=seen.text,
        certainty=min(sure, most(place, odd=False)),
        box=place.found.box,
        readings=_readings(seen),
    )


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
