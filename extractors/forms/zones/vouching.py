"""Which places of a form hold figures that others may vouch for, and with which those are compared."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.certainty import ACCEPTED, PROVED, certainty
from extractors.forms.template import Zone
from extractors.forms.zones.manner import manner
from extractors.forms.zones.places import Place, most
from extractors.forms.zones.proofs import ambiguous
from extractors.forms.zones.twice import Twice
from extractors.reading.words.signs import Figures
from extractors.reading.words.witness import LIKELY

_LETTERLESS = frozenset({"number", "date", "amount"})
"""Sorts of places in which no letter stands that may be the twin of a figure."""


def figures(place: Place) -> Figures:
    """Return a place as one to be vouched for, and if it is likely, to compare others with."""
    return Figures(place.found.pixels, place.found.ink, place.seen.text, _likely(place))


def agreed(places: Mapping[int, Place]) -> frozenset[int]:
    """Return the places of which both readers are sure, whatever a fax may have lost."""
    return frozenset(at for at, place in places.items() if askable(place) and _worth(place) >= ACCEPTED)


def askable(place: Place) -> bool:
    """Whether both readers saw one value in a place, and no letter may stand there for a figure."""
    return _met(place.seen) and _untwinned(place)


def _met(seen: Twice) -> bool:
    """Whether both readers saw one value, and nothing in it speaks against it."""
    return seen.signals.second not in {"none", "other"} and seen.signals.proof not in {"failed", "repaired"}


def _untwinned(place: Place) -> bool:
    """Whether no letter may stand for a figure in a place; of an identity number its letter says so."""
    proved = place.seen.signals.proof in PROVED or ambiguous(place.seen.text)
    return letterless(place.zone) or (place.zone.name.endswith("id_number") and proved)


def _likely(place: Place) -> bool:
    """Whether what was read in a place is likely by its readers, or by a check digit and not against one."""
    signals = place.seen.signals
    proved = signals.proof in PROVED and signals.second != "other"
    return (proved or _worth(place) >= LIKELY) and most(place, odd=False) >= LIKELY


def _worth(place: Place) -> float:
    """Return how likely what was read in a place is right by what the readers say of it."""
    return certainty("zone", manner(place.zone).sort, place.seen.signals)


def letterless(zone: Zone) -> bool:
    """Whether no letter is expected in *zone*: of a house's number one is rare, of a door's every second."""
    return manner(zone).sort in _LETTERLESS or zone.name.endswith(".number")
