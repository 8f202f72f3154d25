"""Do two readings of one line say the same? Word by word, whatever their spaces and their stops."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from extractors.certainty import Second

_DAY = re.compile(r"([0-3OIl]?[\dOIl])([-./])([^\W\d_]{3,10}|[01OIl]?[\dOIl])\2([\dOIl]{4})")
"""A day, of whose figures a nought may have been taken for a letter, or a one."""
_FIGURES = str.maketrans("OIl", "011")


def compared(words: Sequence[str], told: str) -> list[Second]:
    """Return what *told*, another reading of the line that *words* make, says of each of them.

    Signs count only between figures, where they part day and month: 1/11/2020 is not 11/1/2020.
    """
    exact = _judged(words, told, fold=False)
    loose = exact if all(exact) else _judged(words, told, fold=True)
    return [
        "same" if same else "accents" if alike else "other" for same, alike in zip(exact, loose, strict=True)
    ]


def figured(text: str) -> str:
    """Return a day with the round and straight letters among its figures as figures, other words as they are.

    Their shape tells no reader which they are, their place does: no letter can stand there.
    """
    found = _DAY.fullmatch(text)
    if found is None or not any(map(str.isdigit, text)):
        return text
    day, sign, month, year = found.groups()
    named = len(month) > 2  # a month by its name
    return sign.join(
        (day.translate(_FIGURES), month if named else month.translate(_FIGURES), year.translate(_FIGURES))
    )


def day(text: str) -> bool:
    """Whether *text* is a day with one sign between its figures, and nothing else."""
    return _DAY.fullmatch(text) is not None


def in_place(words: Sequence[str], told: str) -> Sequence[str] | None:
    """Return the words of *told* that stand in the places of *words*, None where they are not as many."""
    others = [one for one in told.split() if any(map(str.isalnum, one))]
    return others if len(others) == len(words) else None


def accented(text: str) -> bool:
    """Whether a letter of *text* has an accent or a mark under it."""
    return any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))


def _judged(words: Sequence[str], told: str, *, fold: bool) -> list[bool]:
    """Return of each word whether all its letters and figures stand in *told* in its place."""
    mine = [plain(word, fold=fold) for word in words]
    whole, other = "".join(mine), plain(told, fold=fold)
    if whole == other:
        return [True] * len(words)
    owners = [at for at, word in enumerate(mine) for _ in word]
    wrong = set(_changed(whole, other, owners))
    return [bool(word) and at not in wrong for at, word in enumerate(mine)]


def _changed(whole: str, other: str, owners: Sequence[int]) -> Iterator[int]:
    """Yield the word of each letter that is not in the *other* reading, and both beside an added one."""
    for step in Levenshtein.opcodes(whole, other):
        if step.tag == "insert":
            yield from owners[max(step.src_start - 1, 0) : step.src_start + 1]
        elif step.tag != "equal":
            yield from owners[step.src_start : step.src_end]


def plain(text: str, *, fold: bool) -> str:
    """Return the letters and figures of *text*, a sign right between two figures as a stroke.

    With *fold*, without accents and in small letters.
    """
    kept: list[str] = []
    signs = False
    for one in unicodedata.normalize("NFKD" if fold else "NFC", text):
        if one.isalnum():
            if signs and kept and kept[-1].isdigit() and one.isdigit():
                kept.append("/")
            kept.append(one.casefold() if fold else one)
            signs = False
        elif not unicodedata.combining(one):
            signs = not one.isspace()
    return "".join(kept)
