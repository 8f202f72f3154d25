"""Words that no ordinary certificate needs: what they say is not known, so the stays are not sure.

What a register takes back, doubts, leaves open or tells of others can be said in any words. What it says when
all is plain is said in few, and those are known (`languages/plain.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from extractors.languages.dates import dates_in
from extractors.languages.numbers import number_words
from extractors.padron.headers import UNREAD
from extractors.padron.layout import Layout
from extractors.padron.table import Row
from extractors.padron.vocabulary import causes_in, labels_in, roles_in, told_words
from extractors.prose import fold
from extractors.vocabulary import loaded

_SENTENCE = re.compile(r"(?<!\W\w\.)(?<=\.)\s+(?=[A-ZÀ-Ý¿«\"(])|[;\n](?=[^\n:;]{1,40}:)|(?<=\.)\n|\n\n")
_WORD = re.compile(r"(?<![^\s(«\"'’/,;:.–—-])[^\W\d_]+(?:·[^\W\d_]+)?(?![^\s)»\"'’/,;:.!?–—-])")
"""A word of running text: no part of an address in the net, of a code or a number."""
_SHORT = 3
"""Letters up to which a word tells nothing alone, or is cut short before a full stop."""
_OF_A_NATION = re.compile(r"(?:na[cz]ional|naziotasun)\w*\s*:?\s*$")
"""What stands before the name of a nation: there are many, in many forms."""
_PAPER = re.compile(
    r"datos\s+(?:de\s+caracter\s+)?persona(?:l|is)|dades\s+personals|datu\s+pertsonal|proteccio\w*\s+de\s+da|\(ue\)|3/2018|39/2015"
    r"|(?:firma|sinatura|signatura|sinadura)\w*\s+(?:electron|dixital|digital)|(?:firmad|asinad|signat|sinatu)\w*\s+(?:electron|dixital|digital)"
    r"|(?:electron|digital|dixital)\w*\s+(?:firmad|asinad|signat)|codi(?:go)?\s+segur\w*(?:\s+de\s+verifica\w+)?|verificacion\s*:|(?<!\w)csv(?!\w)|sede\s+electronica"
    r"|seu\s+electronica|https?|www\.|telefono|(?<!\w)tfn?o|(?<!\w)tel\.|autentici|integridad|cotej|e-?mail|correo\s+elec|cita\s+previa"
)
"""What speaks of the paper, its signature or the office, not of the register."""
_FORMULA = re.compile(
    r"no\s+constitu(?:ira|ye)\s+prueba\s+de\s+(?:su\s+)?residencia\s+legal(?:\s+en\s+espana)?"
    r"|ni\s+l[ae]s?\s+atribuira\s+ningun\s+derecho\s+que\s+no\s+l[ae]s?\s+confiera\s+la\s+legislacion\s+vigente"
    r"|especialmente\s+en\s+materia\s+de\s+derechos\s+y\s+libertades\s+de\s+los\s+extranjeros"
    r"|no\s+(?:esta\s+)?sujet[oa]\s+a\s+tasas?|exent[oa]\s+de\s+tasas?|no\s+requiere\s+firma\s+manuscrita"
    r"|contra\s+(?:el\s+presente|este)\s+(?:acto|certificado|documento)\s+no\s+cabe\s+recurso"
    r"|seran\s+cedidos\s+a\s+terceros(?:\s+salvo\s+obligacion\s+legal)?"
)
"""Formulas that the law, or every town hall, prints beneath what it certifies: Ley 7/1985, art. 18.2, fees,
appeals, data. They say nothing of a stay."""
_ENTRY = re.compile(
    r"inscri[bpct]|empadro|(?<!\w)altas?(?!\w)|(?<!\w)ba(?:ja|ixa|ixe)s?(?!\w)|movimi|movem|movim|period|asiento|asent"
    r"|anotaci|anula|resid[ei]|vecin|homonim|inskri|errolda"
)
"""What speaks of the register after all."""


def strange(layout: Layout) -> Iterator[str]:
    """Yield the words of running text, and of cells without a known head, that are strange."""
    for passage in layout.passages:
        yield from _in_text(passage.prose.text)
    for table in layout.tables:
        for row in table.rows:
            yield from _in_row(row)


def _in_row(row: Row) -> Iterator[str]:
    """Yield the strange words of those cells of a row whose head is not known, or asks for remarks."""
    for name in row.cells:
        if name.partition("#")[0] in {UNREAD, "notes"}:
            yield from _unknown(row.text(name).lower())


def _in_text(text: str) -> Iterator[str]:
    """Yield the strange words of each sentence of *text* that does not speak of the paper itself."""
    for sentence in _SENTENCE.split(text):
        folded = fold(sentence)
        if not _PAPER.search(folded) or _ENTRY.search(_PAPER.sub(" ", folded)):
            yield from _unknown(sentence)


def _unknown(text: str) -> Iterator[str]:
    """Yield the words of *text* that are not known; names, written with a capital, are none."""
    whole, folded = fold(text), _masked(text)
    for found in _WORD.finditer(text):
        word = folded[found.start() : found.end()]
        if len(word) <= _SHORT or not word.strip() or word[0] == " ":
            continue
        if not found[0].islower() or _OF_A_NATION.search(whole, max(found.start() - 20, 0), found.start()):
            continue
        if not known(word, cut=text[found.end() : found.end() + 1] == "."):
            yield found[0]


def _masked(text: str) -> str:
    """Return *text* folded, its dates and what is said of registers and of the paper itself blank."""
    folded = fold(text)
    spans = [(date.start, date.end) for date in dates_in(text)]
    spans += [(mark.start, mark.end) for mark in (*roles_in(folded), *causes_in(folded), *labels_in(folded))]
    spans += [found.span() for by in (_PAPER, _FORMULA) for found in by.finditer(folded)]
    for start, end in spans:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def known(word: str, *, cut: bool = False) -> bool:
    """Whether an ordinary certificate may use the folded *word*, or one that it begins where it is *cut*."""
    whole, begun = _plain()
    return (
        word in whole
        or word.startswith(begun)
        or (cut and (len(word) <= _SHORT + 1 or any(one.startswith(word) for one in whole)))
    )


@cache
def _plain() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the known words, and the beginnings of those whose endings vary."""
    table = loaded(files("extractors.languages").joinpath("plain.yaml").read_text(encoding="utf-8"))
    words = [fold(word) for lines in table.values() for line in lines for word in line.split()]
    return frozenset(_whole(words)), tuple(word[:-1] for word in words if word.endswith("-"))


def _whole(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that stand as they are."""
    yield from (word for word in words if not word.endswith("-"))
    yield from told_words()
    yield from number_words()
