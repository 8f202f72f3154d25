"""Do two readers see the same words on a paper that decides? One can be made so that they do not.

PDFium prints what a file says of its letters (`/ActualText`, ISO 32000-1, 14.9.4), pdfplumber what is drawn
by its font's table: a word can be told as another, or not at all.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extractors.document import Document
from extractors.lines import Word
from extractors.page import Page

AMBIGUOUS = "ambiguous-text"
"""Flag of a paper whose text two programs read differently, or of which some was struck out."""
DOUBT = 0.5
_DECIDE_NOTHING = frozenset({"other", "unreadable"})
_NEAR = 2.0
"""Points by which the two readers' boxes of one word may lie apart."""
_LINE = 3.0
_ROW = 24.0
_ROWS = 1000
_MOST = 5000
"""Words of a page beyond which it is not compared but taken to differ; small print has a thousand."""
_COVERED = 0.3
_CLEAR = 0.88
"""Certainty of a word of a scan from which it counts against the text layer; OCR gives 0.89 at most."""
_SIGNS = 2
"""Letters from which a word counts that only the second reader sees: ticks are letters of a font to it."""


def ambiguous(document: Document, pages: Sequence[Page]) -> bool:
    """Whether two readers see different words on *pages* where *document* is, or a line strikes some out.

    Every word counts: on 290 honest pages (generated ones, prints of LibreOffice and Chromium in eight faces)
    none of 29 600 differs. What stands in form fields neither reader gives, and a scan has one reader only.
    """
    if document.kind in _DECIDE_NOTHING:
        return False
    filed = [pages[number - 1] for number in document.pages]
    return any(page.struck or not _agreed(page) for page in filed)


def _agreed(page: Page) -> bool:
    """Whether each reader confirms what the other sees; a page with hidden text is in doubt by that."""
    if page.second_words is None or page.hidden or not page.words:
        return True
    second = page.second_words()
    if len(page.words) > _MOST or len(second) > _MOST:
        return False
    told = all(word.confidence > DOUBT for word in doubted(_sure(page.words), lambda: second))
    return told and not _missed(page, second)


def _sure(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that are not in doubt already."""
    return tuple(word for word in words if word.confidence > DOUBT)


def doubted(words: Sequence[Word], second: Callable[[], Sequence[Word]]) -> tuple[Word, ...]:
    """Return *words*, those in doubt in whose place the *second* reader does not see the same letters."""
    others = _Rows.of(second() if words else ())
    turned = {_column(word) for word in words if _stands(word)}
    return tuple(
        word if _confirmed(word, others, turned=_column(word) in turned) else word._replace(confidence=DOUBT)
        for word in words
    )


def contradicted(words: Sequence[Word], scanned: Sequence[Word]) -> tuple[Word, ...]:
    """Return *words*, those in doubt in whose place the eye of an OCR clearly sees other figures.

    A font can show one figure and tell every program another. Letters are not compared: OCR errs in them.
    """
    clear = _Rows.of(word for word in scanned if word.confidence >= _CLEAR)
    return tuple(word._replace(confidence=DOUBT) if _other_figures(word, clear) else word for word in words)


def _other_figures(word: Word, clear: _Rows) -> bool:
    """Whether as many figures stand in the place of *word*, and others."""
    told = _figures(word.text)
    here = sorted(clear.near(word), key=lambda other: other.box.x0)
    seen = "".join(_figures(other.text) for other in here if other.box.common(word.box) > 0)
    return len(told) >= _SIGNS and len(seen) == len(told) and seen != told


def _figures(text: str) -> str:
    """Return the figures of *text*."""
    return "".join(one for one in text if one.isdigit())


def _stands(word: Word) -> bool:
    """Whether a word runs up or down the page, as the code of an electronic paper does in its margin."""
    return len(_plain(word.text)) >= _SIGNS and word.box.height > word.box.width


def _column(word: Word) -> tuple[int, int]:
    """Return from where to where a word goes across the page: all of one line up the margin go alike."""
    return round(word.box.x0), round(word.box.x1)


def _confirmed(word: Word, others: _Rows, *, turned: bool) -> bool:
    """Whether the letters and figures of *word* stand in its place, however they are cut into words.

    One reader may give a script that runs from right to left as it is written, the other as it is spoken; and
    a line that is *turned*, from its foot or from its head.
    """
    wanted = _plain(word.text)
    here = sorted(others.near(word), key=lambda other: (round(other.box.y0 / _LINE), other.box.x0))
    seen = "".join(_plain(other.text) for other in here)
    either = turned or not wanted.isascii()
    return wanted in seen or (either and wanted[::-1] in seen)


def _missed(page: Page, second: Sequence[Word]) -> bool:
    """Whether the second reader sees a word on the page where the first sees none."""
    rows = _Rows.of(page.words)
    return any(
        0 <= word.box.middle[0] <= page.width
        and 0 <= word.box.middle[1] <= page.height
        and len(_plain(word.text)) >= _SIGNS
        and sum(word.box.common(other.box) for other in rows.near(word))
        < _COVERED * word.box.width * word.box.height
        for word in second
    )


class _Rows(NamedTuple):
    """Words by the strips of the page that they touch, so that neighbours are found without a search."""

    strips: dict[int, list[Word]]

    @classmethod
    def of(cls, words: Iterable[Word]) -> _Rows:
        """Return *words* by strip."""
        strips: dict[int, list[Word]] = defaultdict(list)
        for word in dict.fromkeys(words):
            for strip in _strips(word):
                strips[strip].append(word)
        return cls(strips)

    def near(self, word: Word) -> list[Word]:
        """Return the words that touch the place of *word*."""
        x0, y0, x1, y1 = word.box.grown(_NEAR)
        found: dict[int, Word] = {}
        for strip in _strips(word):
            for other in self.strips.get(strip, ()):
                left, top, right, foot = other.box  # in line: a page asks this 400 000 times
                if left < x1 and right > x0 and top < y1 and foot > y0 and left < right and top < foot:
                    found[id(other)] = other
        return list(found.values())


def _strips(word: Word) -> range:
    """Return the numbers of the strips that the place of *word* touches."""
    top, foot = (word.box.y0 - _NEAR) / _ROW, (word.box.y1 + _NEAR) / _ROW
    return range(int(min(max(top, 0), _ROWS)), int(min(max(foot, 0), _ROWS)) + 1)


def _plain(text: str) -> str:
    """Return the letters and figures of *text* without accents and case."""
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())
