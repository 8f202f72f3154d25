"""Does the text layer say what the eye sees? Words without ink go; ink without words is read by OCR."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from extractors.lines import Box, Word
from extractors.page import Widget
from extractors.reading.layer.content import Content
from extractors.reading.paper.straighten import ink_share
from extractors.reading.raster import Raster
from extractors.reading.words.ocr import BLANK

_CONTRAST = 24
_LETTERS = 3
"""Letters or figures from which a word must leave a trace along its breadth."""
_TRACED = 0.35
_SIGNS = 0.3
"""Share of signs in a word, as dots after a label, from which its whole box is looked at."""
_FIGURES = 0.6
_FIGURE_GAP = 0.9
_GAP = 1.3
"""Letters' breadths without a trace that a word may have between two of its letters."""
_HIGH = 5
"""Pixels of height from which the edges of a box are left out."""
_FEW = 80
_COVER = 0.4
_HEAD, _FOOT = 0.15, 0.1
"""Shares of a page for a letterhead and a foot, whose banners say nothing of the case."""
_LINE_WIDTH = 100.0
_LINE_SHAPE = 4.0
MANY_NEW = 5
"""Words by which a scan must add to a text layer to count."""


def visible(words: Sequence[Word], picture: Raster, bare: Raster) -> tuple[Word, ...]:
    """Return the words that a person sees: what they draw makes *picture* differ from *bare*.

    *bare* is the page drawn without its text. White on white, under a patch or an image, cut away, too
    small or too faint to leave a trace: such words are for programs only. A neighbour's ink that
    reaches into a word's place is no trace of that word, so most of its breadth must show some.
    """
    if not words:
        return ()
    traced = np.abs(picture.grey.astype(np.int16) - bare.grey) >= _CONTRAST
    places = np.rint(np.array([word.box for word in words]) * picture.scale).astype(int).clip(0).tolist()
    return tuple(word for word, place in zip(words, places, strict=True) if _shows(word, traced, *place))


def _shows(word: Word, traced: npt.NDArray[np.bool_], x0: int, y0: int, x1: int, y1: int) -> bool:
    """Whether the middle of the box has traces along its length; a sign or two may be a dot anywhere."""
    part = traced[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    if sum(map(str.isalnum, word.text)) < _LETTERS:
        return bool(part.any())
    along = 1 if part.shape[1] >= part.shape[0] else 0
    signs = sum(not one.isalnum() for one in word.text)
    whole = part.shape[1 - along] < _HIGH or signs > _SIGNS * len(word.text)
    traces = np.asarray((part if whole else _band(part, along)).any(axis=1 - along))
    return float(traces.mean()) >= _TRACED and _longest_gap(traces) <= _widest(word.text, signs, len(traces))


def _widest(text: str, signs: int, length: int) -> float:
    """Return the widest white that may stand inside a word of *length* pixels.

    Figures are all of one breadth and stand close, so that even one that is patched away leaves a hole.
    """
    breadth = length / (len(text) - 0.5 * signs)
    if sum(map(str.isdigit, text)) >= _FIGURES * len(text):
        return _FIGURE_GAP * breadth
    return float(length) if signs > 1 else _GAP * breadth + 1


def _longest_gap(traces: npt.NDArray[np.bool_]) -> int:
    """Return the longest run without a trace, in pixels: a patch over some letters of a word leaves one."""
    edges = np.flatnonzero(np.concatenate(([True], traces, [True])))
    return int(np.diff(edges).max()) - 1


def _band(part: npt.NDArray[np.bool_], along: int) -> npt.NDArray[np.bool_]:
    """Return *part* without the edge on either side of the line of writing."""
    edge = part.shape[1 - along] // 5
    return part[edge:-edge] if along else part[:, edge:-edge]


def covered(words: Sequence[Word], clear: Sequence[Word], drawn: Content, sheet: Box) -> bool:
    """Whether words lie on the page that nobody sees, though they are no scanner's layer under its image.

    Such a layer is hidden as a whole under an image of the sheet, and is not believed: OCR reads the image.
    """
    lettered = [word for word in words if sum(map(str.isalnum, word.text)) >= _LETTERS]
    seen = {word for word in clear if sum(map(str.isalnum, word.text)) >= _LETTERS}
    if not seen and drawn.cover(sheet) >= _COVER:
        return False
    return any(word not in seen for word in lettered)


def needs_ocr(picture: Raster, drawn: Content, words: Sequence[Word], widgets: Sequence[Widget]) -> bool:
    """Whether a page shows so much besides its text layer that it must be looked at.

    A scan with a registry's stamp printed over it has words, and says almost nothing in them. What is
    typed over a page as a note is in no text layer.
    """
    if not words:
        return ink_share(picture.grey) >= BLANK
    if drawn.noted:
        return True
    height, width = (side / picture.scale for side in picture.grey.shape)
    cover = drawn.cover(Box(0, 0, width, height))
    if any(_strip(image.box, height) and _unread(picture, image.box, words) for image in drawn.images):
        return True
    if cover < _COVER and len(words) >= _FEW:
        return False
    unread = _unread_ink(picture, [w.box for w in words] + [w.box for w in widgets])
    return unread >= (0.004 if cover >= _COVER else 0.02)


def _strip(box: Box, height: float) -> bool:
    """Whether an image has the shape of a line of writing and stands where the text does."""
    inside = _HEAD * height <= box.y0 and box.y1 <= (1 - _FOOT) * height
    return inside and box.width >= _LINE_WIDTH and box.width >= _LINE_SHAPE * box.height > 0


def _unread(picture: Raster, box: Box, words: Sequence[Word]) -> bool:
    """Whether something dark stands in *box*, most of which no word of the text layer covers."""
    covered = sum(word.box.common(box) for word in words)
    return picture.ink(box) > 0.01 and covered < 0.5 * box.width * box.height


def _unread_ink(picture: Raster, read: Iterable[Box]) -> float:
    """Return the share of the page that is dark and lies outside the boxes of *read*."""
    dark = Raster(grey=(picture.grey < 140).view(np.uint8), scale=picture.scale)
    for box in read:
        dark.cut(box.grown(1.5))[:] = 0
    return float(np.mean(dark.grey))


def joined(words: Sequence[Word], scanned: Sequence[Word], least: int = MANY_NEW) -> tuple[Word, ...] | None:
    """Return the text layer with what only the scan has; None where the scan adds less than *least*."""
    new = [word for word in scanned if not any(_same_place(word, other) for other in words)]
    if sum(len(word.text) >= 2 for word in new) < least:
        return None
    return (*words, *new)


def _same_place(word: Word, other: Word) -> bool:
    """Whether *other* covers a good part of *word*."""
    return word.box.common(other.box) > 0.3 * max(word.box.width * word.box.height, 0.01)
