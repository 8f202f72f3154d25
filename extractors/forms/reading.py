"""From the pages of a form to its fields: by the blank of its edition, else by the labels it prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.document import Field
from extractors.forms import known
from extractors.forms.lists import gathered
from extractors.forms.marks import signed, ticked
from extractors.forms.spot import Spot
from extractors.forms.stamp import entry
from extractors.forms.writing import written
from extractors.page import Page


def read(kind: str, pages: Sequence[Page]) -> dict[str, Field]:
    """Return the fields of a form of *kind* on *pages*; what the paper does not ask is absent."""
    found: dict[str, list[Spot]] = {}
    for page in pages:
        for name, spots in _by_name(_spots(kind, page)).items():
            if name not in found or name == "registry":
                found.setdefault(name, []).extend(spots)
    fields: dict[str, Field] = {}
    for name, spots in found.items():
        fields.update(_fields(name, spots))
    return gathered(fields)


def _spots(kind: str, page: Page) -> list[Spot]:
    """Return the places to fill in on one page."""
    placement = known.laid(page, kind)
    if placement is None or not known.trusted(placement, page):
        return []
    return known.spots(placement, page)


def _by_name(spots: Iterable[Spot]) -> Mapping[str, list[Spot]]:
    """Group *spots* by the field they belong to."""
    groups: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[spot.name].append(spot)
    return groups


def _fields(name: str, spots: Sequence[Spot]) -> Mapping[str, Field]:
    """Return the field, or the two fields of a stamp, that *spots* hold."""
    if spots[0].kind == "stamp":
        return {key: field for spot in spots for key, field in entry(spot).items()}
    if spots[0].kind == "sig":
        return {name: signed(spots[0])}
    return {name: ticked(spots) if spots[0].tick else written(spots)}
