"""What makes a name doubtful that both readers see alike: a lost capital, a lost blank, a point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms.zones.looks import apart
from extractors.reading.raster import Grey

_POINT = re.compile(r"[^\W\d_]{4}\.")
"""A point after four letters of a name: dust as likely as a name cut short."""
_FEW = 5
"""Letters of a name up to which both readers may take two words for one."""
_SMALL = re.compile(
    r"(?:de|del|d[aeio]s?|du|d['’]|van|von|ter|la|las|los|le|el|al|i|y|e|ben|bin|ould)\b", re.IGNORECASE
)
"""What people write in small letters in a name. Another word that begins so has lost its capital, or is what
a lost letter left of one."""


def doubtful(text: str, lines: Sequence[Grey]) -> bool:
    """Whether the name *text*, read in *lines*, may be cut short, be two, or have lost a letter."""
    small = any(word[0].islower() and not _SMALL.match(word) for word in text.split())
    return small or bool(_POINT.search(text)) or (len(text) <= _FEW and apart(lines, text))


def torn(text: str) -> bool:
    """Whether the last word of *text* is one small letter beside words: what is left of a longer one."""
    words = text.split()
    return len(words) > 1 and len(words[-1]) == 1 and words[-1].islower() and words[-2].isalpha()
