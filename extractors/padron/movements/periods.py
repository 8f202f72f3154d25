"""Stays put together from movements, and how sure the whole list is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Field, Item, Json, Reading
from extractors.languages.dates import dates_in, mended
from extractors.lines import Box, Word, around
from extractors.padron.movements.events import Event, Told
from extractors.padron.vocabulary import causes_in
from extractors.page import Page
from extractors.prose import Prose, fold

DOUBTFUL = 0.6
"""A movement was not understood, or a date is left that nothing explains."""
STRAY = 0.85
"""Words of movements stand about that belong to none that was read."""
UNDATED = 0.8
"""No day of issue was found, or a movement has the same day: a date taken for a movement may be it."""
UNTOLD = 0.2
"""Something is told that was not understood at all."""
DENIED = 0.5
"""The paper denies an inscription somewhere, or tells of one that is not yet, or no more."""
_TOUCHING = re.compile(r"(?<=[a-zà-ÿ]{3})(?=\d)")
"""Where the second reader runs a label and the day beside it together."""
DIFFERENT = 0.5
"""A second reader sees other dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay: the movement that began it, the one that ended it, either may be missing."""

    began: Event | None = None
    ended: Event | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The movements there are."""
        return tuple(event for event in (self.began, self.ended) if event is not None)


def moved(stays: Sequence[Stay]) -> tuple[tuple[Stay, ...], tuple[Event, ...]]:
    """Join stays that only change the home: one ends the day the next begins, and neither says why.

    Returns the stays joined, and the moves inside the municipality that they were.
    """
    joined: list[Stay] = []
    moves: list[Event] = []
    for stay in stays:
        before = joined[-1] if joined else None
        if before is not None and stay.began is not None and _same_town(before, stay):
            joined[-1] = replace(before, ended=stay.ended)
            moves.append(replace(stay.began, what="change"))
        else:
            joined.append(stay)
    return tuple(joined), tuple(moves)


def _same_town(before: Stay, stay: Stay) -> bool:
    """Whether *stay* goes on with the one *before* in another home."""
    ended, began = before.ended, stay.began
    if ended is None or began is None or ended.date.value is None or ended.date.value != began.date.value:
        return False
    silent = not (ended.cause or began.cause or ended.other or began.other)
    return silent and ended.municipality == began.municipality and ended.address != began.address


def stays_of(events: Sequence[Event]) -> tuple[tuple[Stay, ...], bool]:
    """Return the stays that *events* make, and whether they follow each other as they should."""
    moves = _ordered([event for event in events if event.what in {"in", "out"}])
    stays: list[Stay] = []
    sound = True
    for event in moves:
        last = stays[-1] if stays else None
        waits = last is not None and last.began is not None and last.ended is None
        if event.what == "in":
            sound = sound and not waits
            stays.append(Stay(began=event))
        elif waits and last is not None:
            stays[-1] = replace(last, ended=event)
        else:
            sound = False
            stays.append(Stay(ended=event))
    known = all(event.date.value for event in moves)
    return tuple(stays), sound and known


def _ordered(events: Sequence[Event]) -> list[Event]:
    """Return movements from the first to the last, each told once; unread dates keep their row's place."""
    once: list[Event] = []
    for event in events:
        twin = next((o for o in once if _same(o, event)), None)
        if twin is None:
            once.append(event)
        else:
            once[once.index(twin)] = _richer(twin, event)
    dates = [event.date.value for event in once if event.date.value]
    if dates == sorted(dates, reverse=True) and dates != sorted(dates):
        once.reverse()
        once = _rows_in_order(once)
    elif dates != sorted(dates):
        once.sort(key=lambda e: (e.date.value or "", e.what == "in"))
    return once


def _rows_in_order(events: list[Event]) -> list[Event]:
    """Put the alta before the baja again within a row, after the rows were turned round."""
    for at, (one, two) in enumerate(pairwise(events)):
        if one.row is not None and one.row == two.row and one.what == "out" and one.date.value is None:
            events[at], events[at + 1] = two, one
    return events


def _same(one: Event, two: Event) -> bool:
    """Whether two events tell the same movement: the paper says it twice, or in two languages."""
    return one.what == two.what and one.date.value is not None and one.date.value == two.date.value


def _richer(one: Event, two: Event) -> Event:
    """Return the surer telling of one movement, with what only the other says."""
    best, less = (one, two) if one.date.confidence >= two.date.confidence else (two, one)
    return replace(
        best,
        cause=best.cause or less.cause,
        clear=best.clear or (best.cause is None and less.clear),
        other=best.other or less.other,
        address=best.address or less.address,
        municipality=best.municipality or less.municipality,
        behind=(*best.behind, *less.behind),
    )


def periods_field(
    told: Told, stays: Sequence[Stay], sound: bool, pages: Sequence[Page], home: str | None
) -> Field | None:
    """Return the field `periods`, None when the paper tells no stay."""
    if not stays:
        return _untold(told, home)
    sure = _certainty(told, stays, sound=sound)
    second = _other_dates(stays, pages)
    values = [value_of(stay, home) for stay in stays]
    dates = [event.date for stay in stays for event in stay.events]
    first = dates[0]
    return Field(
        value=values,
        text="; ".join(_said(stay) for stay in stays),
        confidence=min(sure, DIFFERENT) if second else sure,
        page=first.page,
        box=around(date.box for date in dates if date.page == first.page),
        readings=second,
        items=tuple(_item(stay, sure) for stay in stays),
    )


def _untold(told: Told, home: str | None) -> Field | None:
    """Return one stay without dates where the paper holds dates or movements that were not understood."""
    if not told.loose_dates:
        return None
    place = told.loose_dates[0]
    return Field(
        value=[value_of(Stay(), home)],
        text="; ".join(date.text for date in told.loose_dates),
        confidence=UNTOLD,
        page=place.page,
        box=place.box,
        readings=tuple(
            Reading(reader="text", text=date.text, value=date.value, confidence=UNTOLD)
            for date in told.loose_dates
        ),
        items=(Item(page=place.page, box=place.box, confidence=UNTOLD),),
    )


def _certainty(told: Told, stays: Sequence[Stay], *, sound: bool) -> float:
    """Return the chance that the list of stays is right and whole."""
    sure = min(event.date.confidence for stay in stays for event in stay.events)
    if any(event.date.value is None for stay in stays for event in stay.events):
        sure = min(sure, 0.3)
    if told.denied:
        sure = min(sure, DENIED)
    if told.loose_dates or told.loose_words or not sound:
        sure = min(sure, DOUBTFUL)
    if any(not told.born <= day <= told.made for day in _days(stays)):
        sure = min(sure, DOUBTFUL)
    if not told.said_on or _said_again(told, stays):
        sure = min(sure, UNDATED)
    if told.strange_words or not all(event.clear for stay in stays for event in stay.events):
        sure = min(sure, STRAY)
    if not all(_explained(words.text, stays) for words in told.stray_words):
        sure = min(sure, STRAY)
    return sure


def _explained(words: str, stays: Sequence[Stay]) -> bool:
    """Whether a change of residence named somewhere is that of a movement: a label may stand far from it.

    Beside a movement that says neither why nor from where it may be the missing word of that one.
    """
    meant = {mark.meaning for mark in causes_in(fold(words))}
    moves = [event for stay in stays for event in stay.events]
    if any(event.cause is None and (event.other is None or event.what == "in") for event in moves):
        return False
    return meant == {"residence_change"} and any(
        event.cause in {"residence_change", "abroad"} or event.other is not None for event in moves
    )


def _days(stays: Sequence[Stay]) -> list[str]:
    """Return the days of all movements that were read."""
    return [str(event.date.value) for stay in stays for event in stay.events if event.date.value]


def _said_again(told: Told, stays: Sequence[Stay]) -> bool:
    """Whether a movement has the very day of issue: it may be that day, read twice."""
    issued = {date.value for date in told.said_on}
    return any(event.date.value in issued for stay in stays for event in stay.events)


def _item(stay: Stay, sure: float) -> Item:
    """Return the place of one stay: around its dates, and what labels tell of them, on the page of the first.

    What stands there is looked at once more on a scan: a misread cause or origin is as wrong as a day.
    """
    dates = [event.date for event in stay.events]
    page = dates[0].page
    spots = [*dates, *(spot for event in stay.events for spot in event.behind)]
    boxes = [spot.box for spot in spots if spot.page == page]
    return Item(page=page, box=around(boxes), confidence=min([sure, *(d.confidence for d in dates)]))


def _said(stay: Stay) -> str:
    """Return the paper's own words for a stay's dates."""
    began = stay.began.date.text if stay.began else "?"
    return f"{began} - {stay.ended.date.text}" if stay.ended else began


def value_of(stay: Stay, home: str | None) -> dict[str, Json]:
    """Return a stay as the contract prints it."""
    began, ended = stay.began, stay.ended
    town = next((event.municipality for event in stay.events if event.municipality), None)
    return {
        "municipality": town or home,
        "from": began.date.value if began else None,
        "to": ended.date.value if ended else None,
        "cause_in": _cause(began),
        "cause_out": _cause(ended),
        "origin": began.other.name or None if began and began.other else None,
        "address": began.address if began else None,
    }


def _cause(event: Event | None) -> str | None:
    """Return the cause of a movement: from or to another country it is `abroad`, however it is called."""
    if event is None:
        return None
    if (
        event.other is not None
        and event.other.abroad
        and event.cause in {None, "residence_change", "omission"}
    ):
        return "abroad" if event.cause != "omission" else "omission"
    return event.cause


def _other_dates(stays: Sequence[Stay], pages: Sequence[Page]) -> tuple[Reading, ...]:
    """Return what a second reader sees where it does not see the deciding dates; it reads a page once."""
    dates = [event.date for stay in stays for event in stay.events if event.date.value is not None]
    seen: list[Reading] = []
    for page in pages:
        own = [date for date in dates if date.page == page.number]
        if not own or page.second_words is None:
            continue
        words = page.second_words()
        for date in own:
            text = _inside(page, words, date.box)
            found = dates_in(mended(_TOUCHING.sub(" ", text)))
            values = [day.value.isoformat() for day in found if day.value]
            if date.value not in values:
                seen.append(Reading(reader="second", text=text, value=values, confidence=DIFFERENT))
    return tuple(seen)


def _inside(page: Page, words: Sequence[Word], box: Box) -> str:
    """Return which of the *words* stand inside *box*."""
    near = box.grown(1.5)
    inside = tuple(word for word in words if near.holds(*word.box.middle))
    return Prose([replace(page, words=inside)]).text.strip()
