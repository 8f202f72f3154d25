"""Why somebody came or left: the cause that words name, and whether all of them are understood."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.padron.origin import ahead
from extractors.padron.vocabulary import Mark, causes_in, roles_in, short_causes_in
from extractors.prose import fold

CAUSES: dict[str, frozenset[str]] = {
    "in": frozenset({"residence_change", "birth", "omission", "abroad"}),
    "out": frozenset({"residence_change", "expiry", "improper", "duplicate", "death", "abroad"}),
}
"""Causes that a movement can have."""
_BY_OFFICE = re.compile(r"ofici|ofizi")
"""Words that say who struck the entry off, and why only where nothing else does."""
_SILENT = re.compile(
    r"(?<!\w)(?:padron\w*|padro\w*|municip\w*|habitantes?|habitants|concello|inicial|empadronamiento|empadroamento|empadronament|inscripcion|inscricion|inscripcio"
    r"|registro|errolda\w*|udal\w*|biztanle\w*|por|per|en|el|la|los|de|del|d|l|al|a|o|na|no|do|da|y|e|i|eta|este"
    r"|aquest|su|fecha|data|dia|actual|vigente|censo|censal|cens)(?!\w)"
)
"""Words beside the name of a movement that tell nothing of its cause."""
_ANOTHER = re.compile(
    r"(?<!\w)(?:otr[oa]s?|outr[oa]s?|altr[ea]s?)\s+(?:habitant|person|persoa|vec[ií]n|ve[ïi]n|titular|inscri)\w*|igual\s+nombre"
)
"""Words by which a movement is somebody else's."""
_NOTHING = re.compile(
    r"[\W_]*|.*(?:no consta|non consta|desconoc|sin datos|ez dago|(?<!\w)n/?[cad](?!\w)).*", re.DOTALL
)
"""What stands in a place for a cause where none is known."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_]\.\s?[^\W\d_]")
"""A word, or two initials: one letter alone may be the movement's own, A or B."""


class Why(NamedTuple):
    """A cause by the contract's slug, or none; not `clear` where words say one that nobody understood."""

    cause: str | None
    clear: bool


def why(words: str, what: str, *, beside: str = "") -> Why:
    """Return the cause of a movement *what* from the *words* in the place for it and *beside* its name."""
    told = fold(f"{words} {beside}")
    marks = short_causes_in(told)
    found = named(marks, told, what)
    if len(found) > 1 or (found and (_ANOTHER.search(told) or _cannot_be(marks, told, what))):
        return Why(found[0], clear=False)
    if found:
        return Why(found[0], clear=True)
    left = fold(ahead(words))
    unknown = not _NOTHING.fullmatch(left) and _LETTER.search(_left(left)) is not None
    return Why(None, clear=not unknown and _WORD.search(_left(ahead(beside))) is None)


def _cannot_be(marks: tuple[Mark, ...], folded: str, what: str) -> bool:
    """Whether *marks* name a cause that a movement *what* cannot have: an alta as "duplicado"."""
    causes = CAUSES["in"] | CAUSES["out"]
    return any(
        mark.meaning in causes - CAUSES.get(what, causes)
        and not _BY_OFFICE.search(folded[mark.start : mark.end])
        for mark in marks
    )


def named(marks: tuple[Mark, ...], folded: str, what: str) -> list[str]:
    """Return the causes that *marks* name for a movement *what*, each once, in their order.

    "De oficio" says who struck somebody off: beside another cause it is none. Who changed residence from
    abroad came from abroad.
    """
    fit = [mark for mark in marks if mark.meaning in CAUSES.get(what, ())]
    plain = [mark for mark in fit if not _BY_OFFICE.search(folded[mark.start : mark.end])]
    causes = list(dict.fromkeys(mark.meaning for mark in plain or fit))
    return ["abroad"] if set(causes) == {"abroad", "residence_change"} else causes


def _left(text: str) -> str:
    """Return the words of *text* that neither name a movement nor are silent beside its name."""
    folded = fold(text)
    for mark in (*roles_in(folded), *causes_in(folded)):
        folded = folded[: mark.start] + " " * (mark.end - mark.start) + folded[mark.end :]
    return _SILENT.sub(" ", folded)
