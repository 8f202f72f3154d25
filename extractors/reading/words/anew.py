"""Words that both readers saw alike and yet are not sure of: each is looked at once more, alone and larger.

A word beside others is judged with them: one letter that the recogniser doubts lowers its whole piece, and
the engine says little of a word beside rows of dots. What all four looks saw is judged by what the recogniser
says of the last, and no word is less sure for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from extractors.certainty import ACCEPTED, Signals, certainty
from extractors.lines import Line, Word
from extractors.page import Picture
from extractors.reading.words import cuts, letters, recogniser
from extractors.reading.words.recogniser import Told
from extractors.reading.words.verdict import Judged, enlarged, sort_of

_SIGNS = 2
"""Letters and figures from which a word is looked at alone: a single stroke is a stroke at any size."""
_CLEAR = 0.995
"""Certainty of the recogniser from which the engine is asked too: of 2828 words that both saw alike once more
1628 had it, and all of these were right; of 567 with 0.95 one was wrong."""
_MOST = 60
"""Words of a page beyond which nobody looks again: such a page is doubtful throughout."""


def anew(
    picture: Picture, judged: Mapping[Word, Judged], alone: Mapping[Word, Told] = MappingProxyType({})
) -> dict[Word, Judged]:
    """Return those of the words *judged* that stayed in doubt and that both see alike once more.

    What the recogniser said of those that it was shown *alone* before, it would say again.

    Raises:
        Missing: The recogniser's package, or the OCR engine or its data, are not installed.
    """
    wanted = [(word, one) for word, one in judged.items() if _in_doubt(one)][:_MOST]
    crops = [cuts.cut(picture, Line((one.word,))) for _, one in wanted]
    pairs = zip(wanted, crops, strict=True)
    fresh = iter(recogniser.tell([crop for (word, _), crop in pairs if word not in alone]))
    found: dict[Word, Judged] = {}
    for (word, one), crop in zip(wanted, crops, strict=True):
        told = alone[word] if word in alone else next(fresh)
        text = one.word.text
        alike = told.sure >= _CLEAR and _same(text, told.text)
        if alike and _same(text, enlarged(crop, picture.scale)):
            signals = Signals(one.word.confidence, "often", told=told.sure)
            sure = certainty("page", sort_of(text), signals)
            found[word] = one._replace(word=one.word._replace(confidence=max(sure, one.word.confidence)))
    return found


def _in_doubt(one: Judged) -> bool:
    """Whether both readers saw a word alike, and a person would have to look all the same."""
    signs = sum(map(str.isalnum, one.word.text))
    return not one.other and not one.open and one.word.confidence < ACCEPTED and signs >= _SIGNS


def _same(text: str, other: str) -> bool:
    """Whether another look saw the very same word."""
    return letters.compared([text], letters.figured(other)) == ["same"]
