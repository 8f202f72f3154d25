"""Words that no ordinary certificate needs: what they say is not known, so the stays are not sure.

What a register takes back, doubts, leaves open or tells of others can be said in any words. What it says when
all is plain is said in few, and those are known (`languages/plain.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.languages.numbers import number_words
from extractors.padron.doubt.topic import blanked, closing, parted, turning
from extractors.padron.page.headers import UNREAD
from extractors.padron.page.layout import Layout
from extractors.padron.page.table import Row
from extractors.padron.vocabulary import ANYTHING, causes_in, labels_in, roles_in, short_causes_in, told_words
from extractors.prose import fold
from extractors.vocabulary import loaded

_BESIDE = "beside the entry"
"""The words that only sentences that name no entry may use."""
_SENTENCE = re.compile(r"(?<!\W\w\.)(?<=\.)\s+(?=[A-ZÀ-Ý¿«\"(])|[;\n](?=[^\n:;]{1,40}:(?!//))|(?<=\.)\n|\n\n")
_CAPITALS = re.compile(r"^([^a-zà-ÿ\n]{6,})$\n?", re.MULTILINE)
"""A line in capitals: it goes on with no sentence in small letters, as a stamp's words or a title."""
_REMARK = re.compile(
    r"\W*(?:OBSERVACI\w+|OBSERVACI[OÓ]NS|NOTAS?|DILIGENCIA|AVISO|IMPORTANTE|ADVERTENCIA|OHARRAK?)\s*:\s*[^a-zà-ÿ]*$"
)
"""A remark in capitals: what follows its label is said, and no name."""
_WORD = re.compile(r"(?<![^\s(«\"'’/,;:.–—-])[^\W\d_]+(?:·[^\W\d_]+)?(?![^\s)»\"'’/,;:.!?–—-])")
"""A word of running text: no part of an address in the net, of a code or a number."""
_NET = re.compile(r"[\w@.-]+\.(?:es|com|org|net|info|eu|cat|gal|eus)(?!\w)")
_TOLD = frozenset({UNREAD, "notes", "type"})
"""Columns whose cells are asked: of no known head, of remarks, and of what the entry is: "suspendida"."""
_BRACKET = re.compile(r"\((?P<what>[^()]*)\)")
_WHENCE = re.compile(r"\s(?:desde|dende|procedente|a|hacia)\s")
"""What stands before the place of a movement, in a cell that names it: places are no words."""
_FROM = re.compile(
    r"^[\s,;:–—-]*(?:(?:procedente?|provinente?|prové|procede|des)\s+)?(?:de(?:l|sde)?\s+|d[ao]\s+|d['’])?"
)
"""What stands between a cause and the place that somebody came from."""
_SHORT = 3
"""Letters up to which a word tells nothing alone, or is cut short before a full stop."""
_OF_A_NATION = re.compile(r"(?:na[cz]ional|naziotasun|pasaport|passaport)\w*\s*:?\s*$")
"""What stands before the name of a nation: there are many, in many forms."""
_OF_A_TRADE = re.compile(r"(?:profesion|oficio|professio|ofici|profesio)\s*:?\s*$")
"""What stands before what somebody does for a living."""
_BEGINS = re.compile(
    r"[\W\d_]*(?:(?:[Oo]bservaci\w+|[Nn]otas?|[Dd]iligencia|[Aa]viso)\s*:\s*)?(?P<word>[^\W\d_][a-zà-ÿ]{3,})(?=\s+(?!del?\W|d[aeo]s?\W|[ae]\s+\d)[a-zà-ÿ]{1,12}\W|\.\s*$)"
)
"""The first word of a sentence that goes on in small letters, or says no more: its capital makes no name."""
_ENDINGS = tuple(
    tuple(endings.split())
    for endings in (
        "ado ada ados adas",
        "ido ida idos idas",
        "at ada ats ades",
        "it ida its ides",
        "ut uda uts udes",
        "ario aria arios arias",
        "ivo iva ivos ivas",
        "ico ica icos icas",
        "oso osa osos osas",
        "al ales ais als",
        "ente entes",
        "ent ents",
        "ante antes",
    )
)
"""Endings by which a participle or an adjective changes its gender and number, and nothing else."""


def strange(layout: Layout, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the words of running text, and of cells without a known head, that are strange.

    *names* are the folded words of the names of the paper's person and town.
    """
    for passage in layout.passages:
        yield from _in_text(passage.prose.text, names)
    for table in layout.tables:
        for row in table.rows:
            yield from _in_row(row)


def _in_row(row: Row) -> Iterator[str]:
    """Yield the strange words of those cells of a row that may say anything of its stay."""
    for name in row.cells:
        if name.partition("#")[0] in _TOLD:
            yield from _unknown(_told_of(row.text(name)))


def _told_of(cell: str) -> str:
    """Return in small letters what a *cell* says besides a cause, which may be cut short, and a place."""
    cell = _BRACKET.sub(lambda found: "" if _names_place(found["what"]) else found[0], cell).lower()
    for cause in reversed(short_causes_in(fold(cell))):
        cell = cell[: cause.start] + " " * (cause.end - cause.start) + cell[cause.end :]
    return _WHENCE.split(cell)[0]


def _names_place(words: str) -> bool:
    """Whether *words* in brackets, their cause left out, are a country or a name that begins in capitals."""
    for cause in reversed(causes_in(fold(words))):
        words = words[: cause.start] + words[cause.end :]
    words = _FROM.sub("", words).strip()
    return country(words) is not None or words.istitle()


def _in_text(text: str, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the strange words of each sentence of *text* that does not speak of the paper itself."""
    for sentence in (one for lines in _CAPITALS.split(text) for one in _SENTENCE.split(lines)):
        said = sentence.lower() if _REMARK.match(sentence) else sentence
        for part, beside in parted(said):
            yield from turning(part)
            yield from _unknown(part, beside=beside, names=names)


def _unknown(text: str, *, beside: bool = False, names: frozenset[str] | None = None) -> Iterator[str]:
    """Yield the words of *text* that are not known; names, written with a capital, are none.

    With *names*, those of the paper's person and town, *text* begins with a word that may be none.
    """
    whole, folded = fold(text), _masked(text)
    folded = closing(text, folded) if beside else folded
    first = _BEGINS.match(text) if names is not None else None
    for found in _WORD.finditer(text):
        word = folded[found.start() : found.end()]
        if not word.strip() or word[0] == " ":
            continue
        begins = first is not None and first.start("word") == found.start() and word not in (names or ())
        if not (found[0].islower() or begins) or _told_freely(whole, found.start()):
            continue
        cut = text[found.end() : found.end() + 1] == "." and text[found.end() + 1 :].strip() != ""
        if len(word) > _SHORT and not known(word, cut=cut, beside=beside):
            yield found[0]


def _told_freely(folded: str, place: int) -> bool:
    """Whether a nation or a trade is asked for before this *place*: either is told by one of many words."""
    ahead = max(place - 20, 0)
    return any(by.search(folded, ahead, place) for by in (_OF_A_NATION, _OF_A_TRADE))


def _masked(text: str) -> str:
    """Return *text* folded, its dates and what is said of registers and of the paper itself blank."""
    folded = fold(text)
    spans = [(date.start, date.end) for date in dates_in(text)]
    spans += [
        (mark.start, mark.end)
        for mark in (*roles_in(folded), *causes_in(folded), *labels_in(folded))
        if mark.meaning != ANYTHING
    ]
    spans += [found.span() for found in _NET.finditer(folded)]
    folded = blanked(folded)
    for start, end in spans:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def known(word: str, *, cut: bool = False, beside: bool = False) -> bool:
    """Whether an ordinary certificate may use the folded *word*, or one that it begins where it is *cut*.

    *beside* the entry, of papers and their offices, it may use more.
    """
    whole, begun = _plain(beside=beside)
    return (
        word in whole
        or word.startswith(begun)
        or any(form in whole or form.startswith(begun) for form in _forms(word))
        or (cut and (len(word) <= _SHORT + 1 or any(one.startswith(word) for one in whole)))
    )


def _forms(word: str) -> Iterator[str]:
    """Yield the same participle or adjective in its other genders and numbers."""
    for endings in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield from (word[: -len(ending)] + other for other in endings)


@cache
def _plain(*, beside: bool) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the known words, and the beginnings of those whose endings vary."""
    table = loaded(files("extractors.languages").joinpath("plain.yaml").read_text(encoding="utf-8"))
    lines = [line for name, told in table.items() if beside or name != _BESIDE for line in told]
    words = [fold(word) for line in lines for word in line.split()]
    return frozenset(_whole(words)), tuple(word[:-1] for word in words if word.endswith("-"))


def _whole(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that stand as they are."""
    yield from (word for word in words if not word.endswith("-"))
    yield from told_words()
    yield from number_words()
