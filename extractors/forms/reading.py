"""From the pages of a form to its fields: by the blank of its edition, else by the labels it prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from extractors.document import Field
from extractors.forms import hands, known
from extractors.forms.across import seen_across
from extractors.forms.addresses import parted
from extractors.forms.again import reread
from extractors.forms.ink.marks import ticked
from extractors.forms.ink.signing import signed
from extractors.forms.ink.stamp import entered
from extractors.forms.labelled import sentences, unknown
from extractors.forms.labelled.telling import completed
from extractors.forms.lists import gathered
from extractors.forms.names import spread
from extractors.forms.register import Placement
from extractors.forms.shapes import shaped
from extractors.forms.spot import Spot
from extractors.forms.writing import written
from extractors.page import Page

_PART = 0.5
"""Certainty at most of a group of boxes, or a date, of which some box was not found."""
_UNPROVED = 0.89
"""Certainty at most of a box on a scan that was not proved to lie on a known blank: it may be another's."""


def read(kind: str, pages: Sequence[Page]) -> dict[str, Field]:
    """Return the fields of a form of *kind* on *pages*; what the paper does not ask is absent."""
    found: dict[str, list[Spot]] = {}
    for at, page in enumerate(hands.doubted(seen_across(pages))):
        for name, spots in _by_name(_spots(kind, page, first=at == 0)).items():
            if name not in found or name == "registry":
                found.setdefault(name, []).extend(spots)
    fields: dict[str, Field] = {}
    for name, spots in found.items():
        fields.update(_fields(name, spots))
    if not any(spot.ink is not None for spots in found.values() for spot in spots):
        fields = sentences.told(kind, pages) | parted(spread(fields))
        return gathered(completed(kind, pages, fields))
    return gathered(parted(spread(fields)))


def _spots(kind: str, page: Page, *, first: bool) -> list[Spot]:
    """Return the places to fill in on one page, none surer than that they are where they seem to be."""
    found = _found(kind, replace(page, picture=cache(page.picture)), first=first)
    if page.reader == "text" or page.laid is not None:
        return found
    return [replace(spot, sure=min(spot.sure, _UNPROVED)) for spot in found]


def _found(kind: str, page: Page, *, first: bool) -> list[Spot]:
    """Return the places to fill in on one page: by its blank, and what that leaves open by labels."""
    placement = known.laid(page, kind)
    if placement is None or not known.trusted(placement, page):
        return unknown.spots(page, kind, first=first)
    found = known.spots(placement, page)
    if page.loose:
        found = reread(found)
    whole = _complete(placement, found)
    if len(whole) == len({zone.name for zone in placement.sheet.zones}):
        return found
    told = unknown.spots(page, kind, first=first)
    told_names = {spot.name for spot in told}
    kept = [spot for spot in found if spot.name in whole or spot.name not in told_names]
    kept = [spot if spot.name in whole else replace(spot, sure=_PART) for spot in kept]
    return [*kept, *(spot for spot in told if spot.name not in {one.name for one in kept})]


def _complete(placement: Placement, found: Sequence[Spot]) -> set[str]:
    """Return the fields of which every box was found where the blank has it."""
    wanted = Counter(zone.name for zone in placement.sheet.zones)
    there = Counter(spot.name for spot in found)
    return {name for name, count in wanted.items() if there[name] == count}


def _by_name(spots: Iterable[Spot]) -> Mapping[str, list[Spot]]:
    """Group *spots* by the field they belong to."""
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[spot.name].append(spot)
    return groups


def _fields(name: str, spots: Sequence[Spot]) -> Mapping[str, Field]:
    """Return the field, or the two fields of a stamp, that *spots* hold."""
    if spots[0].kind == "stamp":
        return entered(spots)
    if spots[0].kind == "sig":
        return {name: signed(spots[0])}
    if spots[0].tick:
        return {name: ticked(spots)}
    field = written(spots)
    return {name: shaped(name, field) if spots[0].ink is None else field}
