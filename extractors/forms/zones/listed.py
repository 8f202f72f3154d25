"""Words of which a place has few: kinds of streets, floors, doors and stairs, and a house without a number.

Whoever is not sure of a letter of `Bajo` may be sure of the word: nothing else that a floor can be looks so.
And a word that is one of them but for a sign is most likely one of them misread.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractors.forms.template import Zone
from extractors.prose import fold
from extractors.vocabulary import loaded

_LEAST = 4
"""Letters of a word from which another that differs in one sign is likelier it misread than one by itself."""


def listed(zone: Zone, text: str) -> bool:
    """Return whether *text* is one of the few words for *zone*, and like no other of them.

    One that is cut short and lost its point may have lost more, and a point too many may be a speck.
    """
    word, words = _bare(text), _words(zone)
    return word in words and not _near(word, words)


def misread(zone: Zone, text: str) -> bool:
    """Return whether *text* is none of the few words for *zone*, but one of them but for a sign."""
    word, words = _bare(text), _words(zone)
    return _pointless(word) not in map(_pointless, words) and _near(word, words)


def _words(zone: Zone) -> frozenset[str]:
    """Return the few words for *zone*; none for one that may hold any."""
    return _lists().get(zone.name.rsplit(".", 1)[-1], frozenset())


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Return the words by the last part of a zone's name."""
    told = loaded(files(__package__).joinpath("listed.yaml").read_text("utf-8"))
    return {leaf: frozenset(words.split()) for leaf, words in told.items()}


def _near(word: str, words: frozenset[str]) -> bool:
    """Whether a word is one of *words* with one sign for another, points apart."""
    one = _pointless(word)
    return len(one) >= _LEAST and any(
        len(other) == len(one) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        for other in map(_pointless, words)
    )


def _pointless(word: str) -> str:
    """Return *word* without its point."""
    return word.removesuffix(".")


def _bare(text: str) -> str:
    """Return *text* without case, accents and white."""
    return "".join(fold(text).split())
