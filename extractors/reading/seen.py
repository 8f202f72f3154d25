"""Does the text layer say what the eye sees? Words without ink go; ink without words is read by OCR."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from extractors.page import Box, Widget, Word
from extractors.reading.content import Content
from extractors.reading.ocr import BLANK
from extractors.reading.raster import Raster
from extractors.reading.straighten import ink_share

_CONTRAST = 24
_FEW = 80
_COVER = 0.4
MANY_NEW = 5
"""Words by which a scan must add to a text layer to count."""


def visible(words: Sequence[Word], picture: Raster) -> tuple[Word, ...]:
    """Return the words that leave a trace on the drawn page: not white on white, not under a patch."""
    if not words:
        return ()
    right, left = picture.grey[:, 1:], picture.grey[:, :-1]
    steps = np.maximum(right, left) - np.minimum(right, left) >= _CONTRAST
    places = np.rint(np.array([word.box for word in words]) * picture.scale).astype(int).clip(0).tolist()
    return tuple(
        word for word, (x0, y0, x1, y1) in zip(words, places, strict=True) if steps[y0:y1, x0:x1].any()
    )


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
    if cover < _COVER and len(words) >= _FEW:
        return False
    unread = _unread_ink(picture, [w.box for w in words] + [w.box for w in widgets])
    return unread >= (0.004 if cover >= _COVER else 0.02)


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
