"""A third reader's word on what two saw alike and what would not pass: one that was taught on other print.

Where a fax lost strokes both may see one wrong letter, and both be sure. What a third sees otherwise stays in
doubt; what it sees alike is as sure as such values were found to be.
"""

from __future__ import annotations

import re

from extractors.certainty import Signals, certainty
from extractors.forms.zones.letters import bare_letters
from extractors.forms.zones.looks import by_recogniser
from extractors.forms.zones.manner import manner
from extractors.forms.zones.places import Place
from extractors.forms.zones.vouching import letterless
from extractors.reading.words.models import THIRD

_AGREED = frozenset({"same", "accents", "often", "letters", "listed"})
"""What two readers say that saw one value."""
_WORTH = 0.95
"""Certainty of the second below which the third is seldom sure: of 249 such values it was of 33."""
_SIGNS, _FIGURES = 3, 2
"""Letters and figures from which a value is asked about where both may stand, and where figures alone do: `C`
is what is left of `C/`, an I is a 1 to all three, and any figure alone may have lost its neighbour."""
_MIXED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]{2}")
"""Figures joined to letters: no name has any, and `PLA7` is what is left of PLAZA."""


def confirmed(place: Place) -> float:
    """Return the certainty of what two readers saw in a place if a third sees it too; 0 if it does not.

    Letters are compared without accents and case, signs to the letter.

    Raises:
        Missing: The third reader is not installed.
    """
    signals, how = place.seen.signals, manner(place.zone)
    agreed = signals.second in _AGREED and signals.proof == "none"
    enough = _FIGURES if letterless(place.zone) else _SIGNS
    long = sum(map(str.isalnum, place.seen.text)) >= enough
    if not (agreed and long and place.lines) or signals.told < _WORTH or _unprovable(place):
        return 0.0
    said = by_recogniser(place.lines, how, letters=True, make=THIRD)
    if not said.text or bare_letters(said.text, how) != bare_letters(place.seen.text, how):
        return 0.0
    return certainty("zone", how.sort, Signals(signals.sure, "third", "none", said.sure))


def _unprovable(place: Place) -> bool:
    """Whether nothing proves the signs of a value: a passport's number that lost one is another number."""
    name, text = place.zone.name, place.seen.text
    return name.endswith("id_number") or (not name.endswith("email") and _MIXED.search(text) is not None)
