"""The day with which a paper ends: "En Ceuta, a 3 de marzo de 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.languages.dates import FoundDate
from extractors.padron.vocabulary import Mark, roles_in
from extractors.prose import Prose

_TOWN = (
    r"[A-ZÀ-Ý][\w'’·-]*(?:[ /-]+(?:(?:de|del|la|las|los|el|da|do|y|i"
    r"|ko) )*[A-ZÀ-Ý][\w'’·-]*){0,5}(?:\s*\([^)]*\))?"
)
_DAY = r"(?:d[ií]as?\s+)?$"
_OF_TITLE = r"(?:(?:I\. ?C\.|M\. ?I\. ?C\.|S\. ?I\. ?C\.|[Cc]iudad|[Vv]illa|Casas? Consistorial(?:es)?) de )?"
_CLOSING = re.compile(
    rf"(?:^|\n|\. )\s*(?:[Ee]n |EN |A |a )?{_OF_TITLE}{_TOWN}\s*,?\s+(?:a|A)\s+{_DAY}|(?<!\w)(?:en|En"
    rf"|EN)\s+{_TOWN}\s*,?\s+a\s+{_DAY}"
)
"""The formula of a paper's end: a town and "a" before the day."""
_TOWN_AND_DATE = re.compile(rf"(?:^|\n|\. )\s*(?:[Ee]n |EN )?{_TOWN}\s*,\s*(?:(?:el|en)\s+)?{_DAY}")
"""A town and a day may also be those of a birth or of an inscription."""


def ends_paper(prose: Prose, date: FoundDate, floor: int, before: Sequence[Mark], *, told: bool) -> bool:
    """Whether a date ends the paper: a town and "a" stand before it, or a town and nothing that tells.

    What is *told* right behind a date is no end: "Posteriormente, el 10/09/2017, causó baja".
    """
    ahead = prose.text[max(floor, date.start - 90) : date.start]
    closing = _CLOSING.search(ahead)
    if closing is not None and not roles_in(prose.folded[date.start - len(closing[0]) : date.start]):
        return True
    nearer = [m for m in before if not re.search(r"\.[ ]*\n", prose.text[m.end : date.start])]
    telling = [m for m in nearer if m.meaning not in {"issued", "signing", "neutral", "dateline"}]
    return not telling and not told and _TOWN_AND_DATE.search(ahead) is not None
