"""A cause told right behind the name of a movement, in running text or in a list's line: "alta por C.R."."""

from __future__ import annotations

import re

from extractors.padron.movements.bonds import Bound
from extractors.padron.movements.causes import CAUSES, Why, why
from extractors.padron.vocabulary import short_causes_in
from extractors.prose import Prose

_BECAUSE = re.compile(
    r"\s*(?:[(:,-]\s*)?(?P<by>(?:por|per)\s+"
    r"(?!resoluci|decret|acord|acuerd|orden|est[ae]|aquest|primera|d\.|la |el |l['’]))?"
    r"(?P<why>[a-zñç][^\n,;)]{0,40})"
)
"""A cause told right behind the name of a movement, "alta por C.R.": not who ordered it."""
_BARE = re.compile(r"altas?|bajas?|baix[ae]s?")
_ITEM = re.compile(r"[\W_]*(?:\d{1,2}[\W_]{1,4})?")
ITEM = 80
"""Letters of the longest line of a list: a day, the name of a movement and its cause."""


def right_behind(prose: Prose, bound: Bound, end: int, what: str) -> Why:
    """Return the cause told in short right behind the name of a movement; not clear if it is no known one."""
    assert bound.mark is not None
    if what not in CAUSES:
        return Why(None, clear=True)
    found = _BECAUSE.match(prose.folded, _name_ends(prose, bound), end)
    if found is not None:
        told = why(found["why"], what)
        known = short_causes_in(found["why"])
        first = bool(known) and known[0].start == 0
        if first or found["by"]:
            return Why(told.cause if first else None, clear=first and told.clear)
    begin = prose.text.rfind("\n", 0, bound.start) + 1
    stop = prose.text.find("\n", max(bound.date.end, bound.mark.end))
    item = _ITEM.fullmatch(prose.folded[begin : bound.start]) is not None and stop - begin <= ITEM
    rest = prose.folded[bound.start : bound.date.start] + prose.folded[bound.date.end : stop]
    bare = _BARE.fullmatch(prose.folded[bound.mark.start : bound.mark.end].strip()) is not None
    return why("", what, beside=rest) if item and bare else Why(None, clear=True)


def _name_ends(prose: Prose, bound: Bound) -> int:
    """Return where the bare name of a bound movement ends, before "por"."""
    assert bound.mark is not None
    words = prose.folded[bound.mark.start : bound.mark.end]
    return bound.mark.start + len(re.sub(r"\s+(?:por|per)\s*$", "", words))
