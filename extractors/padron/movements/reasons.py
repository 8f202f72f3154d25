"""Causes and places behind labels of their own, given to the movements that they follow on the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.padron.movements.causes import CAUSES, why
from extractors.padron.movements.events import Event, Told
from extractors.padron.origin import place, place_beside, tells_country
from extractors.padron.page.labels import Labelled
from extractors.padron.vocabulary import ROLES, causes_in
from extractors.prose import fold

SIDES = {
    "cause_in": "in",
    "origin": "in",
    "cause_out": "out",
    "destination": "out",
    "cause": None,
    "place": None,
    "type": "in",
}
"""Labels that tell more of an alta or a baja; None of whichever movement stands before them."""
_PLACES = frozenset({"origin", "destination", "place"})
_ALTA = re.compile(r"alta(?!\w)")
_MORE_SAID = re.compile(r"[,;(]\s*(?!(?:del?|l[ao]s?|el|d[ao]s?)\s)[a-zà-ÿ]{2,}[\s)]")
"""What a place's value says besides: "Mérida, donde sigue inscrita", "Mérida (sigue allí)"."""
_ROW = 4.0
"""Points within which two values stand on one row."""


def with_reasons(told: Told, labels: Sequence[Labelled]) -> Told:
    """Give movements the causes and places that stand behind labels after them.

    What no movement takes is left over, and the stays are less sure for it.
    """
    seen = sorted(((label.field(None, 1.0), label) for label in labels if label.value), key=_reading)
    events, taken, over = list(told.events), [], []
    for at, (spot, label) in enumerate(seen):
        if label.meaning not in SIDES or label.dated or _no_alta(label):
            over += [spot] if _untold_baja(label, events) else []
            continue
        target = _target(events, seen[:at], label)
        if target is None:
            over += [spot] if _tells(label) and not _of_another(seen[:at], label) else []
            continue
        told_more = _more(events[target], label)
        if told_more is None:
            over.append(spot)
            continue
        events[target] = replace(told_more, behind=(*told_more.behind, spot))
        taken.append(spot)
    stray = [word for word in told.stray_words if not any(_covers(spot, word) for spot in taken)]
    return replace(told, events=tuple(events), stray_words=(*stray, *over))


def own_town(told: Told, home: str | None) -> Told:
    """Take another municipality in a row for where one came from or went to: a town certifies only itself."""
    if home is None:
        return told
    events, doubted = [], []
    for event in told.events:
        told_town = fold(event.municipality or home)
        if told_town in fold(home) or fold(home) in told_town:
            events.append(event)
            continue
        events.append(replace(event, municipality=None, other=event.other or place(event.municipality or "")))
        doubted.append(event.date)
    return replace(told, events=tuple(events), stray_words=(*told.stray_words, *doubted))


def _no_alta(label: Labelled) -> bool:
    """Whether a label asks what was entered, and its value is no alta: a certificate, a state, a baja."""
    return label.meaning == "type" and _ALTA.match(fold(label.value)) is None


def _untold_baja(label: Labelled, events: Sequence[Event]) -> bool:
    """Whether a label's value names a baja on a paper that tells the day of none."""
    named = label.meaning == "type" and re.match(r"ba(?:ja|ixa)(?!\w)", fold(label.value)) is not None
    return named and all(event.what != "out" for event in events)


def _reading(entry: tuple[Field, Labelled]) -> tuple[int, float, float]:
    """Return where a value comes in reading: page, row, column."""
    spot = entry[0]
    return spot.page, round(spot.box.y0 / _ROW), spot.box.x0


def _target(events: Sequence[Event], before: Sequence[tuple[Field, Labelled]], label: Labelled) -> int | None:
    """Return which movement *label* tells more of: the only one of its side, else the last before it."""
    side = SIDES[label.meaning]
    dated = [
        (at, where)
        for where, other in before
        if other.meaning in ROLES or other.meaning == "period"
        for at in _at(events, where)
    ]
    if side is None:
        own = [
            (at, where) for where, other in before[-3:] if other.meaning in ROLES for at in _at(events, where)
        ]
        last = own[-1][0] if own else 0 if len(events) == 1 and label.meaning == "cause" else None
        return last if last is not None and events[last].what in CAUSES else None
    same = [at for at, event in enumerate(events) if event.what == side]
    if len({events[at].date.value for at in same}) == 1:
        return same[0]
    spot = label.field(None, 1.0)
    level = [at for at in same if _on_one_row(events[at].date, spot)]
    if len(level) == 1:
        return level[0]
    above = [(at, where) for at, where in dated if events[at].what == side]
    beside = {where.box.y0 for _, where in above if above and abs(where.box.y0 - above[-1][1].box.y0) < _ROW}
    return above[-1][0] if above and len(beside) == 1 else None


def _on_one_row(one: Field, other: Field) -> bool:
    """Whether two fields stand on one row of one page."""
    return one.page == other.page and abs(one.box.y0 - other.box.y0) < _ROW


def _at(events: Sequence[Event], where: Field) -> list[int]:
    """Return the movements whose date stands at *where*."""
    return [at for at, event in enumerate(events) if _covers(where, event.date)]


def _covers(spot: Field, other: Field) -> bool:
    """Whether two fields share some of the paper."""
    return spot.page == other.page and spot.box.common(other.box) > 0


def _tells(label: Labelled) -> bool:
    """Whether a label's value says something of a movement."""
    return bool(place(label.value)) if label.meaning in _PLACES else bool(causes_in(fold(label.value)))


def _of_another(before: Sequence[tuple[Field, Labelled]], label: Labelled) -> bool:
    """Whether a bare "cause" stands behind a date that is no movement: that of a change of home."""
    dated = [other.meaning for _, other in before if other.meaning in ROLES]
    return (
        SIDES[label.meaning] is None
        and bool(dated)
        and dated[-1] in {"last_change", "home_date", "other_date"}
    )


def _takes_back(value: str) -> bool:
    """Whether a place's *value* names why an entry is struck off: "Mérida - duplicado en Mérida"."""
    return any(mark.meaning in CAUSES["out"] - CAUSES["in"] for mark in causes_in(fold(value)))


def _more(event: Event, label: Labelled) -> Event | None:
    """Return the movement with what *label* adds, None where it says otherwise than the movement does."""
    if label.meaning in _PLACES:
        if _MORE_SAID.search(label.value) or _takes_back(label.value):
            return None
        other = place(label.value)
        return event if other is None else replace(event, other=event.other or other)
    told = why(label.value, event.what)
    from_there = event.other or place_beside(label.value, "")
    if told.cause is None:
        return event if told.clear and not causes_in(fold(label.value)) else None
    if event.cause not in {None, told.cause}:
        return None
    lost = from_there is None and tells_country(label.value)
    return replace(event, cause=told.cause, clear=told.clear and not lost, other=from_there)
