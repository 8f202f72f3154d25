"""What an entry stamp on a scanned form says: the day and the number on which both recognisers agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from extractors.certainty import Signals, certainty
from extractors.document import Field, Reading
from extractors.forms.ink.stamped import Stamp, stamps
from extractors.languages.dates import dates_in
from extractors.lines import Box
from extractors.page import Page
from extractors.prose import fold
from extractors.reading.words import opinion

NUMBER = re.compile(
    r"(?:n[º°.o]*|n[úu]m(?:ero)?\.?|entrada|registro)\s*[:.]?\s*((?=[\w/-]*\d{3})[\w/-]{5,25})(?!\w)",
    re.IGNORECASE,
)
SURE = 0.93
"""Certainty at most of what a stamp says: it may be another office's."""
_LONG = re.compile(r"(?<![\w/-])(?=[\w/-]*\d{3})[\w/-]{4,25}(?![\w/-])")
_UNREAD = 0.3
"""Certainty of a stamp's day that nobody could read: it is there, and a person must look."""
_WORDS = ("registro", "rexistro", "registre", "erregistro", "entrada", "sarrera", "presentacion", "recibido")
"""Words of an entry stamp; others say that a paper was compared, paid or copied."""
_ALIKE = 80.0
"""Likeness, 0 to 100, of a worn word to one of these."""
_RATHER = 60.0
"""The same from which the second recogniser is asked whether it is one."""
_FIGURES = 3
"""Figures of a line from which it may be a day, or the number of an entry: `3-12-26` has five."""


def scanned(page: Page, place: Box | None = None) -> Mapping[str, Field]:
    """Return what the entry stamps of a scan tell; *place* is the one for them, if the form has one.

    A day or a number is given only where both recognisers read the same one. A stamp whose day nobody can
    read gives its box without a value.
    """
    if page.laid is None:
        return {}
    found: dict[str, Field] = {}
    for stamp in stamps(page.picture(), page.laid, place, _hints):
        inside = place is not None and stamp.box.common(place) > 0
        if inside or any(_speaks(line.first) or _speaks(line.second) for line in stamp.lines):
            for name, field in _told(stamp, page.number).items():
                if name not in found or found[name].confidence < field.confidence:
                    found[name] = field
    return found


def _speaks(text: str, alike: float = _ALIKE) -> bool:
    """Whether a line names a registry or an entry."""
    plain = fold(text)
    return any(fuzz.partial_ratio(word, plain) >= alike for word in _WORDS if len(plain) >= len(word))


def _hints(text: str) -> bool:
    """Whether a line that one recogniser read may be part of an entry stamp."""
    return sum(sign.isdigit() for sign in text) >= _FIGURES or _speaks(text, _RATHER)


def _told(stamp: Stamp, page: int) -> Mapping[str, Field]:
    """Return the day and the number of one stamp; the day without a value where none is agreed on."""
    agreed = [(line, day) for line in stamp.lines if (day := _agreed(line.first, line.second))]
    numbers = [
        (line, number) for line in stamp.lines if (number := _numbered(line.first, line.second)) is not None
    ]
    fields = {}
    if len({day for _, day in agreed}) == 1:
        line, day = agreed[0]
        sure = min(SURE, certainty("page", "date", Signals(line.sure, "same")))
        fields["registry.entered_on"] = Field(
            value=day, text=line.first, confidence=sure, page=page, box=stamp.box
        )
    else:
        fields["registry.entered_on"] = _unread(stamp, page)
    if len(numbers) == 1:
        line, number = numbers[0]
        sure = min(SURE, certainty("page", "code", Signals(line.sure, "same")))
        fields["registry.entry_number"] = Field(
            value=number, text=line.first, confidence=sure, page=page, box=stamp.box
        )
    return fields


def _unread(stamp: Stamp, page: int) -> Field:
    """Return no day, with what each recogniser read."""
    first, second = (line.first for line in stamp.lines), (line.second for line in stamp.lines)
    readings = tuple(
        Reading(reader=name, text="\n".join(texts), value=None, confidence=_UNREAD)
        for name, texts in ((opinion.FIRST, first), (opinion.SECOND, second))
    )
    return Field(value=None, text="", confidence=_UNREAD, page=page, box=stamp.box, readings=readings)


def _agreed(first: str, second: str) -> str | None:
    """Return the one day that both texts give, as ISO."""
    days = [[day.value for day in dates_in(text)] for text in (first, second)]
    day = days[0][0] if len(days[0]) == 1 else None
    return day.isoformat() if day is not None and days[0] == days[1] else None


def _numbered(first: str, second: str) -> str | None:
    """Return the number of an entry that both texts give, days left out; one must name it as a number."""
    bare = [_undated(text) for text in (first, second)]
    found = [_LONG.findall(text) for text in bare]
    named = any(NUMBER.search(text) for text in bare)
    return str(found[0][0]) if named and len(found[0]) == 1 and found[0] == found[1] else None


def _undated(text: str) -> str:
    """Return *text* without its days."""
    for day in (one for one in dates_in(text) if one.value is not None):
        text = text.replace(day.text, " ")
    return text
