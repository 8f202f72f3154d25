"""Tables of days without a word for the movement in them: a title over each says it.

ALTAS, BAJAS, or changes of home.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.lines import Box, Word, around
from extractors.padron.page.layout import Layout, Passage
from extractors.padron.page.table import Row, Table
from extractors.page import Page
from extractors.prose import Prose, fold

_HOMES = (
    r"(?:(?:relacion|listado|historial) de )?(?:cambios?|canvis?|historial|relacion) de (?:los )?"
    r"(?:domicilios?|domicilis?|enderezos?|viviendas?|direccion)"
)
_MOVES = (
    r"(?:(?:relacion|listado|movimientos|historial|fechas) (?:de (?:las? )?|d['’]))?"
    r"(?:(?P<out>bajas?|baixas?|baixes)|(?P<in>altas?|altes))"
    r"(?: (?:padronal(?:es)?|registradas|producidas|causadas"
    r"|en (?:el |este )?(?:padron|municipio)(?: municipal)?(?: de habitantes)?))?"
)
_TITLE = re.compile(rf"(?:\d{{1,2}}[.)ºª-]*\s*)?(?:(?P<change>{_HOMES})|{_MOVES})[ :.]*")
_HOUSE = re.compile(
    r"(?:.*\d[ºª°.]*|s/n)?\s*(?:(?:bis|bajos?|baixos?|izq\w*|izd\w*|dcha?|der\w*|dreta|esq\w*|ent\w*|atic\w*|sobre\w*|pta|puerta|porta|esc\w*"
    r"|piso|pis|planta|bloque|bloc|portal|casa|chalet|local|letra|principal|pral|interior|exterior|centro|primer\w*|segund\w*"
    r"|tercer\w*|cuart\w*|[a-z])(?!\w)\.?\s*)*"
)
"""What tells which part of a house a home is, behind its last number."""
_POSTAL = re.compile(r"(?<!\d)\d{5}(?!\d)")
_NEAR = 2.5
"""Heights of its line within which a title stands over its table."""
_DAYS = frozenset({"date", "in_date", "out_date"})
"""Columns of the day of a movement."""
_OTHER = frozenset({"type", "period", "name_full", "name_reversed"})
"""Columns that say themselves what a row tells, or of whom."""


def with_titles(layout: Layout) -> Layout:
    """Return *layout* with the plain days of tables under such a title as those of altas or bajas."""
    tables: list[Table] = []
    taken: list[tuple[Page, Box]] = []
    for table in layout.tables:
        found = _title(layout.passages, table)
        if found is None:
            tables.append(table)
            continue
        side, page, box = found
        if side == "home" and _of_towns(table, layout.passages):
            tables.append(table)
            continue
        tables.append(_sided(table, side))
        taken.append((page, box))
    if not taken:
        return layout
    passages = [_without(passage, taken) for passage in layout.passages]
    return replace(layout, tables=tuple(tables), passages=tuple(p for p in passages if p is not None))


def _title(passages: Sequence[Passage], table: Table) -> tuple[str, Page, Box] | None:
    """Return the side that the title right over *table* names, with page and box of that title."""
    days = _DAYS & set(table.meanings)
    if len(days) != 1 or _OTHER & set(table.meanings) or not table.rows:
        return None
    page = table.rows[0].page
    top = min([table.rows[0].box.y0, *(column.box.y0 for column in table.columns)])
    for passage in passages:
        if passage.page.number != page.number:
            continue
        line = max((x for x in replace(page, words=_words(passage)).lines), key=lambda x: x.box.y0)
        found = _TITLE.fullmatch(fold(line.text).strip())
        if found is not None and 0 <= top - line.box.y1 <= _NEAR * line.box.height:
            side = "home" if found["change"] else "out" if found["out"] else "in"
            return (side, passage.page, line.box) if days <= {"date", f"{side}_date"} else None
    return None


def _of_towns(table: Table, passages: Sequence[Passage]) -> bool:
    """Whether homes of *table* end with names that may be towns': that differ, or stand nowhere else."""
    ends = {
        town_of(row.text(name))
        for row in table.rows
        for name in row.cells
        if name.partition("#")[0] in {"address", "territory"}
    }
    return len(ends) > 1 or not any(end in passage.prose.folded for end in ends for passage in passages)


def town_of(home: str) -> str:
    """Return what ends a *home* and is no part of a house: a town, or all of it where it has no number."""
    last = re.split(r",\s*|\s[-–—]\s|\(", _POSTAL.sub("", fold(home)).rstrip(" .)"))[-1].strip()
    behind = re.sub(r".*\d[ºª°.]*\s*", "", last)
    return "" if _HOUSE.fullmatch(last) else re.sub(r"^(?:del?|en)\s+", "", behind)


def _words(passage: Passage) -> tuple[Word, ...]:
    """Return the words of a passage."""
    return tuple(word for _, word in passage.prose.words(0, len(passage.prose.text)))


def _sided(table: Table, side: str) -> Table:
    """Return *table* with its days, causes and places as those of one side, or its days as those of homes."""
    names = {"date": f"{side}_date"}
    if side != "home":
        names |= {"cause": f"cause_{side}", "place": "origin" if side == "in" else "destination"}
    rows = [
        Row(page=row.page, cells={names.get(name, name): words for name, words in row.cells.items()})
        for row in table.rows
    ]
    meanings = tuple(names.get(meaning, meaning) for meaning in table.meanings)
    return replace(table, meanings=meanings, rows=tuple(rows))


def _without(passage: Passage, titles: Sequence[tuple[Page, Box]]) -> Passage | None:
    """Return *passage* without the lines that are such titles, None when nothing else stands in it."""
    boxes = [box for page, box in titles if page.number == passage.page.number]
    words = tuple(w for w in _words(passage) if not any(box.holds(*w.box.middle) for box in boxes))
    if not words:
        return None
    prose = Prose([replace(passage.page, words=words)])
    return Passage(page=passage.page, prose=prose, box=around(word.box for word in words))
