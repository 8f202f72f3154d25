"""Does a paper on which the law turns look as its text says? An OCR engine looks at the lines that matter.

A font can draw one figure and tell every program another, by its table for programs (`/ToUnicode`) or by its
outlines; a value may be drawn over another as strokes. All readers of the text layer believe the same then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from PIL import Image
from rapidfuzz import fuzz

from extractors.document import Document
from extractors.lines import Box, Line, Word, lines
from extractors.page import Page, Picture
from extractors.reading.raster import Grey
from extractors.reading.words import pieces, recogniser

_LAW_TURNS_ON = frozenset({"padron_certificate", "padron_volante", "non_export_certificate"})
_GAP = 1.5
"""White space, in text heights, that parts the cells of a row: each is looked at by itself."""
_FIGURES = 2
"""Figures from which a word is looked at; a single one is a floor or a door."""
_LETTERS = 3
_ALIKE = 70.0
"""Likeness, 0 to 100, of a word to what is seen; on 187 honest certificates the least was 83."""
_INITIALS = re.compile(r"\W*(?:[^\W\d_][.ºª/]+)+[^\W\d_]?\W*")
"""N.I.E., VºBº, D./Dª: the engine makes "N.LE.", "V2B2" and "D./D*" of them, and no value is told so."""
_CODE = 10
"""Letters and figures from which a word is a code to look the paper up by; a person's number has nine."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year within a word, as in "10-MAYO-2019": it is seen to the last figure."""
_ALIKE_SIGNS = str.maketrans("oqilszbg", "00115286")
"""Letters that the engine takes for figures in a code, and the reverse: no word around tells it which."""
_EDGE = 1.5
_MOST = 200
"""Lines of a page beyond which the rest is not looked at; a long register has fifty."""
_NOT_READ = 0.5
"""Certainty at most of a word that is in doubt already."""
_SIZES = (1.0, 1.5)
"""The picture as it is, then enlarged: the engine misreads one figure of a thousand, seldom twice."""
_SECONDS = 20
_LARGER, _SURE, _FEW = 1.5, 0.2, 3
"""The size at which the recogniser looks where the engine saw something else, how sure it must be, and at how
many lines: an engine that slips slips seldom."""


def strange(document: Document, pages: Sequence[Page]) -> bool:
    """Whether the eye sees other words than the text layer has where *document* says what the law turns on.

    A page that the engine cannot look at, or not in time, is strange.

    Raises:
        Missing: The OCR program or its data are not installed.
    """
    if document.kind not in _LAW_TURNS_ON:
        return False
    return any(_strange(page, _places(document, page)) for page in _digital(document, pages))


def _digital(document: Document, pages: Sequence[Page]) -> list[Page]:
    """Return the pages of *document* that were read by their text layer."""
    return [page for page in (pages[number - 1] for number in document.pages) if page.reader == "text"]


def _places(document: Document, page: Page) -> list[Box]:
    """Return where the values of *document* stand on *page*."""
    return [field.box for field in document.fields.values() if field.page == page.number and field.text]


def _strange(page: Page, places: Sequence[Box]) -> bool:
    """Whether some line that matters reads otherwise, however it is looked at."""
    left = [line for line in lines(page.words, _GAP) if _matters(line, places)][:_MOST]
    for size in _SIZES:
        seen = _unconfirmed(page.picture(), left, size) if left else left
        if seen is None:
            return True
        left = seen
    return bool(left) and (len(left) > _FEW or not _recognised(page.picture(), left))


def _matters(line: Line, places: Sequence[Box]) -> bool:
    """Whether *line* runs level and holds figures, or a value of the document."""
    box = line.box
    if box.height > box.width:
        return False
    numbers = any(sum(map(str.isdigit, word.text)) >= _FIGURES for word in line.words)
    return numbers or any(box.common(place) > 0 for place in places)


def _unconfirmed(picture: Picture, found: Sequence[Line], size: float) -> list[Line] | None:
    """Return the lines of which the engine reads something else in *picture*, made *size* times as large.

    None if it cannot look, or not in time.
    """
    cut = {at: _enlarged(picture.cut(line.box.grown(_EDGE)), size) for at, line in enumerate(found)}
    told = pieces.read({at: one for at, one in cut.items() if one.size}, picture.scale * size, _SECONDS)
    if told is None:
        return None
    seen = {at: _plain("".join(text for text, _ in told.get(at, ()))) for at in cut}
    return [line for at, line in enumerate(found) if not all(_shown(word, seen[at]) for word in line.words)]


def _recognised(picture: Picture, found: Sequence[Line]) -> bool:
    """Whether the recogniser sees each word of some lines in *picture* as the text layer has it.

    The engine took a 9 for a 2 twice, or saw nothing beside a row of dots; what is drawn otherwise than it is
    told both see as drawn.
    """
    words = [word for line in found for word in line.words if _plain(word.text)]
    told = recogniser.tell([_enlarged(picture.cut(word.box.grown(_EDGE)), _LARGER) for word in words])
    seen = [(word, one) for word, one in zip(words, told, strict=True) if not _shown(word, "")]
    return all(one.sure >= _SURE and _shown(word, _plain(one.text)) for word, one in seen)


def _enlarged(piece: Grey, size: float) -> Grey:
    """Return *piece* with *size* times its breadth and height."""
    if size == 1.0 or not piece.size:
        return piece
    rows, columns = piece.shape
    larger = (round(columns * size), round(rows * size))
    return np.asarray(Image.fromarray(np.ascontiguousarray(piece)).resize(larger, Image.Resampling.LANCZOS))


def _shown(word: Word, seen: str) -> bool:
    """Whether *word* is among what is *seen*: figures to the last one, letters nearly."""
    told = _plain(word.text)
    if word.confidence <= _NOT_READ or not told.isascii():
        return True
    if told.isdigit():
        return len(told) < _FIGURES or told in seen
    if not all(year in seen for year in _YEAR.findall(told)):
        return False
    return (
        len(told) < _LETTERS
        or bool(_INITIALS.fullmatch(word.text))
        or fuzz.partial_ratio(*_as_code(told, seen)) >= _ALIKE
    )


def _as_code(told: str, seen: str) -> tuple[str, str]:
    """Return both, signs that look alike made one where *told* is a code."""
    code = len(told) >= _CODE and any(map(str.isdigit, told)) and any(map(str.isalpha, told))
    return (told.translate(_ALIKE_SIGNS), seen.translate(_ALIKE_SIGNS)) if code else (told, seen)


def _plain(text: str) -> str:
    """Return the letters and figures of *text* without accents and case."""
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())
