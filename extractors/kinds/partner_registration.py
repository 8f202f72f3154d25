"""A register's certificate on an unmarried couple, or the notary's deed that once stood in for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from extractors.document import Field
from extractors.family.explained import known_words
from extractors.family.marginal import ended
from extractors.family.people import people
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._values import day, first
from extractors.kinds._words import data, labels, score, titled
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose

_FILE = "partner_registration.yaml"
_PROVED = 0.95
"""Certainty of which paper it is, by its title."""
_OVER = 0.5
"""The same where the paper speaks of a cancellation: a person reads whether the couple is still entered."""
_ENTERED = re.compile(
    r"\b(?:inscrit[oa]s?|inscripcion|inscricion|registrad[oa]s?)\b(?:\s+\w+){0,12}?\s+"
    r"(?:con\s+fecha|con\s+data|el\s+dia|o\s+dia|el|o|desde\s+el|desde\s+o|a\s+fecha|de\s+fecha|de\s+data)"
    r"\s+(?:de\s+)?$"
)


def starts(page: Page) -> float:
    """The title of a certificate of a register of couples, or of a deed."""
    return score(page, _FILE) or (0.92 if not page.widgets and titled(page, data(_FILE)["deeds"]) else 0.0)


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the couple, whether a register or a deed speaks, and the days."""
    places = spots(pages, labels(_FILE))
    prose = Prose(pages)
    over = ended(pages)
    proof = "deed" if titled(pages[0], data(_FILE)["deeds"]) else "register"
    found = {
        "people": people("partner_registration", pages),
        "proof": prose.field(0, max(prose.text.find("\n"), 1), proof, _OVER if over else _PROVED),
        "registered_on": first(places.get("registered_on", ()), day) or (None if over else _entered(prose)),
        "issued_on": first(places.get("issued_on", ()), day),
    }
    return {field: value for field, value in found.items() if value is not None}


def _entered(prose: Prose) -> Field | None:
    """Return the one day that a sentence gives for the entry in the register."""
    found = [
        d for d in dates_in(prose.text) if _ENTERED.search(prose.folded[max(d.start - 120, 0) : d.start])
    ]
    if len({date.value for date in found}) != 1 or found[0].value is None:
        return None
    date = found[0]
    value = found[0].value.isoformat()
    return prose.field(date.start, date.end, value, min(0.92, date.certainty))


KIND = Kind(
    name="partner_registration",
    starts=starts,
    continues=numbered_on,
    read=read,
    known=partial(known_words, "partner_registration"),
)
