"""Dates of a home, which are none of the municipality, and years without a day: no sure alta."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.padron.movements.bonds import EVENTS, NEAR, Bound
from extractors.padron.movements.events import Told
from extractors.padron.movements.periods import DOUBTFUL
from extractors.padron.movements.weak import REGISTERED
from extractors.prose import Prose

_WORDS = r"(?:domicilio|vivienda|direccion|hoja|enderezo|vivenda|domicili|habitatge|adreca)"
_HOME = re.compile(
    rf"(?<!\w)(?:en|no|na|al|a|del)\s+(?:(?:el|la|l['’]|su|seu|seva|o|a|este|esta|est[ae]|dich[oa]|mism[oa])\s*)*"
    rf"(?:actual\s+{_WORDS}|{_WORDS}(?:\s+actual)?)(?!\w)"
    rf"|(?<!\w){_WORDS}\s[^.;]{{0,90}},\s+(?:donde|onde|on)\s"
    rf"|(?<!\w){_WORDS}\s+actual\s[^.;]{{0,90}}?,?\s+(?:desde|dende|des)\s"
)
_NOW = re.compile(rf"actual\s+{_WORDS}|{_WORDS}\s+actual")
_TOWN = re.compile(r"(?<!\w)(?:municipi|concello|padron(?!al)|padro(?!n?\w)|termino|ciudad|localidad)")
_BASQUE = re.compile(r"(?<!\w)(?:helbide|bizileku|etxebizitza)\w*(?:an|etan|ean)(?!\w)")
AFTER = 60
"""Letters behind a date within which it may be said to be that of the present home."""
_YEAR = re.compile(
    r"(?<!\w)(?P<word>desde|dende|des\s+de|des\s+d['’]|a\s+partir\s+d\w+|hasta|ata|fins)"
    r"(?P<between>[^.,;:\d]{0,30}?)(?P<year>(?:19|20)\d\d)(?![\d/]|[.-]\d)"
    r"|(?<!\w)(?P<basque>(?:19|20)\d\d)(?:e?tik|ko\s+\w+tik)(?!\w)"
)
_WEAK = re.compile(r"desde|dende|des\s|a\s+partir|con\s|amb\s")
"""Words before a date that need others to say what happened on it."""
_STOP = re.compile(r"[.;:]\s|\d{4}|\n\n")
_VALID = re.compile(r"(?:valid|vigen|caduc|renov)\w*\s*$")


def of_home(prose: Prose, bound: Bound) -> Bound:
    """Return an alta's date as a change where its words speak of the home and not of the municipality."""
    mark = bound.mark
    if mark is None or EVENTS.get(mark.meaning) != "in":
        return bound
    told = prose.folded[_told_from(prose, bound) : bound.date.start]
    after = re.split(r"[.;:\n]", prose.folded[bound.date.end : bound.date.end + AFTER])[0]
    found = _HOME.search(told)
    if found is None:
        late = _HOME.search(after)
        home = (late is not None and _NOW.search(late[0]) is not None) or _BASQUE.search(told) is not None
    else:
        ahead = told if _WEAK.match(prose.folded, mark.start) else told[: found.start()]
        home = _NOW.search(found[0]) is not None or _TOWN.search(ahead) is None
    return bound._replace(mark=mark._replace(meaning="change")) if home else bound


def _told_from(prose: Prose, bound: Bound) -> int:
    """Return where the words about a date begin: before "since", which says nothing of what, too."""
    start = min(bound.start, bound.date.start)
    if _WEAK.match(prose.folded, start) is None:
        return start
    floor = max(start - NEAR, 0)
    stops = [found.end() for found in _STOP.finditer(prose.folded, floor, start)]
    return max([floor, *stops])


def years(prose: Prose, bound: Sequence[Bound]) -> Iterator[Field]:
    """Yield the places where a stay is said to begin or end in a year, or a month, without its day."""
    if not any(b.mark and b.mark.meaning in EVENTS for b in bound) and not REGISTERED.search(prose.folded):
        return
    for found in _YEAR.finditer(prose.folded):
        start, end = found.span("year" if found["year"] else "basque")
        whole = any(b.date.start < end and start < b.date.end for b in bound)
        if not whole and not _VALID.search(prose.folded[: found.start()]):
            yield prose.field(start, end, None, 0.0)


def held(told: Told) -> Told:
    """Take the first date of a home for the latest day the stay can have begun, where no alta is told.

    It is never sure: the stay in the municipality may be older than that in the home.
    """
    moves = [event for event in told.events if event.what == "change" and event.date.value]
    if not moves or any(event.what in {"in", "out"} for event in told.events):
        return told
    first = min(moves, key=lambda event: str(event.date.value))
    doubted = replace(first.date, confidence=min(first.date.confidence, DOUBTFUL))
    return replace(told, events=(*told.events, replace(first, what="in", date=doubted)))
