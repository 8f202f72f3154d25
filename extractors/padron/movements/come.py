"""Words that tell from where somebody came and that no movement took: a sure stay must not lose them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.languages.countries import country
from extractors.padron.movements.events import Event
from extractors.padron.vocabulary import Mark, labels_in
from extractors.prose import Prose, fold

HINT = re.compile(
    r"(?<!\w)(?:proced(?!imi)\w*|provien\w*|proven\w*|provin(?!ci)\w*|venid[oa]|vino|llegad[oa]|llego)"
    r"\s+(?:de(?!\s+(?:conformidad|acuerdo|oficio|fecha))|del|desde|d['’])(?!\w|\s*:|\s+(?:(?:el|los|la)\s+)?(?:fichero|padron|archivo|base)s?(?!\w))"
    r"|(?<!\w)\w+(?:tik|dik)\s+etorri\w*"
)
_LABEL = re.compile(r"(?<!\w)(?:[Dd]esde|DESDE|[Dd]ende|DENDE|[Hh]acia|HACIA)\s*:\s*[A-ZÀ-Ý]")
_SINCE_TOWN = re.compile(
    r"(?<!\w)(?:(?:desde|dende|des\s+de)\s+|des\s+d['’]\s?)(?!EL|O)[A-ZÀ-Ý]\w+(?!\s+(?:de\s+)?\d)"
)
"""A town where a day would stand: "por traslado desde Cabra"."""
_OF = re.compile(r"(?<!\w)(?:de|De|DE)\s*:\s*[A-ZÀ-Ý]")
"""A town behind a short label: "CAMBIO DE RESIDENCIA  DE: LORCA"."""
_PART = re.compile(r"\s[–—-]\s|[(),;/|\n]")
"""What parts the things told of a movement."""


def unplaced(prose: Prose, events: Sequence[Event], scopes: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the words of *prose* that tell a place somebody came from, where no movement has a place.

    A country's name alone tells one within the *scopes* of the movements; elsewhere it may be a birth's.
    """
    for event, scope in zip(events, scopes, strict=True):
        if event.other is None:
            yield from (found[0] for found in _OF.finditer(prose.text, *scope))
    moves = [event for event in events if event.what in {"in", "out"}]
    if not moves or any(event.other is not None for event in moves):
        return
    hints = (found for found in HINT.finditer(prose.folded) if not _labels(prose.text, found))
    yield from (found[0] for found in (*hints, *_LABEL.finditer(prose.text)))
    for begin, end in scopes:
        yield from (found[0] for found in _SINCE_TOWN.finditer(prose.text, begin, end))
        yield from (
            part for part in _PART.split(_asked_out(prose.text[begin:end])) if country(part.strip(" .:"))
        )


def _asked_out(scope: str) -> str:
    """Return *scope* without the lines behind a label for a place: their values are asked elsewhere."""
    lines = (line for line in scope.split("\n") if not any(map(_for_place, labels_in(fold(line)))))
    return "\n".join(lines)


def _for_place(mark: Mark) -> bool:
    """Whether a label at the beginning of its line asks where somebody came from or went to."""
    return mark.start == 0 and mark.meaning in {"origin", "destination", "place"}


def _labels(text: str, found: re.Match[str]) -> bool:
    """Whether such words begin a line and a name follows there: a label, whose value is asked elsewhere."""
    begins = not text[: found.start()].rpartition("\n")[2].strip()
    return begins and re.match(r"[ ]+[A-ZÀ-Ý]", text[found.end() :]) is not None
