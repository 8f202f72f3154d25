"""Two texts drawn at one place: the same twice is bold print, different ones cannot both be believed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.lines import Word

_MOST = 2000
"""Words of a page beyond which none is compared; a full page of small print has a thousand."""
DOUBT = 0.5


def single(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return *words* with repeats of one word at one place left out, and clashing words in doubt.

    Somebody who paints a new date over an old one leaves both in the text layer. Dots and dashes under
    a filled-in value are not words and clash with nothing.
    """
    kept = dict(enumerate(words))
    for first, second in _pairs(words):
        if words[first].text == words[second].text:
            kept.pop(second, None)
        else:
            for one in (first, second):
                kept[one] = words[one]._replace(confidence=min(words[one].confidence, DOUBT))
    return tuple(kept[index] for index in sorted(kept))


def _pairs(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the pairs of words that share more than half of the smaller one's place."""
    lettered = [i for i, word in enumerate(words) if any(map(str.isalnum, word.text))]
    if not 1 < len(lettered) <= _MOST:
        return []
    x0, y0, x1, y1 = np.array([words[i].box for i in lettered], np.float32).T
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    down = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    area = (x1 - x0) * (y1 - y0)
    shared = (across > 0) & (down > 0) & (across * down > 0.5 * np.minimum.outer(area, area))
    firsts, seconds = np.nonzero(np.triu(shared, 1))
    return [(lettered[a], lettered[b]) for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)]
