"""Words that nobody foresaw in a paper that is read for one answer, or for none.

A letter, a remark or a paper of no known kind can say in any words that the right is another's, that the case
is given up, that a day is wrong or that the matter is looked at again. When all is plain it is said in few
words, and those are known (`foreseen.yaml`). Any other is for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.document import Field
from extractors.languages.numbers import number_words
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.said import beside
from extractors.said.marked import HELD, NEEDLESS, SUBJECT, marked
from extractors.vocabulary import lists

UNFORESEEN = "unforeseen"
"""The subject of the mention."""
_FILE = Path(__file__).with_name("foreseen.yaml")
_SURE = 0.95
FREE = frozenset({"other", "remarks"})
"""Papers in which a heading and a sentence's first word weigh as much as any other."""
_WORD = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)?")
_STOP = re.compile(r"[.;!?¿¡•*]|\s[-–—]")
_GOES_ON = re.compile(r"\s+(?:(?:d[eoai]|del|dos|das|las?|los|el|al|ben|bint|i|y|e|van|von)\s+){0,3}[A-ZÀ-Þ]")
"""What follows a given name: a surname, with what joins them."""
_TITLES = frozenset("d da dª dna dña don dona sr sra srta m mme mlle mr mrs ms dr dra".split())  # noqa: SIM905
"""What stands before a name, often with a full stop."""
_IN = frozenset({"en", "in", "at", "à", "desde", "hasta", "dende", "ata", "fins", "por", "for", "pour"})
"""What stands before a place, or before somebody for whom another acts."""
_IS_THERE = frozenset({"está", "están", "estamos", "estás"})
"""Where somebody is: told from "this" by its accent alone."""
_SENTENCE = re.compile(r"[.;!?]\s|\n\s*\n")
_INITIALS = 6
"""Letters at most of an abbreviation in capitals."""
_JOINING = 3
"""Letters at most of what joins names: "DE LA", "EL", "BEN"."""
_HEADING = 12
"""Words at most of a heading."""
_JOINS = frozenset(
    "d de del dels da das do dos di i la las los el al y e van von der den ben bint bin".split()  # noqa: SIM905
)
"""What joins the words of a name."""
_OF_PEOPLE = (
    *("vecin", "resident", "huesped", "viud", "inquilin", "emplead", "trabajador", "camarer", "jubilad"),
    *("marido", "mujer", "espos", "hij", "padre", "madre", "herman", "abuel", "sobrin"),
)
"""What somebody is of a place or of another, which a capital and "de" behind it make no name."""
_SPECK = 2
"""Letters of what OCR makes of a signature or a seal."""
_SUPPOSING = frozenset({"si", "if"})
_NEAR = 6
"""Letters from which on a word that OCR read with one of them wrong is still told."""


class _Word(NamedTuple):
    """A word at text[start:end]: whether it begins a sentence, goes on as a name, says where something is."""

    text: str
    start: int
    end: int
    opens: bool
    named: bool
    where: bool


def unforeseen(kind: str, pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return, as a mention, the first word that a paper of *kind* does not need; none mostly."""
    if kind not in lists(_FILE)["kinds"]:
        return {}
    prose = Prose(pages)
    seen = any(page.reader == "ocr" for page in pages)
    found = next(unforeseen_in(kind, prose.text, seen=seen), None)
    if found is None:
        return {}
    return {UNFORESEEN: prose.field(*found, {"of": "nobody", "numbers": []}, _SURE)}


def unforeseen_in(kind: str, text: str, *, seen: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the places of the words of *text* that a paper of *kind* does not need; *seen*: by OCR alone."""
    folded, lines = marked(text, free=kind in FREE), [line for line in _lines(text) if line]
    for line in lines:
        for word in line:
            if folded[word.start] == HELD:
                yield word.start, word.end
            elif folded[word.start] in {NEEDLESS, SUBJECT} or _signs(word, lines):
                continue
            bound = word is line[0] and _bound(kind, folded, word)
            if _is_name(word, line, kind) and not bound:
                continue
            where = kind in FREE and word.text.lower() in _IS_THERE
            if where or not _needed(kind, folded, word, seen=seen):
                yield word.start, word.end


def _bound(kind: str, folded: str, word: _Word) -> bool:
    """Whether a *word* needs others beside it, and they are missing: such a one begins no name."""
    return beside.alone(kind, folded, word.start, word.end)


def _needed(kind: str, folded: str, word: _Word, *, seen: bool) -> bool:
    """Whether a paper of *kind* needs a *word*, by itself or by what stands beside it."""
    at = word.start, word.end
    known = _foreseen(kind, folded[slice(*at)], seen=seen) and not _bound(kind, folded, word)
    return known or _told(folded, word) or beside.joined(kind, folded, *at)


def _told(folded: str, word: _Word) -> bool:
    """Whether a word only says of whom a subject is told that stands, marked, in the same sentence."""
    if folded[word.start : word.end] not in _telling():
        return False
    start = max((stop.end() for stop in _SENTENCE.finditer(folded, 0, word.start)), default=0)
    stop = _SENTENCE.search(folded, word.end)
    return SUBJECT in folded[start : stop.start() if stop else len(folded)]


def _lines(text: str) -> Iterator[list[_Word]]:
    """Yield the words of each line of *text*; a sentence goes on from line to line."""
    at, stopped = 0, True
    for line in text.splitlines(keepends=True):
        places = list(_WORD.finditer(line))
        yield [_word(line, places, number, at, stopped=stopped) for number in range(len(places))]
        if line.strip():
            stopped = _STOP.search(line.rstrip()[-1]) is not None
        at += len(line)


def _word(line: str, places: Sequence[re.Match[str]], number: int, at: int, *, stopped: bool) -> _Word:
    """Return one of the words at *places* of a *line* that begins at text[at]; *stopped* before it."""
    here = places[number]
    before = line[places[number - 1].end() if number else 0 : here.start()]
    opens = (number == 0 and (stopped or before.strip() != "")) or _STOP.search(before) is not None
    last = places[number - 1][0].lower() if number else ""
    if fold(last) in _TITLES:
        opens = False
    named = _GOES_ON.match(line, here.end()) is not None
    return _Word(here[0], at + here.start(), at + here.end(), opens, named, last in _IN)


def _is_name(word: _Word, line: Sequence[_Word], kind: str) -> bool:
    """Whether a word is taken for a name by its capital letters and its place in the line."""
    if not word.text[0].isupper() or (kind in FREE and word.where):
        return False
    capitals = all(one.text.isupper() for one in line)
    if kind not in FREE and _heads(line) and (capitals or (word is line[0] and not word.named)):
        return False
    if len(word.text) > 1 and word.text.isupper():
        short = not capitals and len(word.text) <= _INITIALS
        return kind not in FREE or short or (capitals and _names(line, kind))
    if kind in FREE and word is line[0]:
        return word.named and not fold(word.text).startswith(_OF_PEOPLE)
    return not word.opens or word.named


def _names(line: Sequence[_Word], kind: str) -> bool:
    """Whether two or more words in capitals are a name: none of them is a word that such a paper uses."""
    said = [fold(word.text) for word in line]
    long = [word for word in said if len(word) > _JOINING]
    several = len(long) > 1 or (len(long) == 1 and len(line) > len(long) + 1)
    return several and not any(_used(kind, word) for word in said if word not in _JOINS)


def _heads(line: Sequence[_Word]) -> bool:
    """Whether a line is a heading: few words, one of which says that the paper certifies."""
    heads = tuple(stem.rstrip("-") for names in lists(_FILE)["headings"] for stem in names.split())
    return len(line) <= _HEADING and any(fold(word.text).startswith(heads) for word in line)


def _signs(word: _Word, lines: Sequence[Sequence[_Word]]) -> bool:
    """Whether a word with a capital stands alone in the last line, as the name under a letter does."""
    return word.text[0].isupper() and len(lines) > 1 and list(lines[-1]) == [word]


def _foreseen(kind: str, word: str, *, seen: bool = False) -> bool:
    """Whether a paper of *kind* may use a folded *word*, or, where it is *seen*, one that is almost it."""
    whole, begun = _plain(kind)
    if len(word) == 1 or word in whole or word.startswith(begun):
        return True
    if seen and len(word) == _SPECK:
        return word not in _SUPPOSING and word not in _untold()
    return seen and len(word) >= _NEAR and not _with_a_gap(kind).isdisjoint(_gaps(word))


def _used(kind: str, word: str) -> bool:
    """Whether a folded *word* is one of those that such papers use, or that would deny, and so no name."""
    return len(word) > 1 and (_foreseen(kind, word) or word in _untold())


def used(word: str) -> bool:
    """Whether a folded *word* is one that a covering letter says, and so no part of a person's name."""
    return len(word) > _JOINING and _foreseen("other", word)


def _gaps(word: str) -> Iterator[str]:
    """Yield *word* with each of its letters unread in turn."""
    return (word[:at] + "?" + word[at + 1 :] for at in range(len(word)))


@cache
def _with_a_gap(kind: str) -> frozenset[str]:
    """Return the long words of a kind of paper with one letter unread."""
    whole, _ = _plain(kind)
    return frozenset(gap for word in whole if len(word) >= _NEAR for gap in _gaps(word))


@cache
def _plain(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of a kind of paper, and the beginnings of those whose endings vary."""
    data = lists(_FILE)
    words = [fold(word) for name in data["kinds"][kind] for line in data[name] for word in line.split()]
    whole = {part for word in words for part in (word, *word.rstrip("-").split("-"))} | set(number_words())
    if kind in FREE:
        whole -= _untold()
    return frozenset(whole), tuple(word[:-1] for word in words if word.endswith("-"))


@cache
def _untold() -> frozenset[str]:
    """Return the words that a paper which only sends has no need of, whatever list has them."""
    return frozenset(fold(word) for line in lists(_FILE)["untold"] for word in line.split())


@cache
def _telling() -> frozenset[str]:
    """Return the words that tell a subject of somebody, or deny it."""
    return frozenset(word for line in lists(_FILE)["telling"] for word in line.split())
