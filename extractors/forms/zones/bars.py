"""A bar in print: in many faces a capital I and a small l are one stroke, and no reader tells them apart.

What stands around it often does. Where it does not, as in `lan` for Ian and in `lonescu`, the reading is in
doubt whatever the readers say: of 2 670 values of trial forms that hold such names, all five that were wrong
and sure were these.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_CONSONANT = re.compile(r"l(?=[bcdfghjkmnñpqrstvwxyz])")
"""A small l before one of these begins no word of ours."""
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_ENDS_IN_BAR = re.compile(r"(?:[^\W\d_]|\.)l(?=[\d@])")
_BARS = frozenset("Il")
_ALONE = frozenset("Iil")
_PARTICLES = frozenset({"l", "la", "las", "le", "les", "lo", "los"})
"""Words that people write with a small l at their head."""
_ARTICLES = {"EI": "El", "AI": "Al"}
_SCOTS = ("Mc", "Mac")
"""Beginnings after which a capital follows a small letter."""


def upright(text: str) -> str:
    """Return *text* with each I and l as the letters around it have it."""
    text = text.replace("|", "I")
    small = any(
        len(word) > 1 and word[1:].islower() and not set(word) <= _BARS for word in _WORD.findall(text)
    )
    return _WORD.sub(lambda found: _word(found[0], small=small), text)


def two_ways(text: str) -> bool:
    """Whether a word of *text* begins with a stroke that is a small l or a capital I by its look alone.

    A value that is nothing but such a stroke, or a small i, can be a 1 as well.
    """
    words = _WORD.findall(upright(text))
    return text in _ALONE or any(word[0] == "l" and word not in _PARTICLES for word in words)


def mail(text: str) -> str:
    """Return an address of electronic mail, in small letters all through if no other capital stands in it."""
    others = [sign for sign in text if sign.isalpha() and sign not in _BARS]
    return text.replace("I", "l") if others and all(sign.islower() for sign in others) else text


def mail_two_ways(text: str) -> bool:
    """Whether letters of an address end in l before a figure or the @: `oficina1` may look the same."""
    return bool(_ENDS_IN_BAR.search(text))


def _word(word: str, *, small: bool) -> str:
    """Return one word; *small* says that words beside it are written in small letters."""
    if not _BARS & set(word):
        return word
    capital = word.replace("l", "I")
    if _ROMAN.fullmatch(capital) or _in_capitals(word):
        return capital
    if small and word in _ARTICLES:
        return _ARTICLES[word]
    head = "I" if _CONSONANT.match(word) else word[0]
    mixed = any(sign.islower() for sign in word if sign not in _BARS) and not word.startswith(_SCOTS)
    return head + (word[1:].replace("I", "l") if mixed else word[1:])


def _in_capitals(word: str) -> bool:
    """Whether all but its bars are capitals, and two of them."""
    others = [sign for sign in word if sign not in _BARS]
    return len(others) >= 2 and all(sign.isupper() for sign in others)
