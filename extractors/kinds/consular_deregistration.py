"""A consulate's word that a Spaniard left its register (RD 3425/2000, baja in the Matrícula consular)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.document import Field
from extractors.kinds import Kind
from extractors.kinds._labels import Spot, spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import person
from extractors.kinds._values import day, first, nationality
from extractors.kinds._words import data, labels, named, titled
from extractors.languages.countries import countries_in
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose

_FILE = "consular_deregistration.yaml"
_LEFT = re.compile(r"\b(?:baja|baixa)\b[^.;]{0,70}$")
_JOINED = re.compile(r"\b(?:alta|inscrit[oa]|nacid[oa])\b")


def starts(page: Page) -> float:
    """The title of a baja, and a consulate that gives it."""
    if page.widgets or not titled(page, data(_FILE)["titles"]):
        return 0.0
    return 0.92 if named(page, data(_FILE)["offices"]) else 0.1


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return who left which country's register, and from when."""
    prose = Prose(pages)
    by_label = spots(pages, labels(_FILE))
    found = {
        "country": _labelled_country(by_label.get("country", ())) or _country(prose),
        "from": first(by_label.get("from", ()), day) or _left(prose),
    }
    return person(by_label, prose) | {field: value for field, value in found.items() if value is not None}


def _labelled_country(places: Sequence[Spot]) -> Field | None:
    """Return the country beside its label when it is one."""
    found = first(places, nationality)
    return found if found is not None and len(str(found.value)) == 3 and found.confidence > 0.5 else None


def _country(prose: Prose) -> Field | None:
    """Return the only foreign country that the paper names."""
    foreign = [named for named in countries_in(prose.text) if named.code != "ESP"]
    if len({named.code for named in foreign}) != 1:
        return None
    one = foreign[0]
    return prose.field(one.start, one.end, one.code, 0.9)


def _left(prose: Prose) -> Field | None:
    """Return the day after "causó baja el", "baja con fecha" ...; several different days are not settled."""
    found: dict[str, Field] = {}
    for date in dates_in(prose.text):
        before = _LEFT.search(prose.folded[max(date.start - 90, 0) : date.start])
        if date.value is not None and before is not None and not _JOINED.search(before.group()):
            value = date.value.isoformat()
            found.setdefault(value, prose.field(date.start, date.end, value, min(0.93, date.certainty)))
    if not found:
        return None
    one = next(iter(found.values()))
    unsure = 1.0 if len(found) == 1 else 0.5
    return Field(
        value=one.value, text=one.text, confidence=min(one.confidence, unsure), page=one.page, box=one.box
    )


KIND = Kind(name="consular_deregistration", starts=starts, continues=numbered_on, read=read)
