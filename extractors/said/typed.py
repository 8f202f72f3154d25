"""What whoever files or pays types himself on the paper that an office or a bank prints: subject, concept.

The office's own words know nothing of the case; these may tell anything of it, in any words and with names
of places. So where such a line has a word that a covering letter does not need, a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.document import Field
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.said.foreseen import UNFORESEEN, unforeseen_in
from extractors.vocabulary import either, lists

_RECEIPT = "filing_receipt"
_FILE = Path(__file__).with_name("typed.yaml")
_SURE = 0.95
"""The certainty of such a word: it is there, whatever it means."""


def typed(kind: str, pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return, as a mention, the first word that the subject of a receipt of filing does not need."""
    if kind != _RECEIPT:
        return {}
    prose = Prose(pages)
    seen = any(page.reader == "ocr" for page in pages)
    found = next(typed_in(prose.text, seen=seen), None)
    if found is None:
        return {}
    return {UNFORESEEN: prose.field(*found, {"of": "nobody", "numbers": []}, _SURE)}


def typed_in(text: str, *, seen: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the places of the words in typed lines of *text* that a covering letter has no need of.

    A capital letter makes no name there: "Traslado Málaga" is a subject. *seen*: by OCR alone.
    """
    for line in _typed().finditer(fold(text)):
        start, end = line.span("typed")
        for word, stop in unforeseen_in("other", text[start:end].lower(), seen=seen):
            yield start + word, start + stop


@cache
def _typed() -> re.Pattern[str]:
    """Return the pattern of a label and what is typed after it, with two lines more that have no label."""
    more = r"(?:\n(?![^\n]*(?::|\d[.,]\d\d))[^\n]+){0,2}"
    labels = either(lists(_FILE)["labels"])
    return re.compile(rf"^\W*(?:{labels})(?!\w)\s*:?(?P<typed>[^\n]*{more})", re.MULTILINE)
