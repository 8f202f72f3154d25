"""Labels that call the municipality by its name: "Alta en Córdoba" asks what "Alta en el municipio" does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.lines import Line, Word, lines
from extractors.page import Page
from extractors.prose import fold

_CELL = 0.6
"""White space, in text heights, that parts the cells of a line."""
_MOVE = (
    r"(?:(?:fecha|data|f\.)\s?)?(?:de(?:l)?\s|d['’]\s?)?(?:alta|baja|baixa|inscripcion|inscricion|inscripcio"
    r"|empadronamiento|empadroamento|empadronament|antiguedad|antiguidade|antiguitat|residente?"
    r"|empadronad[oa]|empadroad[oa]|empadronat|inscrit[oa]?)(?:\s(?:de\s)?alta)?"
)
_THE = r"(?:\s(?:padronal|en|no|al?|el|este?|padron|padro|registro|municipal|municipio|municipi|concello))*"
_TAIL = r"(?=\s(?:desde|dende|des\sde)(?!\w)|\s*:|\s*\.{3}|\s+\d|\s*$)"
_PART = r"(?:en\sel\s)?(?:padron|padro)\s(?:municipal\s)?(?:del?|do|d['’])\s?"
"""The second line of a label that a narrow cell breaks: "Fecha de alta en el / Padrón de Madrid"."""
_OF = re.compile(r"(?:padron|padro|municipal|municipio|municipi|concello)\s(?:del?|do|d['’])\s?$")


def with_own_town(page: Page, town: str | None) -> Page:
    """Return *page* with the name of its *town* in labels of movements as "municipio", or left out."""
    words = re.escape(fold(town)).replace(r"\ ", r"\s") if town else None
    if words is None:
        return page
    label = re.compile(
        rf"(?P<ahead>{_MOVE}{_THE}(?:\s(?:del?|do)|\sd['’])?\s?|{_PART})(?P<town>{words}){_TAIL}"
    )
    changed = dict(
        change for line in page.lines for part in lines(line.words, _CELL) for change in _named(part, label)
    )
    kept = (changed.get(id(word), word) for word in page.words)
    return replace(page, words=tuple(word for word in kept if word is not None)) if changed else page


def _named(part: Line, label: re.Pattern[str]) -> Iterator[tuple[int, Word | None]]:
    """Yield the words of a label's town, each with what it is written as; None where it is left out."""
    found = label.match(fold(part.text))
    if found is None or len(fold(part.text)) != len(part.text):
        return
    of = _OF.search(found["ahead"])
    begin = found.start("town") if of is None else of.start() + len(of[0].split()[0])
    named = of is None and re.search(r"\s(?:en|no|al?)\s$", found["ahead"]) is not None
    at, left = 0, "municipio" if named else ""
    for word in part.words:
        if begin <= at < found.end("town"):
            rest = word.text[found.end("town") - at :]
            yield id(word), word._replace(text=left + rest) if left + rest else None
            left = ""
        at += len(word.text) + 1
