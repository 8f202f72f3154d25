"""Finding the phrases of a form on a page: labels, options and headings, told from running text.

A phrase counts only where a label can stand: it begins a line or a column, or ends with a colon, and
nothing but a colon, a bracket, a box or white space follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from extractors.forms.labelled.vocabulary import Vocabulary
from extractors.forms.register import key
from extractors.lines import Box, Word, around
from extractors.page import Page

_GAP = 0.9
"""White space, in text heights, that parts columns."""
_NUMBERING = re.compile(r"\d{1,2}(\.\d{1,2})*[.)]?-?|[a-zA-Z][.)]|[•·*-]")
SENTENCE = 4
"""Words from which an option needs no end: the sentence may run on."""
_LIKE = {"text": 90.0, "ocr": 82.0}
_SLIP = 2
"""Letters by which a phrase may be longer or shorter than printed: more is another phrase."""
SIGN = re.compile(r"[☐☑☒□■○●◯✓✔✗✘❏❑]|[\[(]\s*[xX✓✔✗]?\s*[\])]?|[xX]?[\])]|_+[xX]?_*|[xX]")
"""A word that may be a box to tick, or half of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of the vocabulary at one place; `row` counts the page's lines from the top."""

    key: str
    words: tuple[Word, ...]
    row: int
    colon: bool
    alone: bool
    """Whether nothing else stands in its column of the line."""

    @property
    def box(self) -> Box:
        """The box around its words."""
        return around(word.box for word in self.words)

    @property
    def text(self) -> str:
        """The words as printed."""
        return " ".join(word.text for word in self.words)


def phrases(page: Page, words: Vocabulary) -> list[Phrase]:
    """Return the phrases of *words* on the page, in reading order, none over another."""
    return [
        found for row, line in enumerate(page.lines) for found in _in_row(row, line.words, words, page.reader)
    ]


def _in_row(row: int, tokens: Sequence[Word], words: Vocabulary, reader: str) -> Iterator[Phrase]:
    """Give the phrases of one line, the longest first at each place."""
    at = 0
    while at < len(tokens):
        end = _end(tokens, at, words, reader)
        if end is None:
            at += 1
            continue
        length, phrase = end
        after = _past_bracket(tokens, at + length)
        alone = _begins(tokens, at) and _column_ends(tokens, after)
        colon = _colon(tokens, at + length)
        yield Phrase(
            key=phrase, words=tuple(tokens[_numbered(tokens, at) : after]), row=row, colon=colon, alone=alone
        )
        at = after


def _numbered(tokens: Sequence[Word], at: int) -> int:
    """Return where the number of the label at *at* begins, else *at*: the number is part of the label."""
    before = at - 1
    return before if at and not _apart(tokens, at) and _NUMBERING.fullmatch(tokens[before].text) else at


def _end(tokens: Sequence[Word], at: int, words: Vocabulary, reader: str) -> tuple[int, str] | None:
    """Return how many tokens from *at* on are a phrase, and which; None where none begins here."""
    first = tokens[at].text
    if _NUMBERING.fullmatch(first) or SIGN.fullmatch(first) or not key(first):
        return None
    most = 1
    while most < words.longest + 2 and at + most < len(tokens) and not _apart(tokens, at + most):
        most += 1
    for length in range(most, 0, -1):
        told = key("".join(token.text for token in tokens[at : at + length]))
        known = told in words.phrases and key(tokens[at + length - 1].text)
        if not known or (told in words.colon_only and not _colon(tokens, at + length)):
            continue
        if _stands(tokens, at, length, long=told in words.options and length >= SENTENCE):
            return length, told
    return _nearly(tokens, at, most, words, reader)


def _nearly(
    tokens: Sequence[Word], at: int, most: int, words: Vocabulary, reader: str
) -> tuple[int, str] | None:
    """Return a whole column that reads almost like a phrase: a slip of the press or of the reader."""
    if not _begins(tokens, at):
        return None
    length = next((n for n in range(1, most + 1) if tokens[at + n - 1].text.endswith(":")), most)
    told = key("".join(token.text for token in tokens[at : at + length]))
    if len(told) < 8 or not key(tokens[at + length - 1].text) or not _stands(tokens, at, length, long=False):
        return None
    close = process.extractOne(told, words.choices, scorer=fuzz.ratio, score_cutoff=_LIKE[reader])
    return (length, str(close[0])) if close and abs(len(close[0]) - len(told)) <= _SLIP else None


def _stands(tokens: Sequence[Word], at: int, length: int, *, long: bool) -> bool:
    """Whether a phrase of *length* words at *at* stands as a label does."""
    colon = _colon(tokens, at + length)
    follows = at > 0 and tokens[at - 1].text[-1] in ".;,"
    run_in = (
        colon and tokens[at].text[0].isupper() and (follows or any(_colon(tokens, n) for n in range(1, at)))
    )
    return (_begins(tokens, at) or run_in) and (long or colon or _ends(tokens, at + length))


def _begins(tokens: Sequence[Word], at: int) -> bool:
    """Whether a line, a column, a number or a box comes just before."""
    if at == 0 or _apart(tokens, at):
        return True
    before = tokens[at - 1].text
    skipped = bool(_NUMBERING.fullmatch(before)) or not key(before)
    return bool(SIGN.fullmatch(before)) or (skipped and _begins(tokens, at - 1))


def _ends(tokens: Sequence[Word], at: int) -> bool:
    """Whether nothing follows that would make the phrase part of a sentence."""
    return _column_ends(tokens, at) or bool(SIGN.match(tokens[at].text)) or tokens[at].text[0] in "(:._…"


def _column_ends(tokens: Sequence[Word], at: int) -> bool:
    """Whether the line or the column ends before token *at*; a bracket on the way is passed over."""
    after = _past_bracket(tokens, at)
    return after >= len(tokens) or _apart(tokens, after)


def _past_bracket(tokens: Sequence[Word], at: int) -> int:
    """Return the place after the bracketed remark that begins at *at*, else *at*."""
    opens = at < len(tokens) and len(tokens[at].text) > 2 and tokens[at].text[0] == "("
    if not opens or _apart(tokens, at):
        return at
    return next((n + 1 for n in range(at, len(tokens)) if tokens[n].text.rstrip(":*").endswith(")")), at)


def _colon(tokens: Sequence[Word], at: int) -> bool:
    """Whether the words before *at* end with a colon, or a colon follows, perhaps after a bracket."""
    if tokens[at - 1].text.endswith(":"):
        return True
    if at >= len(tokens) or _apart(tokens, at):
        return False
    after = _past_bracket(tokens, at)
    if after > at:
        return tokens[after - 1].text.endswith(":")
    return tokens[at].text.startswith(":")


def _apart(tokens: Sequence[Word], at: int) -> bool:
    """Whether white space as of another column stands before token *at*."""
    before, here = tokens[at - 1].box, tokens[at].box
    return here.x0 - before.x1 > _GAP * max(min(before.height, here.height), 4.0)
