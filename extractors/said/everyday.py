"""Printed papers of everyday life beside an application: bills, receipts, leases, slips, school papers ...

Whoever drew them up knows nothing of the case, and a clerk needs nothing of them but whose home they name
(`extractors.said.naming`). So a paper that surely is of such a sort, and touches nothing that a person must
read, need not be made of the few words of a covering letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.languages.countries import countries_in
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.said.foreseen import unforeseen_in
from extractors.said.marked import HELD, marked
from extractors.said.typed import typed_in
from extractors.vocabulary import lists

EVERYDAY = "everyday"
"""The kind of such a paper for whoever asks what its words touch; for the contract it stays `other`."""
COVERING = "covering"
"""The same of a letter that only sends papers."""
_FILE = Path(__file__).with_name("everyday.yaml")
_SIGNS = 4
"""Different words at least that stand in papers of a sort."""
_SPAIN = "ESP"
_SENTENCE = re.compile(r"[.;!?]\s|\n")
_NAMED = re.compile(r"(?<=[^\W\d_,'’] )[A-ZÀ-Þ][a-zß-ÿ]+|(?<=, )[A-ZÀ-Þ][a-zß-ÿ]+")
"""A word that its capital letter alone tells to be a name: it stands within a line, after no full stop."""
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"(?<=[a-zß-ÿ]) (?:da|di|do|das|dos|del?) (?=[A-ZÀ-Þ][a-zß-ÿ])")
"""What joins the words of a name."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of paper: its titles and signs, what else it may say, what not, whether of abroad too."""

    titles: re.Pattern[str]
    signs: re.Pattern[str]
    allows: re.Pattern[str]
    tells: re.Pattern[str]
    abroad: bool


def said_as(kind: str, pages: Sequence[Page]) -> str:
    """Return the kind by which the words of a paper are judged: `other`, if it is one, may be one of ours."""
    if kind != "other":
        return kind
    text = Prose(pages).text
    if everyday(text) is not None:
        return EVERYDAY
    seen = any(page.reader == "ocr" for page in pages)
    return COVERING if covers(text, seen=seen) else kind


def sends(page: Page) -> bool:
    """Whether a page only sends papers that it names, or is the receipt of a payment for one."""
    if page.widgets:
        return False
    text = Prose((page,)).text
    return everyday(text) == "payment" or covers(text, seen=page.reader == "ocr")


def covers(text: str, *, seen: bool = False) -> bool:
    """Whether *text* surely does no more than send papers, with all its words foreseen; *seen*: by OCR."""
    return _sends().search(fold(text)) is not None and not any(unforeseen_in("other", text, seen=seen))


def everyday(text: str) -> str | None:
    """Return the sort of everyday paper that *text* surely is, None where a person has to read it."""
    said = fold(_NAMED.sub(lambda name: " " * len(name[0]), text))
    abroad = any(one.code != _SPAIN for one in countries_in(text)) or HELD in marked(text, free=True)
    for name, sort in _sorts().items():
        plain = sort.allows.sub(" ", said)
        tells = _weighs().search(plain) or _speaks().search(plain) or sort.tells.search(said)
        if (sort.abroad or not abroad) and not tells and _is(sort, text):
            return name
    return None


def _is(sort: _Sort, text: str) -> bool:
    """Whether a paper is called as one of a *sort*, and each of its sentences made of known words.

    Of what whoever paid has typed on it every word is known.
    """
    folded = fold(text)
    signs = {found[0] for found in sort.signs.finditer(folded)}
    if not sort.titles.search(folded) or len(signs) < _SIGNS:
        return False
    if any(not _of(sort, folded[start:end]) for start, end in typed_in(text)):
        return False
    strange = {text[start:end] for start, end in unforeseen_in("other", text)}
    needless = [found.span() for found in sort.allows.finditer(folded)]
    for start, end in [*needless, *((one.start, one.end) for one in countries_in(text))]:
        text = text[:start] + " " * (end - start) + text[end:]
    return not any(_odd(sort, sentence, strange) for sentence in _SENTENCE.split(text))


def _odd(sort: _Sort, sentence: str, strange: Collection[str]) -> bool:
    """Whether a *sentence* has a word that is neither its sort's, nor a name, nor one of any letter.

    One is enough: "Desocupado" tells the case.
    """
    words = [word[0] for word in _WORD.finditer(_JOINED.sub(" ", sentence))]
    said = [word for at, word in enumerate(words) if word in strange and not (at and word.istitle())]
    return not all(_of(sort, fold(word)) for word in said)


def _of(sort: _Sort, word: str) -> bool:
    """Whether a folded *word* is one of a *sort*'s own, or one of any such paper."""
    return any(one.fullmatch(word) for one in (sort.titles, sort.signs, _common()))


@cache
def _sorts() -> Mapping[str, _Sort]:
    """Return the sorts of the data file."""
    return {
        name: _Sort(
            _any(said["titles"]),
            _words(said["signs"]),
            _either(said.get("idioms", ()), said["allows"]),
            _either((*said.get("tells", ()), *lists(_FILE)["tells"])),
            said.get("abroad", False),
        )
        for name, said in lists(_FILE)["sorts"].items()
    }


@cache
def _common() -> re.Pattern[str]:
    """Return the pattern of words that any such paper has."""
    return _words(lists(_FILE)["common"])


@cache
def _sends() -> re.Pattern[str]:
    """Return the pattern of words by which a letter sends something, greets or thanks."""
    return _words(lists(_FILE)["sends"])


@cache
def _weighs() -> re.Pattern[str]:
    """Return the pattern of words that a person reads in whatever paper."""
    return _words(lists(_FILE)["weighs"])


@cache
def _speaks() -> re.Pattern[str]:
    """Return the pattern of words by which somebody speaks of himself."""
    return _words(lists(_FILE)["speaks"])


def _words(lines: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern for any of the words of *lines*."""
    return _any(word for line in lines for word in line.split())


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern for any of *phrases*, whole; a hyphen at their end is any ending."""
    return _either((), phrases)


def _either(patterns: Iterable[str], phrases: Iterable[str] = ()) -> re.Pattern[str]:
    """Return the pattern for any of *patterns* or *phrases*, whole; a blank is any white space."""
    found = [fold(one) for one in phrases]
    plain = [re.escape(one.removesuffix("-")) + (r"\w*" if one.endswith("-") else "") for one in found]
    source = "|".join([*(one.replace(" ", r"\s+") for one in patterns), *plain])
    return re.compile(rf"(?<!\w)(?:{source or '(?!)'})(?!\w)".replace(r"\ ", r"\s+"))
