"""Words that a paper may use beside others alone: a denial beside what it denies, a translator's beside him.

"No" is what a letter of no export is for; in "el pasaporte no es el de esta persona" it says another thing in
the same words. So such a word is foreseen only where what it is for stands near, in its own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extractors.prose import fold
from extractors.vocabulary import lists

_FILE = Path(__file__).with_name("beside.yaml")
_STOP = re.compile(r"[.;!?]\s|\n\s*\n")


class _Bound(NamedTuple):
    """Words by themselves and by their beginnings, what must stand near, and within how many letters."""

    words: re.Pattern[str]
    near: re.Pattern[str]
    reach: int
    adds: bool


def alone(kind: str, folded: str, start: int, end: int) -> bool:
    """Whether folded[start:end] is a word that a paper of *kind* uses beside others, and they are missing."""
    word = folded[start:end]
    return any(
        not one.adds and one.words.fullmatch(word) and not _near(one, folded, start, end)
        for one in _bounds(kind)
    )


def joined(kind: str, folded: str, start: int, end: int) -> bool:
    """Whether folded[start:end] is foreseen in a paper of *kind* by what stands beside it."""
    word = folded[start:end]
    return any(
        one.adds and one.words.fullmatch(word) and _near(one, folded, start, end) for one in _bounds(kind)
    )


def _near(one: _Bound, folded: str, start: int, end: int) -> bool:
    """Whether what a word needs stands in its sentence, near folded[start:end]."""
    before = folded[max(start - one.reach, 0) : start]
    behind = folded[end : end + one.reach]
    first = max((stop.end() for stop in _STOP.finditer(before)), default=0)
    stop = _STOP.search(behind)
    last = stop.start() if stop else len(behind)
    return one.near.search(before[first:] + folded[start:end] + behind[:last]) is not None


@cache
def _bounds(kind: str) -> tuple[_Bound, ...]:
    """Return what is bound in papers of *kind*."""
    return tuple(_bound(one) for one in _listed() if kind in one["kinds"])


def _bound(one: Mapping[str, Any]) -> _Bound:
    """Return one entry of the data file."""
    words = [fold(word) for line in one["words"] for word in line.split()]
    source = "|".join(
        re.escape(word.removesuffix("-")) + (r"\w*" if word.endswith("-") else "") for word in words
    )
    near = "|".join(pattern.replace(" ", r"\s+") for pattern in one["near"])
    return _Bound(
        re.compile(source), re.compile(rf"(?<!\w)(?:{near})"), int(one["reach"]), one.get("adds", False)
    )


def _listed() -> Iterator[Mapping[str, Any]]:
    """Yield the entries of the data file."""
    yield from lists(_FILE)["bound"]
