"""What the notes and words of a family paper say has changed since: divorce, adoption, an end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Field
from extractors.family.found import words
from extractors.page import Page
from extractors.prose import Prose, fold

_SURE = 0.9
_DENIED = re.compile(
    r"\b(?:sin que (?:conste|figure)|no (?:consta|figura|existe)"
    r"|sen que (?:conste|figure)|non (?:consta|figura))\b[^.;]{0,40}$"
    r"|\b(?:sin|sen)\b[^.;,]{0,40}$"
)
"""What denies a note. After a bare "sin" a comma ends it: "sin capitulaciones, disuelto por sentencia"."""


def notes(pages: Sequence[Page]) -> Field | None:
    """Return the slugs of what a record's notes tell of, None where they tell of nothing."""
    prose = Prose(pages)
    found = {slug: place for slug in words()["notes"] if (place := _told(prose, words()["notes"][slug]))}
    if not found:
        return None
    start, end = min(found.values())
    return prose.field(start, end, sorted(found), _SURE)


def ended(pages: Sequence[Page]) -> bool:
    """Whether a paper speaks of the end of what it is about: cancelled, ceased, revoked, refused."""
    return _told(Prose(pages), words()["ends"]) is not None


def _told(prose: Prose, phrases: Sequence[str]) -> tuple[int, int] | None:
    """Return the first place of one of *phrases* that the words before it do not deny; `*` ends a word."""
    sources = (r"\s+".join(re.escape(part) for part in fold(one).split()) for one in phrases)
    pattern = re.compile(r"\b(?:" + "|".join(one.replace(r"\*", r"\w*") for one in sources) + r")(?!\w)")
    for match in pattern.finditer(prose.folded):
        if not _DENIED.search(prose.folded[max(match.start() - 70, 0) : match.start()]):
            return match.span()
    return None
