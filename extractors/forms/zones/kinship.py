"""How two readings of one value are related: the same, the same but for accents and case, or another."""

from __future__ import annotations

import re
import unicodedata

from extractors.certainty import Second
from extractors.forms.template import Zone
from extractors.forms.zones.manner import manner
from extractors.forms.zones.proofs import likeness

LIKE = frozenset({"same", "accents"})
"""What two readings of one value are to each other."""
_CENTS = re.compile(r"[.,](?=\d\d\s?€?$)")
BETWEEN = re.compile(r"(?<=[^\W\d_])\s+(?=[^\W\d_])")
"""White between letters, which parts words; beside figures and points whether there is any means nothing."""
QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-"})
_ALIKE = str.maketrans("Il", "||")
"""A bar, whichever it is; a capital L is none."""
RAISED = frozenset({"floor", "door", "stair"})
"""Parts of an address that are told by a number with a small raised sign."""
_LEFT = re.compile(r"(?<!\w)[1l|](?=(?i:zq(?:da|uierda)?)\b)")
"""A stroke before the rest of `Izq`, `Izqda` or `Izquierda`: of the words for doors and stairs only these go
on so, and no number does. A capital L is none."""


def kin(zone: Zone, first: str, second: str) -> Second:
    """Return how two readings are related."""
    one, two = _tidy(zone, first), _tidy(zone, second)
    if one == two:
        return "same"
    return "accents" if _unaccented(one) == _unaccented(two) else "other"


def _unaccented(text: str) -> str:
    """Return *text* without its accents: a point or a stroke more is another value, not an accent."""
    told = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in told if not unicodedata.combining(sign)).translate(QUOTES)


def on_the_left(zone: Zone, text: str) -> str:
    """Return *text* with the stroke that begins a left door as the I that it is."""
    return _LEFT.sub("I", text) if zone.name.rsplit(".", 1)[-1] in RAISED else text


def _tidy(zone: Zone, text: str) -> str:
    """Return *text* without blanks and case, and without what its own place in a number decides."""
    if zone.name.endswith("id_number"):
        return likeness(text)
    text = on_the_left(zone, text)
    sort = manner(zone).sort
    if sort == "amount":
        return re.sub(r"[\s€.,]", "", _CENTS.sub(";", text))
    if sort not in {"name", "text"} or zone.name.endswith("email"):
        return re.sub(r"\s", "", text.translate(_ALIKE) if sort == "text" else text).casefold()
    parted = BETWEEN.sub("_", text)  # before its bars are no letters any more
    return re.sub(r"\s", "", parted.translate(_ALIKE)).casefold()
