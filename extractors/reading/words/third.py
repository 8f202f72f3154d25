"""A third reader's word on those of a page that two saw alike and that would not pass.

Words with figures on a picture in black and white alone are asked about however sure two are of them: where a
fax lost a stroke both see the same other figure.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractors.certainty import ACCEPTED, Signals, certainty
from extractors.lines import Line, Word
from extractors.page import Picture
from extractors.reading.words import cuts, recogniser
from extractors.reading.words.letters import compared, figured
from extractors.reading.words.models import THIRD
from extractors.reading.words.verdict import Judged, sort_of

_SIGNS = 2
"""Letters and figures from which a word is asked about: a single stroke is a stroke to all three."""
_MOST = 60
"""Words of a page beyond which nobody is asked: such a page is doubtful throughout."""


def confirmed(picture: Picture, judged: Mapping[Word, Judged]) -> dict[Word, Judged]:
    """Return those of the words *judged* that a third reader sees too, as sure as that makes them.

    Letters are compared without accents and case, signs where they part figures; no word is less sure for it.

    Raises:
        Missing: The package that carries the third reader is not installed.
    """
    wanted = [(word, one) for word, one in judged.items() if _asked(one, faxed=picture.bilevel)][:_MOST]
    crops = [cuts.cut(picture, Line((one.word,))) for _, one in wanted]
    told = recogniser.tell(crops, letters=True, make=THIRD) if crops else []
    found: dict[Word, Judged] = {}
    for (word, one), said in zip(wanted, told, strict=True):
        if compared([figured(one.word.text)], said.text) == ["other"]:
            continue
        signals = Signals(one.word.confidence, "third", told=said.sure)
        sure = certainty("page", sort_of(one.word.text), signals)
        if sure >= ACCEPTED:
            found[word] = one._replace(word=one.word._replace(confidence=sure), thrice=True)
    return found


def _asked(one: Judged, *, faxed: bool) -> bool:
    """Whether two readers saw a word alike, and a person would have to look all the same."""
    signs = [sign for sign in one.word.text if sign.isalnum()]
    doubt = one.word.confidence < ACCEPTED or (faxed and any(map(str.isdigit, signs)))
    return doubt and not one.other and not one.open and len(signs) >= _SIGNS
