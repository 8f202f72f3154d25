"""A second opinion on what a scanned paper says: its values, read once more by an independent recogniser.

Words are judged, not fields: a kind's reader goes over the page again with the judged words, so that a
value is as sure as the least sure word it stands on. Where the two differ, the first engine looks at that
piece alone, enlarged: what two of three say is taken, and what the third said is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from extractors.certainty import ACCEPTED, FAXED, Signals, certainty
from extractors.lines import Box, Line, Word, lines
from extractors.page import Page, Picture
from extractors.reading.words import cuts, recogniser
from extractors.reading.words.anew import anew
from extractors.reading.words.dirt import dirt
from extractors.reading.words.signs import Figures
from extractors.reading.words.third import confirmed
from extractors.reading.words.verdict import VAGUE, Judged, verdict
from extractors.reading.words.witness import LIKELY, VOUCHED, vouched

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
        "disability_certificate",
        "income_declaration",
    }
)
"""Kinds of paper on whose values a decision stands; cards and forms have their own second look."""
FIRST, SECOND = "ocr", "recogniser"
"""The names of the two readers in a field's readings."""
UNCLEAR = 0.36
"""Certainty below which a word is looked at wherever it stands: it may be a line that was misread."""
_PROVED = Signals(0.0, "other", "held")
"""What is known of a word that the second reader alone sees, and that is one of the register's own."""
_FIGURES = 2
"""Figures from which a word is asked about wherever it stands; a single one is a floor or a door."""
_LETTERS = 3
"""Letters from which a word is no pen stroke and no dirt."""
_STANDING = 1.5
"""Height of a word in its breadths from which it runs up the margin, where no line is looked at."""
_YEAR = 4
"""Figures of a word that may be a day or its year."""
_OVER = 2.0
"""Heights of a day above it down to which its label's line stands."""
_CELL = 0.9
"""White space, in heights of the line, that parts a label from what is printed beside it."""
_STROKES = frozenset("01")
"""Words that may be a letter alone, or what is left of a word."""
_EDGE, _DARK = 0.4, 128
"""Points around a word that may hold the edge of its ink; the grey below which a pixel is ink."""
_MOST = 160
"""Pieces of a page beyond which nobody is asked; what is left stays as sure as one engine makes it."""


class Other(NamedTuple):
    """What `reader` says in the place of a word, other than what is believed."""

    word: Word
    reader: str


class Heard(NamedTuple):
    """A page with its words judged, and what another reading says where it differs from the word there.

    `gaps`: words about which the first engine was unclear and in which the second clearly sees others;
    `seals`: where words stand that are lettered in seals of coloured ink; `dirt`: where it is dirt.
    """

    page: Page
    others: tuple[Other, ...] = ()
    gaps: tuple[Word, ...] = ()
    seals: frozenset[Box] = frozenset()
    dirt: frozenset[Box] = frozenset()


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
    if not page.loose:
        return Heard(page)
    own = known(page)
    clear = {word for word in own if word.confidence >= VAGUE} if bands else set()
    wanted = {
        word
        for word in page.words
        if asked(word, values, ()) or (word not in clear and asked(word, (), bands))
    }
    wanted |= _labels(page, own)
    judged = _judged(page, list(cuts.pieces(page, wanted))[:_MOST])
    judged |= _explained(page, judged, known)
    judged |= _kept(page, judged, own, known)
    words = tuple(judged[word].word if word in judged else word for word in page.words)
    others = tuple(
        Other(word._replace(text=one.other), SECOND if one.word.text == word.text else FIRST)
        for word, one in judged.items()
        if one.other and one.other != one.word.text
    )
    gaps = tuple(w for w, one in judged.items() if one.open and w.confidence < UNCLEAR and _long(w))
    return Heard(replace(page, words=words), others, gaps, dirt=dirt(page, judged))


def _labels(page: Page, own: frozenset[Word]) -> set[Word]:
    """Return the words of labels of days that are not all the kind's *own*: misread, they name nothing.

    A label stands before its day on the line, or over it. Nothing is asked where a kind has no own words.
    """
    days = [word.box for word in page.words if sum(map(str.isdigit, word.text)) >= _YEAR] if own else []
    cells = [cell for cell in lines(page.words, _CELL) if not own.issuperset(cell.words)] if days else []
    return {
        word
        for cell in cells
        if any(_labels_it(cell.box, day) for day in days)
        for word in cell.words
        if any(map(str.isalpha, word.text))
    }


def _labels_it(cell: Box, day: Box) -> bool:
    """Whether a cell stands before *day* on its line, or on the line above it."""
    x, y = cell.middle
    before = x < day.x0 and day.y0 <= y <= day.y1
    over = cell.x1 > day.x0 and cell.x0 < day.x1 and 0 < day.y0 - y <= _OVER * day.height
    return before or over


def _judged(page: Page, pieces: Sequence[Line]) -> dict[Word, Judged]:
    """Return each word of *pieces* as both readers see it."""
    picture = page.picture()
    crops = [cuts.cut(picture, piece) for piece in pieces]
    judged: dict[Word, Judged] = {}
    alone: dict[Word, recogniser.Told] = {}
    for piece, crop, told in zip(pieces, crops, recogniser.tell(crops), strict=True):
        judged |= zip(piece.words, verdict(piece, crop, told, picture.scale), strict=True)
        alone |= {word: told for word in piece.words if len(piece.words) == 1}
    judged |= anew(picture, judged, alone)
    judged |= confirmed(picture, judged)
    return _vouched(picture, judged) if picture.bilevel else judged


def _vouched(picture: Picture, judged: Mapping[Word, Judged]) -> dict[Word, Judged]:
    """Return words in black and white alone: those with figures are sure if others vouch for them.

    So may a third reader. Where the readers differ even that makes none surer than it was.
    """
    figured = [(word, one) for word, one in judged.items() if any(map(str.isdigit, one.word.text))]
    asked = {at: _figures(picture, one.word) for at, (_, one) in enumerate(figured)}
    agreed = {at for at, (_, one) in enumerate(figured) if not one.other and one.word.confidence >= ACCEPTED}
    shown = {at for at in vouched(asked, frozenset(agreed)) if asked[at].text not in _STROKES}
    told = dict(judged)
    for at, (word, one) in enumerate(figured):
        if at not in shown and not one.thrice:
            told[word] = _sure(one, min(one.word.confidence, FAXED))
        elif at in shown and not one.other:
            told[word] = _sure(one, max(one.word.confidence, VOUCHED))
    return told


def _figures(picture: Picture, word: Word) -> Figures:
    """Return a word as one to be vouched for, and if it is likely, to compare others with."""
    pixels = np.asarray(picture.cut(word.box.grown(_EDGE)), dtype=np.uint8)
    return Figures(pixels, pixels < _DARK, word.text, word.confidence >= LIKELY)


def _sure(judged: Judged, sure: float) -> Judged:
    """Return a word as judged, as likely right as *sure* says."""
    return judged._replace(word=judged.word._replace(confidence=sure))


def _explained(
    page: Page, judged: Mapping[Word, Judged], known: Callable[[Page], frozenset[Word]]
) -> dict[Word, Judged]:
    """Return the second reader's words where nothing settled which is right, and only its own are *known*.

    Tesseract's Spanish model reads the Catalan "l'alta" as "Palta", time and again.
    """
    theirs = {
        word: word._replace(text=one.other, confidence=certainty("page", "text", _PROVED))
        for word, one in judged.items()
        if one.open and one.word.text == word.text
    }
    if not theirs:
        return {}
    mine = known(page)
    told = known(replace(page, words=tuple(theirs.get(word, word) for word in page.words)))
    return {
        word: Judged(other, word.text) for word, other in theirs.items() if other in told and word not in mine
    }


def _kept(
    page: Page, judged: Mapping[Word, Judged], own: frozenset[Word], known: Callable[[Page], frozenset[Word]]
) -> dict[Word, Judged]:
    """Return the first reader's words that are the kind's *own* where what was put in their place is not.

    Misread, they would be no such words; they stay as doubtful as they were judged.
    """
    other = {word: one.word for word, one in judged.items() if word in own and one.word.text != word.text}
    if not other:
        return {}
    told = known(replace(page, words=tuple(other.get(word, word) for word in page.words)))
    return {
        word: Judged(word._replace(confidence=min(one.confidence, word.confidence)), one.text)
        for word, one in other.items()
        if one not in told
    }


def _long(word: Word) -> bool:
    """Whether a word has letters enough not to be a pen stroke or dirt."""
    return sum(map(str.isalnum, word.text)) >= _LETTERS


def asked(word: Word, values: Sequence[Box], bands: Sequence[Box], *, everywhere: bool = True) -> bool:
    """Whether a word is to be looked at: it belongs to a value, or is a name in a band, or has figures.

    Figures and unclear words are looked at *everywhere*, else only in *bands* and *values*.
    """
    signs = [one for one in word.text if one.isalnum()]
    if not signs or (len(signs) >= _LETTERS and word.box.height > _STANDING * word.box.width):
        return False
    if any(lies(word, place) for place in values):
        return True
    inside = any(lies(word, place) for place in bands)
    figures = sum(map(str.isdigit, signs)) >= _FIGURES
    unclear = word.confidence < UNCLEAR and len(signs) >= _LETTERS
    return (inside or everywhere) and (figures or unclear or (inside and not signs[0].islower()))


def lies(word: Word, place: Box) -> bool:
    """Whether the middle of a word lies in a place."""
    return place.holds(*word.box.middle)
