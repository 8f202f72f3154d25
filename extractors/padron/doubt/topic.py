"""What a sentence speaks of: the entry in the register, or the paper itself, its office and the law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from extractors.prose import fold
from extractors.vocabulary import loaded


@cache
def _listed() -> Mapping[str, Sequence[str]]:
    """Return the data file."""
    listed: Mapping[str, Sequence[str]] = loaded(
        files("extractors.languages").joinpath("topic.yaml").read_text(encoding="utf-8")
    )
    return listed


def _pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of `topic.yaml`."""
    return re.compile("|".join(_listed()[name]))


_CERTIFIES, _CONTESTED, _DENIES, _ENTRY, _FORMULA, _NAMED, _PAPER, _TURNS = (
    _pattern(name)
    for name in ("certifies", "contested", "denies", "entry", "formulas", "named", "paper", "turns")
)
"""What `topic.yaml` lists."""
_CLOSING = re.compile(
    r"\W*+(?:(?:y|e|i|eta)\s+)?(?:para\s+que|a\s+fin\s+de\s+que|perque|per\s+tal\s+que|l?o\s+que\s+(?:se\s+)?(?:certific|hac|firm|asin|comunic|inform)"
    r"|se\s+(?:expid|extiend|emit|libra)|expid|exped|extiend|extend|emit|libr"
    r"|(?=[^.;]{0,200}(?<!\w)(?:expid|expedeix|extiend|estend|emit[eo]|libr[oa]|lliur[oa]|firm[oa]|sign[oa]|asin[oa])\w*)"
    r"(?:(?:a|por|per)\s+(?:peticion|peticio|instancia|instancias|solicitud|requirimiento|requerimiento)|para\s+(?!que)|a\s+los\s+efectos|als\s+efectes"
    r"|con\s+destino|(?:(?:el|la|este|esta|o|aquest|aquesta)\s+)?(?:presente?|certific\w+|document\w*|volant\w*)\s+)"
    r"|(?=[^.;]{0,120}(?<!\w)(?:emat|luzat|egit)\w+\s+(?:da|dut|dugu)(?!\w)))"
)
"""The beginning of the formula with which a paper closes: what it is issued for.

What stands before it is passed over once (`*+`): nothing of it begins with such a sign."""
_PURPOSE = re.compile(
    r"(?<!\w)(?:para(?:\s*:)?|perante|davant|per\s+a|a\s+(?:peticion|instancias?|peticio|solicitud|requerimiento)\s+d|por\s+delegacion|en\s+virtud\s+d|als\s+efectes|aos\s+efectos|ante|surta\s+(?:\w+\s+)?efectos|a\s+(?:los\s+|sus\s+)?(?:\w+\s+)?efectos(?:\s+de)?|con\s+destino\s+a)\s+(?!que(?!\s+(?:asi\s+)?conste))[^,.;]{1,90}"
    r"|(?<=,)\s*[^,.;]{1,60}?(?:rako|tzeko|teko)(?!\w)"
)
"""What a paper is for, to the next stop: there are as many words for it as there are offices."""
_NEGATES = re.compile(r"(?<!\w)(?:no|non|nunca|tampoco|jamas|mai|ez|sin|sen|sense|ni)(?!\w)(?!\s+perjuicio)")
"""What denies: in no formula, it may deny what the entry says, in whatever words of papers and offices."""
_YES = "sí"
"""With its accent it grants, and sets no condition."""
_ENDED = re.compile(r"(?<!\w)(?:terminó|cesó)(?!\w)", re.IGNORECASE)
"""Past tenses that differ by their accent alone from plain words."""


def parted(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of *sentence* that may change what is told of a stay, and whether each is beside it.

    What speaks of the paper itself is left out; before the verb of certifying, the officer is spoken of.
    """
    found = _CERTIFIES.search(fold(sentence))
    cut = found.start() if found else 0
    for part in (sentence[:cut], sentence[cut:]):
        folded = fold(part)
        if part.strip() and (not _PAPER.search(folded) or _ENTRY.search(_PAPER.sub(" ", folded))):
            rest = blanked(_NAMED.sub(" ", folded))
            yield part, not (_ENTRY.search(rest) or _NEGATES.search(rest))


def turning(part: str) -> Iterator[str]:
    """Yield the words of a part of a sentence that turn what it tells, though each is plain."""
    folded = blanked(fold(part))
    told = (part[slice(*found.span())] for found in _TURNS.finditer(folded))
    yield from (words for words in told if words.lower() != _YES)
    yield from (found[0] for found in _ENDED.finditer(part))


def closing(part: str, folded: str) -> str:
    """Return *folded*, the text of *part*, with a blank for the purpose that a closing formula names.

    None is blanked that denies, or speaks of an entry or a person's life.
    """
    if not _CLOSING.match(fold(part)):
        return folded
    return _PURPOSE.sub(lambda found: found[0] if _said(found[0]) else " " * len(found[0]), folded)


def _said(purpose: str) -> bool:
    """Whether the words of a *purpose* may say more than that."""
    speaks = _ENTRY.search(_NAMED.sub(" ", purpose)) or _DENIES.search(purpose) or _CONTESTED.search(purpose)
    return speaks is not None


def blanked(folded: str) -> str:
    """Return *folded* text with blanks where it speaks of the paper or is a formula."""
    for by in (_PAPER, _FORMULA):
        folded = by.sub(lambda found: " " * len(found[0]), folded)
    return folded
