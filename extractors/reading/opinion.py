"""A second opinion on what a scanned paper says: its values, read once more by an independent recogniser.

Words are judged, not fields: a kind's reader goes over the page again with the judged words, so that a
value is as sure as the least sure word it stands on. Where the two differ, the first engine looks at that
piece alone, enlarged: what two of three say is taken, and what the third said is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from stdnum.es import dni, nie

from extractors.certainty import Second, Signals, Sort, certainty
from extractors.page import Box, Line, Page, Picture, Word, lines
from extractors.reading import letters, recogniser
from extractors.reading.engine import Ask, engine
from extractors.reading.raster import Grey, Raster
from extractors.reading.recogniser import Told

LAW_TURNS_ON = frozenset(
    {
        "padron_certificate",
        "padron_volante",
        "non_export_certificate",
        "family_record",
        "partner_registration",
        "court_decision",
        "consular_deregistration",
        "residence_permit",
    }
)
"""Kinds of paper on whose values a decision stands; cards and forms have their own second look."""
FIRST, SECOND = "ocr", "recogniser"
"""The names of the two readers in a field's readings."""
UNCLEAR = 0.36
"""Certainty below which a word is looked at wherever it stands: it may be a line that was misread."""
OUTVOTED = 0.89
"""Certainty at most of figures that the first engine read otherwise at first: a person looks at them."""
_CLEAR = 0.6
"""The second reader's own certainty from which it sees letters in what the first made little of."""
_VAGUE = 0.6
"""Certainty of the first below which the second's word is taken where it is clear."""
_STRETCHED = 1.25
"""Breadth at which figures are looked at again."""
_DYED = 0.01
"""Share of coloured pixels from which a piece is looked at without them."""
_DARK, _PRINT = 140, 0.02
"""Grey of black print, and its share of a piece from which it is print that a stamp lies on."""
_FIGURES = 2
"""Figures from which a word is asked about wherever it stands; a single one is a floor or a door."""
_LETTERS = 3
_GAP = 1.2
"""White space, in heights of the line, up to which two words are looked at together."""
_WIDEST = 24.0
"""Breadth, in heights, of the widest piece: the recogniser squeezes wider ones."""
_MOST = 160
"""Pieces of a page beyond which nobody is asked; what is left stays as sure as one engine makes it."""
_EDGE = (2.0, 1.5)
"""Points around a piece, across and down."""
_LARGER = 1.5
_SECONDS = 5.0
"""Wall time for a look at one piece, which takes a hundredth of it."""


class Other(NamedTuple):
    """What `reader` says in the place of a word, other than what is believed."""

    word: Word
    reader: str


class Heard(NamedTuple):
    """A page with its words judged, and what another reading says where it differs from the word there.

    `gaps`: the first engine was unclear about words in which the second clearly sees others.
    """

    page: Page
    others: tuple[Other, ...] = ()
    gaps: bool = False


class _Judged(NamedTuple):
    """One word as it is to be believed, and what another reading says of it, if it differs.

    `open`: nothing settles which of the two is right.
    """

    word: Word
    other: str = ""
    open: bool = False


def heard(
    page: Page,
    values: Sequence[Box],
    bands: Sequence[Box] = (),
    known: Callable[[Page], frozenset[Word]] = lambda _: frozenset(),
) -> Heard:
    """Return a scanned *page* with its words judged: all in *values*, names in *bands*, figures anywhere.

    Of a band the words that are *known* are not asked about, unless they are unclear. A page of text, or one
    laid on its blank, is as sure as it was.

    Raises:
        Missing: The recogniser's package, or the OCR engine or its data, are not installed.
    """
    if page.reader != "ocr" or page.laid is not None:
        return Heard(page)
    clear = {word for word in known(page) if word.confidence >= _VAGUE} if bands else set()
    wanted = {
        word
        for word in page.words
        if asked(word, values, ()) or (word not in clear and asked(word, (), bands))
    }
    pieces = list(_pieces(page, wanted))[:_MOST]
    picture = page.picture()
    cuts = [_cut(picture, piece) for piece in pieces]
    judged: dict[Word, _Judged] = {}
    for piece, cut, told in zip(pieces, cuts, recogniser.tell(cuts), strict=True):
        judged |= zip(piece.words, _verdict(piece, cut, told, picture.scale), strict=True)
    words = tuple(judged[word].word if word in judged else word for word in page.words)
    others = tuple(
        Other(word._replace(text=one.other), SECOND if one.word.text == word.text else FIRST)
        for word, one in judged.items()
        if one.other and one.other != one.word.text
    )
    gaps = any(one.open and word.confidence < UNCLEAR and _long(word) for word, one in judged.items())
    return Heard(replace(page, words=words), others, gaps)


def _long(word: Word) -> bool:
    """Whether a word has letters enough not to be a pen stroke or dirt."""
    return sum(map(str.isalnum, word.text)) >= _LETTERS


def asked(word: Word, values: Sequence[Box], bands: Sequence[Box], *, everywhere: bool = True) -> bool:
    """Whether a word is to be looked at: it belongs to a value, or is a name in a band, or has figures.

    Figures and unclear words are looked at *everywhere*, else only in *bands* and *values*.
    """
    signs = [one for one in word.text if one.isalnum()]
    if not signs or (len(signs) >= _LETTERS and word.box.height > 2 * word.box.width):
        return False
    if any(_lies(word, place) for place in values):
        return True
    inside = any(_lies(word, place) for place in bands)
    figures = sum(map(str.isdigit, signs)) >= _FIGURES
    unclear = word.confidence < UNCLEAR and len(signs) >= _LETTERS
    return (inside or everywhere) and (figures or unclear or (inside and not signs[0].islower()))


def _lies(word: Word, place: Box) -> bool:
    """Whether the middle of a word lies in a place."""
    return place.holds(*word.box.middle)


def _pieces(page: Page, asked_for: AbstractSet[Word]) -> Iterator[Line]:
    """Yield the runs of neighbouring words that are to be looked at once more."""
    for line in lines(page.words):
        run: list[Word] = []
        for word in line.words:
            wanted = word in asked_for
            if run and (not wanted or _apart(run, word)):
                yield Line(tuple(run))
                run = []
            if wanted:
                run.append(word)
        if run:
            yield Line(tuple(run))


def _apart(run: Sequence[Word], word: Word) -> bool:
    """Whether *word* stands too far from the run, or would make it too wide."""
    high = max(*(one.box.height for one in run), word.box.height, 1.0)
    return word.box.x0 - run[-1].box.x1 > _GAP * high or word.box.x1 - run[0].box.x0 > _WIDEST * high


def _cut(picture: Picture, piece: Line) -> Grey:
    """Return the pixels of a piece with a little paper around it, black print without a stamp over it."""
    box, (across, down) = piece.box, _EDGE
    place = Box(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down)
    if not isinstance(picture, Raster):
        x0, x1 = (max(round(x * picture.scale), 0) for x in (place.x0, place.x1))
        y0, y1 = (max(round(y * picture.scale), 0) for y in (place.y0, place.y1))
        return picture.grey[y0:y1, x0:x1]
    whole = picture.cut(place)
    if picture.colour(place) < _DYED:
        return whole
    black = picture.without_dye(place)
    return black if float(np.mean(black < _DARK)) >= _PRINT else whole


def _verdict(piece: Line, cut: Grey, told: Told, scale: float) -> list[_Judged]:
    """Return the words of a piece as both readers see them, after a third look where they differ."""
    texts = [word.text for word in piece.words]
    seconds = letters.compared(texts, told.text)
    if "other" in seconds and _figures(texts) and len(told.text) > 1:
        told, seconds = _once_more(texts, cut, told, seconds)
    theirs = letters.in_place(texts, told.text) or [""] * len(texts)
    thirds: list[Second] = ["none"] * len(texts)
    if "other" in seconds and any(theirs):
        thirds = letters.compared(theirs, _again(cut, scale))
    whole = told.text if not any(theirs) else ""
    return [
        _judged(word, second, third, Told(text or whole, told.sure))
        for word, second, third, text in zip(piece.words, seconds, thirds, theirs, strict=True)
    ]


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


def _again(cut: Grey, scale: float) -> str:
    """Return what the first engine reads of a piece by itself, enlarged."""
    if not cut.size:
        return ""
    large = cv2.resize(cut, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_REPLICATE)
    seen = engine().words(np.asarray(framed, np.uint8), round(scale * 72 * _LARGER), Ask("line"), _SECONDS)
    return " ".join(one.text for one in seen or ())


def _judged(word: Word, second: Second, third: Second, told: Told) -> _Judged:
    """Return a word with its certainty by what both readers, and the third look, say of it.

    Tesseract's Spanish model drops the accents and cedillas it does not know; the other reader sees them.
    """
    if second == "same":
        return _Judged(_sure(word, "same", told.sure))
    if second == "accents":
        richer = word._replace(text=told.text) if letters.accented(told.text) else word
        return _Judged(_sure(richer, "accents", told.sure), word.text if richer is not word else told.text)
    if third in {"same", "accents"}:
        taken = _sure(word._replace(text=told.text), third, told.sure)
        most = OUTVOTED if any(map(str.isdigit, taken.text)) else 1.0
        return _Judged(taken._replace(confidence=min(taken.confidence, most)), word.text)
    if _clearer(word, told):
        return _Judged(_sure(word._replace(text=told.text), "other", told.sure), word.text)
    return _Judged(_sure(word, "other", told.sure), told.text, open=told.sure >= _CLEAR)


def _clearer(word: Word, told: Told) -> bool:
    """Whether the second reader is sure of a word, and the first was not or fails its check letter."""
    if told.sure < _CLEAR or not told.text or " " in told.text:
        return False
    proved = [number.is_valid(text) for text in (word.text, told.text) for number in (dni, nie)]
    return word.confidence < _VAGUE or (any(proved[2:]) and not any(proved[:2]))


def _sure(word: Word, second: Second, told: float) -> Word:
    """Return a word as likely right as what it is, and what both readers say of it, make it."""
    sure = word.confidence**0.5  # the page's words carry the engine's own figure squared
    return word._replace(confidence=certainty("page", _sort(word.text), Signals(sure, second, told=told)))


def _sort(text: str) -> Sort:
    """Return what a word is by its signs."""
    signs = [one for one in text if one.isalnum()]
    figures = sum(map(str.isdigit, signs))
    if signs and figures == len(signs):
        return "date" if len(signs) >= _FIGURES else "number"
    if figures:
        return "code"
    return "name" if signs and signs[0].isupper() else "text"
