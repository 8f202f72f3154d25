"""Answers in running text: they end with their sentence, and may go on in the next line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.forms.spot import Spot
from extractors.lines import Box, Word, around, lines
from extractors.page import Page

_CUT = 0.85
"""Certainty at most of an answer after which the sentence went on."""
_WRAPPED = 0.5
"""Certainty at most of an answer that may go on in the next line."""
_STREET = ("street_name", "street_type", "street_line")
"""Fields whose answers have full stops and commas of their own."""
_ABBREVIATION = 2
"""Letters up to which a full stop makes an abbreviation, not the end of a sentence."""
_LEADING = 1.6
"""Heights of a line within which the next line of the same paragraph begins."""


def ended(spot: Spot, free: Collection[Word]) -> Spot:
    """Return the spot of a label in running text with its answer alone; other spots as they are."""
    if spot.room or not spot.words or spot.kind not in {"text", "comb"}:
        return spot
    words = [word for line in lines(spot.words) for word in line.words]
    kept = words if spot.name.endswith(_STREET) else _sentence(words)
    sure = min(spot.sure, 1.0 if len(kept) == len(words) else _CUT)
    if len(kept) == len(words) and _goes_on(spot.page, kept[-1], free):
        sure = min(sure, _WRAPPED)
    return replace(spot, words=(*kept[:-1], _bare(kept[-1])), sure=sure)


def _sentence(words: Sequence[Word]) -> list[Word]:
    """Return the words up to the end of the sentence, or to a comma after which a clause begins."""
    for at, (word, after) in enumerate(pairwise(words)):
        stops = word.text[-1] in ".;" and len(word.text) - 1 > _ABBREVIATION and not after.text[0].islower()
        clause = word.text[-1] == "," and after.text[0].islower()
        if stops or clause:
            return list(words[: at + 1])
    return list(words)


def _bare(word: Word) -> Word:
    """Return *word* without the full stop of its sentence."""
    return word._replace(text=word.text.rstrip(".,;")) if len(word.text) - 1 > _ABBREVIATION else word


def _goes_on(page: Page, last: Word, free: Collection[Word]) -> bool:
    """Whether *last* ends a full line of a paragraph and no label begins the next line."""
    rows = page.lines
    at = next((n for n, row in enumerate(rows) if last in row.words), len(rows))
    if at + 1 >= len(rows) or rows[at].words[-1] != last or last.text.endswith("."):
        return False
    here, after = around(word.box for word in rows[at].words), rows[at + 1].words[0]
    near = after.box.y0 - here.y0 < _LEADING * max(here.height, 9.0)
    return near and after in free and _full(page, here, after.box)


def _full(page: Page, line: Box, after: Box) -> bool:
    """Whether the first word of the next line would not have found room at the end of this one."""
    right = max(word.box.x1 for word in page.words)
    return line.x1 + after.width + 6 > right
