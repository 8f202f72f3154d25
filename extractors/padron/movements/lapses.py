"""Days up to which an entry holds: once one is past, the paper does not say that the entry still stands."""

from __future__ import annotations

import re

from extractors.padron.movements.bonds import Bound
from extractors.prose import Prose

_ENTRY = (
    r"(?:(?:la|su|l['’]|da|a\s+sua|esta)\s*)?"
    r"(?:inscripcion|inscripcio|inscricion|empadron|empadroa|alta(?!\w)|padron)"
)
_HOLDS = re.compile(
    rf"(?:caducid|caducit|vencim|validez|validesa|vigenci)\w*\s+(?:de\s+|d['’]\s*|del?\s+|do\s+|da\s+)?{_ENTRY}"
    r"|(?:caducid|caducit|vencim)\w*\W+encsarp"
    r"|(?:proxim|siguiente|seguinte|proper|pruxim)\w*\s+(?:renovacio|confirmacio|comprobacio)"
)
"""Words for the end of an entry, or for when it must be renewed (Ley 7/1985, art. 16.1), before that day."""


def lapses(prose: Prose, bound: Bound) -> bool:
    """Whether the day of *bound* is one up to which the entry holds, or at which it must be renewed."""
    mark = bound.mark
    if mark is None or mark.meaning != "other":
        return False
    return _HOLDS.search(prose.folded, mark.start, bound.date.start) is not None
