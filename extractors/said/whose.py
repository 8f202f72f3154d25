"""Of whom a sentence says what it says: of its writer, of a relative, of somebody, or of nobody for sure.

"Soy pensionista" speaks of its writer, "mi marido es pensionista" of another person, "si es usted
pensionista" and "¿es pensionista?" of nobody. Which person the writer is, the papers' numbers tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.prose import fold

Whose = Literal["writer", "somebody", "relative", "nobody"]
STRENGTH: tuple[Whose, ...] = ("writer", "somebody", "relative", "nobody")
"""From the statement that weighs most to the one that weighs least."""
_REACH = 14
"""Words before a phrase among which whoever it speaks of is named: those of one clause."""
_NEAR = 60
"""Signs between a phrase and the question mark of its own question."""
_WORD = re.compile(r"[^\W\d_]+")
_ASKED = re.compile(rf"[^.;:!\n]{{0,{_NEAR}}}\?\s*(?P<answer>\w*)")


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of the data file that tell who is spoken of, folded."""

    speaking: frozenset[str]
    told: frozenset[str]
    possessives: frozenset[str]
    relatives: frozenset[str]
    supposing: frozenset[str]
    agreeing: frozenset[str]

    def whose(self, sentence: str, phrase: str, after: str) -> Whose:
        """Return of whom *phrase* is said.

        *sentence* is the text of its sentence before it, with accents ("sí" is no "si"); *phrase* and
        *after* are folded.
        """
        asked = _ASKED.match(after)
        if (asked and asked["answer"] not in self.agreeing) or self._supposed(sentence):
            return "nobody"
        own = [*_WORD.findall(phrase)]
        before = _WORD.findall(fold(sentence))[-_REACH:]
        if {*own, *before[-1:]} & self.possessives or self.speaking.intersection(own):
            return "writer"
        return self._nearest(before)

    def _nearest(self, words: Sequence[str]) -> Whose:
        """Return of whom the last telling word of *words* speaks: a verb of the writer, or another person."""
        following = ""
        for word in reversed(words):
            if word in self.speaking and following not in self.told:
                return "writer"
            if word in self.relatives or word in self.possessives:
                return "relative"
            following = word
        return "somebody"

    def _supposed(self, sentence: str) -> bool:
        """Whether the sentence begins with "si", "cuando" ...: a comma after it makes it an answer."""
        opening = re.match(r"\W*([^\W\d_]+)(,?)", sentence.lower())
        return opening is not None and not opening[2] and opening[1] in self.supposing


def speech(data: Mapping[str, Sequence[str]]) -> Speech:
    """Return the words of a data file's `whose` section."""
    plain: dict[str, Any] = {name: frozenset(map(fold, words)) for name, words in data.items()}
    return Speech(
        speaking=plain["speaking"],
        told=plain["told"],
        possessives=plain["possessives"],
        relatives=plain["relatives"],
        supposing=frozenset(data["supposing"]),
        agreeing=plain["agreeing"],
    )
