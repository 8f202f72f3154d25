"""Whether a page says itself that it goes on with the pages before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.page import Page
from extractors.prose import fold

_COUNTED = re.compile(
    r"\b(?:pagina|pag\.?|paxina|pax\.?|hoja|folla|folio|full|orria?|page|seite|p\.)\s*:?\s*(\d{1,3})"
    r"(?:\s*(?:de|/|of|sur|von|di)\s*(\d{1,3}))?(?!\w)"
)
NUMBERED = 0.8
"""How surely a page goes on that bears the next number: a paper beside it may bear it as well."""


def numbered_on(page: Page, before: Sequence[Page]) -> float:
    """The page bears the number that follows the pages before ("Página 2 de 3")."""
    wanted = len(before) + 1
    counted = [(int(m[1]), int(m[2] or wanted)) for m in _COUNTED.finditer(fold(page.text))]
    return NUMBERED if counted and counted[-1][0] == wanted <= counted[-1][1] else 0.0
