"""The words of some pages as one running text that remembers where each letter stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from extractors.document import Field, Json
from extractors.lines import Word, around
from extractors.page import Page

_TORN = 2.0
"""White space, in heights, beyond which words of a scan are of two columns; blanks have 0.3."""
_JOINED = 0.85
"""Certainty at most of a value that two columns may have made, or of which a half may be lost."""
_READ = 0.36
"""Certainty below which a word was hardly read: it may stand for several."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Plain(dict[int, str]):
    """Each letter without its accent, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        """Return the letter without its accent; letters that would become several stay as they are."""
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = base if len(base) == 1 else chr(code)
        return self[code]


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Return *text* in lower case without accents, one letter for one: places stay the same."""
    return text.translate(_PLAIN)


class Prose:
    """Lines joined by a line break, words by a blank; `folded` is the same text by `fold`."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Join the lines of *pages* in reading order."""
        self.text = ""
        self._starts: list[int] = []
        self._words: list[tuple[Page, Word]] = []
        for page in pages:
            for line in page.lines:
                for word in line.words:
                    self._starts.append(len(self.text))
                    self._words.append((page, word))
                    self.text += word.text + " "
                self.text = self.text[:-1] + "\n"
        self.folded = fold(self.text)

    def words(self, start: int, end: int) -> tuple[tuple[Page, Word], ...]:
        """Return the words that text[start:end] touches, each with its page."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, max(end - 1, start))
        return tuple(self._words[first:last])

    def field(self, start: int, end: int, value: Json, confidence: float) -> Field:
        """Return a field for text[start:end]; an OCR word's own confidence lowers *confidence*."""
        touched = self.words(start, end)
        page = touched[0][0]
        here = [word for at, word in touched if at is page]
        loose = any(map(_torn, here, here[1:])) or (isinstance(value, str) and self._runs_out(end, value))
        most = _JOINED if page.reader == "ocr" and loose else 1.0
        return Field(
            value=value,
            text=" ".join(self.text[start:end].split()),
            confidence=min([confidence, most, *(word.confidence for word in here)]),
            page=page.number,
            box=around(word.box for word in here),
        )

    def _runs_out(self, end: int, value: str) -> bool:
        """Whether a day in words ends without a stop where nobody read on: "dos mil" may be half its year."""
        last = self.text[:end].split()[-1]
        if not _DAY.fullmatch(value) or not last.isalpha() or self.text[end : end + 1].strip():
            return False
        after = self._words[bisect_right(self._starts, end) :][:1]
        return not after or after[0][1].confidence < _READ


def _torn(one: Word, two: Word) -> bool:
    """Whether two words in a row stand side by side, but as far apart as those of two columns."""
    high = max(one.box.height, two.box.height, 1.0)
    level = abs(one.box.middle[1] - two.box.middle[1]) < high / 2
    return level and two.box.x0 - one.box.x1 > _TORN * high
