"""What a stamp of entry needs to say: that a paper was received, by whom, on what day, under what number.

A line that says anything else, or that nobody can read, makes it another stamp: what takes a paper's worth
from it can be said in any words, what an entry stamp says in few.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from extractors.prose import fold

_ENTRY = frozenset((
    "recibido", "recibida", "recepcion", "entrada", "entradas", "registro", "registrado", "rexistro",
    "registre", "sarrera", "erregistro", "erregistroa", "presentado", "presentada", "rebut", "rebuda",
    "recibi", "salida", "saida", "sortida",
))  # fmt: skip
"""Words by one of which a stamp says that an office took the paper in."""
_OFFICE = frozenset((
    "oficina", "oficinas", "general", "xeral", "nagusia", "orokorra", "ayuntamiento", "concello",
    "ajuntament", "udala", "excmo", "ciudad", "autonoma", "delegacion", "subdelegacion", "provincial",
    "consejeria", "conselleria", "ministerio", "instituto", "nacional", "seguridad", "social", "inss",
    "tesoreria", "gobierno", "secretaria", "asistencia", "atencion", "ciudadano", "ciudadana", "ciudadania",
    "ciudadanos", "documento", "documentos", "electronico", "auxiliar", "unidad", "servicio", "materia",
))  # fmt: skip
"""Words that say whose stamp it is."""
_MARKS = frozenset((
    "fecha", "data", "hora", "numero", "num", "nm", "nº", "n", "no", "de", "del", "da", "do", "la", "el",
    "en", "e", "s", "y", "i", "d", "dia", "eguna",
))  # fmt: skip
"""Words that stand before days and numbers, or between others."""
_OWNERS = frozenset((
    "ayuntamiento", "concello", "ajuntament", "udala", "ciudad", "delegacion", "subdelegacion",
))  # fmt: skip
"""Words behind which a place's name may follow on the line."""
_MONTH = (
    "ene|xan|gen|urt|feb|ots|mar|abr|api|mai|may|jun|xun|eka|jul|xul|uzt|ago|abu|sep|set|ira|oct|out|urr"
    "|nov|aza|dic|dec|des|abe"
)
_DAY = re.compile(rf"\d{{1,2}}\W*(?:{_MONTH})[a-z]*\W*(?:20)?\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d")
_LETTERS = str.maketrans("0156482", "oisbabz")
"""Letters that are taken for figures where a stamp is worn."""
_LIKE = 0.75
"""Likeness, of 1, from which a worn word is meant."""
_SHORT = 4
"""Letters up to which a word must be read to the letter."""
_NUMBER, _BESIDE = 3, 2
"""Figures of an entry's number, and letters that may stand beside them."""
_VOID = re.compile(
    r"anul|nul[oa]|caduc|sin (?:efecto|valor)|cancel|baj?a|baixa|rechaz|deneg|devuel|inval|no val|revoc|falso"
)
"""What a stamp says on whose word a paper is worth nothing, or less."""


def void(words: str) -> bool:
    """Whether a stamp's words say that a paper is worth nothing, or less."""
    return _VOID.search(fold(words)) is not None


def of_entry(lines: Sequence[Sequence[str]]) -> bool:
    """Whether a stamp is one of entry: each of its *lines*, seen in several looks, says what one needs.

    One look that sees a word that makes a paper void is enough to make it none.
    """
    seen = [text for looks in lines for text in looks]
    entry = any(_like(word, _ENTRY) for text in seen for word in _words(text))
    return entry and not any(map(void, seen)) and all(any(map(_needed, looks)) for looks in lines)


def _needed(text: str) -> bool:
    """Whether a line is a day, a number, or made of words of such a stamp."""
    words, days = fold(text), _DAY.search(fold(text)) is not None
    rest = _words(_DAY.sub(" ", words))
    if days or not rest:
        return days and all(_known(word) for word in rest)
    signs = [sign for sign in words if sign.isalnum()]
    figures = sum(map(str.isdigit, signs))
    if figures >= _NUMBER and (len(signs) - figures <= _BESIDE or all(map(_known, _lettered(words)))):
        return True
    named = next((at for at, word in enumerate(rest) if _like(word, _OWNERS)), len(rest))
    told = rest[: named + 1]
    return any(len(word) > _SHORT for word in told) and all(map(_known, told))


def _words(text: str) -> list[str]:
    """Return the words of a line, figures among letters as letters."""
    return [word.translate(_LETTERS) for word in re.findall(r"[^\W_]+", fold(text))]


def _lettered(words: str) -> list[str]:
    """Return the words of a line that are no number; what runs into one is a word where it is longer."""
    bare = ((re.sub(r"\d", "", word), word) for word in re.findall(r"[^\W_]+", words))
    return [letters for letters, word in bare if letters and (letters == word or len(letters) > _BESIDE)]


def _known(word: str) -> bool:
    """Whether a word is one of such a stamp."""
    return word in _MARKS or _like(word, _ENTRY) or _like(word, _OFFICE)


def _like(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of those *known*, a worn letter aside."""
    return word in known or any(
        len(one) > _SHORT and Levenshtein.normalized_similarity(word, one) >= _LIKE for one in known
    )
