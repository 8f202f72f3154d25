"""Which of two readings of a piece of a page is believed, and how far.

Where they differ, the first engine looks at that piece alone, enlarged, and what two of three say is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from stdnum.es import dni, nie

from extractors.certainty import Second, Signals, Sort, certainty
from extractors.lines import Line, Word
from extractors.reading.raster import Grey
from extractors.reading.words import letters, recogniser
from extractors.reading.words.engine import Ask, engine
from extractors.reading.words.recogniser import Told

OUTVOTED = 0.89
"""Certainty at most of figures that the first engine read otherwise at first: a person looks at them."""
_CLEAR = 0.6
"""The second reader's own certainty from which it sees letters in what the first made little of."""
VAGUE = 0.6
"""Certainty of the first below which the second's word is taken where it is clear."""
_NOTHING = 0.05
"""The second reader's own certainty below which it sees no signs to speak of."""
_STRETCHED = 1.25
"""Breadth at which figures are looked at again."""
_LARGER = 1.5
"""Times that a piece is enlarged for the third look: another size, other mistakes."""
_SECONDS = 5.0
"""Wall time for a look at one piece, which takes a hundredth of it."""
_STOPS = " .,;:()"
"""What the sentence puts to a number, and is none of it."""
_LONE = 2
"""Figures from which a word of figures alone may be part of a date."""

_BASQUE_YEAR = re.compile(r"\W?(?:19|20)\d\d(?:\.?e?ko)")
_BASQUE_DAY = re.compile(r"[0-3]?\d[aª][.,;]?")


class Judged(NamedTuple):
    """One word as it is to be believed, and what another reading says of it, if it differs.

    `open`: nothing settles which of the two is right; `unseen`: where it stands the second sees nothing;
    `thrice`: a third reader sees it too.
    """

    word: Word
    other: str = ""
    open: bool = False
    unseen: bool = False
    thrice: bool = False


def verdict(piece: Line, cut: Grey, told: Told, scale: float) -> list[Judged]:
    """Return the words of a piece as both readers see them, after a third look where they differ."""
    piece = Line(tuple(word._replace(text=letters.figured(word.text)) for word in piece.words))
    texts = [word.text for word in piece.words]
    seconds = letters.compared(texts, told.text)
    if "other" in seconds and _figures(texts) and len(told.text) > 1:
        told, seconds = _once_more(texts, cut, told, seconds)
    seconds = [_settled(at, texts, second) for at, second in enumerate(seconds)]
    theirs = letters.in_place(texts, told.text) or [""] * len(texts)
    thirds: list[Second] = ["none"] * len(texts)
    if "other" in seconds and any(theirs):
        thirds = letters.compared(theirs, enlarged(cut, scale))
    whole = told.text if not any(theirs) else ""
    return [
        _judged(word, second, third, Told(text or whole, told.sure))
        for word, second, third, text in zip(piece.words, seconds, thirds, theirs, strict=True)
    ]


def _settled(at: int, texts: Sequence[str], second: Second) -> Second:
    """Return what the second reader says of a word; whether a Basque day ends in `a` or `ª` is all one.

    In an address it is not, so the year must stand two words before it: "2014ko abenduaren 2a".
    """
    basque = at >= 2 and _BASQUE_YEAR.fullmatch(texts[at - 2]) and _BASQUE_DAY.fullmatch(texts[at])
    return "same" if basque and second == "accents" else second


def _figures(texts: Sequence[str]) -> bool:
    """Whether some of *texts* have figures."""
    return any(one.isdigit() for text in texts for one in text)


def _once_more(
    texts: Sequence[str], cut: Grey, told: Told, seconds: list[Second]
) -> tuple[Told, list[Second]]:
    """Return what the second reader says of figures stretched out: it drops one of two that stand close."""
    wide = cv2.resize(cut, None, fx=_STRETCHED, fy=1.0, interpolation=cv2.INTER_LINEAR)
    again = recogniser.tell([np.asarray(wide, np.uint8)])[0]
    judged = letters.compared(texts, again.text)
    better = judged.count("other") < seconds.count("other")
    return (again, judged) if better else (told, seconds)


def enlarged(cut: Grey, scale: float) -> str:
    """Return what the first engine reads of a piece by itself, enlarged."""
    if not cut.size:
        return ""
    large = cv2.resize(cut, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_REPLICATE)
    seen = engine().words(np.asarray(framed, np.uint8), round(scale * 72 * _LARGER), Ask("line"), _SECONDS)
    return " ".join(one.text for one in seen or ())


def _judged(word: Word, second: Second, third: Second, told: Told) -> Judged:
    """Return a word with its certainty by what both readers, and the third look, say of it.

    Tesseract's Spanish model drops the accents and cedillas it does not know; the other reader sees them.
    """
    if second == "same":
        return Judged(_sure(_plainer(word, told.text), "same", told.sure))
    if second == "accents":
        richer = word._replace(text=told.text) if letters.accented(told.text) else word
        return Judged(_sure(richer, "accents", told.sure), word.text if richer is not word else told.text)
    if third in {"same", "accents"}:
        taken = _sure(word._replace(text=told.text), third, told.sure)
        most = OUTVOTED if any(map(str.isdigit, taken.text)) else 1.0
        return Judged(taken._replace(confidence=min(taken.confidence, most)), word.text)
    if _clearer(word, told):
        return Judged(_sure(word._replace(text=told.text), "other", told.sure), word.text)
    unseen = told.sure < _NOTHING or not any(map(str.isalnum, told.text))
    return Judged(_sure(word, "other", told.sure), told.text, open=told.sure >= _CLEAR, unseen=unseen)


def _plainer(word: Word, told: str) -> Word:
    """Return a word as the second reader wrote the same signs, where that alone is a day as days are written.

    Dirt beside a stop makes a comma of it.
    """
    bare = told.strip(_STOPS)
    return (
        word._replace(text=bare) if letters.day(bare) and not letters.day(word.text.strip(_STOPS)) else word
    )


def _clearer(word: Word, told: Told) -> bool:
    """Whether the second reader is sure of a word, and the first was not or fails its check letter."""
    if told.sure < _CLEAR or not told.text or " " in told.text:
        return False
    bare = [text.strip(_STOPS) for text in (word.text, told.text)]
    proved = [number.is_valid(text) for text in bare for number in (dni, nie)]
    return word.confidence < VAGUE or (any(proved[2:]) and not any(proved[:2]))


def _sure(word: Word, second: Second, told: float) -> Word:
    """Return a word as likely right as what it is, and what both readers say of it, make it."""
    sure = word.confidence**0.5  # the page's words carry the engine's own figure squared
    return word._replace(confidence=certainty("page", sort_of(word.text), Signals(sure, second, told=told)))


def sort_of(text: str) -> Sort:
    """Return what a word is by its signs."""
    signs = [one for one in text if one.isalnum()]
    figures = sum(map(str.isdigit, signs))
    if signs and figures == len(signs):
        return "date" if len(signs) >= _LONE else "number"
    if figures:
        return "code"
    return "name" if signs and signs[0].isupper() else "text"
