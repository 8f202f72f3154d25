"""Numbers written in words, as far as days and years of dates need them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.vocabulary import loaded


@cache
def _data() -> dict[str, Any]:
    """Return the table of number words."""
    text = files(__package__).joinpath("numbers.yaml").read_text(encoding="utf-8")
    return dict(loaded(text))


@cache
def _values() -> dict[str, int]:
    """Return the value of each number word."""
    return {word: value for value, words in _data()["words"].items() for word in words}


@cache
def number_words() -> tuple[str, ...]:
    """Return the words of numbers of five letters and more, folded."""
    return tuple(word for word in _values() if len(word) > 4)


def phrase() -> str:
    """Return the source of a regular expression for one or more number words in folded text."""
    data = _data()
    known = [*_values(), *data["hundreds"], *data["thousands"]]
    word = "|".join(sorted(known, key=len, reverse=True))
    joins = "|".join(data["joins"])
    return rf"(?:\b(?:{word})\b(?:[\s-]+(?:(?:{joins})[\s-]+)?(?=(?:{word})\b))?)+"


def number(text: str) -> int | None:
    """Return the number that folded words say ("dos mil veintiseis" is 2026), None when they say none.

    Every word must fit into the room that the word before it leaves: "veinte seis" does, "seis veinte"
    does not. Two numbers of two digits side by side are a year as English says it (twenty twenty-six).
    """
    data = _data()
    words = [word for word in re.split(r"[\s-]+", text.strip()) if word and word not in data["joins"]]
    if not words:
        return None
    whole = _sum(words)
    return whole if whole is not None else _pair(words)


def _sum(words: Iterable[str]) -> int | None:
    """Return the value of number words that go from large to small."""
    data, values = _data(), _values()
    total, room, last = 0, 10_000, 0
    for word in words:
        if word in data["thousands"] and total < 10:
            total, room = max(total, 1) * 1000, 1000
        elif word in data["hundreds"] and room <= 1000 and 0 <= last < 10:
            total, room = total + (max(last, 1) * 100 - last), 100
        elif word in values and values[word] < room:
            last = values[word]
            total, room = total + last, _room(last, room)
            continue
        else:
            return None
        last = 0
    return total


def _room(value: int, room: int) -> int:
    """Return what may still follow *value*: units after tens, up to 19 after Basque scores, then nothing."""
    if value >= 100:
        return 100
    if value >= 20 and value % 10 == 0:
        return 20 if value % 20 == 0 and value != 100 else 10
    return min(room, 1)


def _pair(words: list[str]) -> int | None:
    """Return the year that two numbers of two digits make, century first."""
    for cut in range(1, len(words)):
        century, rest = _sum(words[:cut]), _sum(words[cut:])
        if century in {19, 20} and rest is not None and 10 <= rest < 100:
            return century * 100 + rest
    return None
