"""Movements of other people that a certificate tells too: they are none of the person's whom it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.languages.dates import dates_in
from extractors.padron.movements.bonds import EVENTS, Bound
from extractors.padron.movements.rows import row_name
from extractors.padron.page.table import Row, Table
from extractors.padron.people.names import own_name, people_named
from extractors.padron.vocabulary import Mark
from extractors.prose import Prose, fold

_STOP = re.compile(
    r"(?<!\W\w)(?<!Sra)(?<!Sr)(?<!Dña)(?<!Dn)(?:[.;][ ]+(?=[A-ZÀ-Ý])|\.\n)|\n(?=[^\S\n]*[-•*·\d])"
)
"""Where the person spoken of may change: a new sentence, a new item of a list; not behind a title."""
_KIN = re.compile(
    r"(?:hij[oa]|fill[oa]|fill|filla|espos[oa]|conyuge|conxuxe|casad[oa]|casat|viud[oa]|pareja|parella|madre|padre"
    r"|mare|pare|nai|pai|tutor[a]?|represent\w+|hermano|hermana|junto|xunto|junt|con|amb|nieto|nieta)"
    r"(?:\s+(?:de|d['’]|con|por|per|amb|a|co|en)\s*)?(?:\s*(?:d[oñ]+a?|d\.?ª?|sra?)\.?)?\s*$"
)
"""Words before a name that tell who somebody is to the person spoken of."""
_AND = re.compile(r"\s*,?\s*(?:y|e|i|eta)?\s*(?:de|d['’]|a|por|con)?\s*")
"""What stands between two of the kin."""
_ONE_OF_THEM = (
    r"(?:(?:sus?|seus?|suas?|la\s+seva|el\s+seu|l[oa]s?|el|els)\s+(?:citad\w+\s+|actual\s+)?"
    r"(?:hij[oa]s?|fill[oae]?s?|filles|espos[oa]s?|conyuge|conxuxe|mujer|muller|dona|marido|home|marit|madre|padre|mare|pare"
    r"|nai|pai|herman[oa]s?|irman[sa]?|germa(?:na)?|pareja|parella|famili\w+|nieto|nieta|tutor[a]?"
    r"|titular\s+de(?:\s+la)?\s+(?:hoja|vivienda)|propietari[oa]|arrendador[a]?|resto))(?!\w)"
)
_SOMEBODY = re.compile(
    rf"\W*(?:(?:y|e|i|asimismo|tambien|ademas|igualmente)[\s,]+)?(?:que\s+)?{_ONE_OF_THEM}"
)
"""Somebody of the home or the family without a name, who is spoken of at the beginning of what is told."""
_AND_SOMEBODY = re.compile(
    rf"(?:[,;]\s*|\s+)(?:y|e|i|asi\s+como|igual\s+que|lo\s+mismo\s+que)\s+(?:que\s+)?{_ONE_OF_THEM}[^,;]*$"
)
"""The same behind what is told of the person: "figura inscrito, y su esposa desde ..."."""
_WITH = re.compile(
    r"(?<!\w)(?:con|co|coa|junto|amb|xunto|en\s+compan\w+)(?!\w)(?!\s+(?:n\W?i\W?[ef]|dni|pasap|passap|doc|num|d\W))"
)
"""Words that lead to who is entered with the person, on the same day."""
_WHO = re.compile(
    r"(?<!\w)(?:sus?|seus?|suas?|la\s+seva|el\s+seu|un|una|unha)\s+"
    r"(?:hij[oa]s?|fill[oae]?s?|filles|espos[oa]|conyuge|conxuxe|mujer|muller|dona|marido|home|marit|madre|padre|mare|pare|nai"
    r"|pai|herman[oa]s?|irman[sa]?|germa(?:na)?|pareja|parella|familiar|niet[oa]|tutor[a]?|sobrin[oa]|nebod[a]?|prim[oa]|ti[oa]"
    r"|suegr[oa]|yerno|nuera|cunad[oa]|abuel[oa]|amig[oa]|inquilin[oa]|companer[oa]|company[a]?)(?!\w)"
    r"(?:[^.;]{0,60}?[\s,](?:que|quien(?:es)?|qui|quen|(?:el|l[ao]s?|a|o)\s+(?:cual(?:es)?|qual|cal))\s"
    r"|(?:\s+(?:suy[oa]|seu|seva|menor(?:\s+de\s+edad)?))?\s+(?:inscri|empadron|empadroa)\w+\s)"
)
"""Somebody of the family of whom the same sentence goes on to tell: "con su esposa, que causó alta"."""
_TOLD_ON = re.compile(r",?\s+(?:que|quien|inscrit|empadrona|empadroa)")
"""What goes on to tell of the kin just named, or of the person: nobody can say which."""
_OF_KIN = re.compile(
    r"(?:alta|inscri\w+|empadron\w+|empadroa\w+|antigu\w+|padron?)\s+(?:del?|d['’]|do|da|dos|das|dels?|en\s+el\s+padron\s+del?)\s*"
    r"(?:(?:la|los|las|l['’]|su|els|les)\s*)?(?:hij[oa]s?|fill[oae]?s?|filles|espos[oa]|conyuge|conjuge|conxuxe|marido|marit|mujer|madre|padre|mare|pare"
    r"|nai|pai|herman[oa]s?|irman[sa]?|germa(?:na)?|pareja|parella|familia\w*|unidad|grupo|menor(?:es)?|tutor[a]?|representante|progenitor\w*"
    r"|abuel[oa]|niet[oa]|propietari[oa]|arrendador[a]?|inquilin[oa]|compan[iy]\w+|resto)(?!\w)[^.;\d]*$"
)
"""A label that asks for the entry of kin, in one of its languages."""
_CLAUSE = 200
"""Letters before a movement within which the date of the one before it is looked for."""


def own_rows(table: Table, own: frozenset[str], number: str | None) -> tuple[Table, bool]:
    """Return *table* with the rows of the person alone, and whether whose each row is stands in it.

    A name stands once, over or beside the rows of its person;
    rows under it without a name are also that person's.
    """
    if not own:
        return table, len({fold(name) for name in map(row_name, table.rows) if name}) < 2
    if not any(map(row_name, table.rows)):
        return table, True
    rows: list[Row] = []
    mine, plain = False, True
    for row in table.rows:
        name = row_name(row)
        plain = plain and name is not None
        mine = _is_own(row, name, own, number) if name is not None else mine
        if mine:
            rows.append(row)
    return (table, True) if len(rows) == len(table.rows) else (replace(table, rows=tuple(rows)), plain)


def _is_own(row: Row, name: str, own: frozenset[str], number: str | None) -> bool:
    """Whether a row is of the person with these words for a name, and no other's number stands in it."""
    told = re.sub(r"[\s.-]", "", row.text("id_number")).upper()
    other = number is not None and any(letter.isdigit() for letter in told) and number not in told
    return own_name(name, own) and not other


def named_once(table: Table) -> bool:
    """Whether a table has one row, with a name in it: it may have given the person that name."""
    return len(table.rows) == 1 and row_name(table.rows[0]) is not None


def of_another(prose: Prose, bound: Bound, own: frozenset[str]) -> bool:
    """Whether a movement in *prose* is told of somebody else than the person with the words *own* for a name.

    Who is spoken of is the last named before the date in its sentence, kin of the person aside.
    """
    if bound.mark is None or bound.mark.meaning not in EVENTS:
        return False
    cuts = [cut.end() for cut in _STOP.finditer(prose.text, 0, bound.start)]
    begins = cuts[-1] if cuts else 0
    return _of_somebody(prose, bound, bound.mark, begins) or (
        bool(own) and _of_named(prose, bound, bound.mark, begins, own)
    )


def _of_somebody(prose: Prose, bound: Bound, mark: Mark, begins: int) -> bool:
    """Whether the sentence that *begins* there speaks of kin without a name where it tells a movement."""
    near = max(begins, bound.start - _CLAUSE)
    days = [begins, *(near + day.end for day in dates_in(prose.text[near : bound.start]))]
    line = max(near, prose.folded.rfind("\n", 0, bound.date.start) + 1)
    asked = _OF_KIN.search(prose.folded[line : bound.date.start]) is not None
    told_on = _WHO.search(prose.folded, near, mark.end + 1) is not None
    return (
        asked
        or told_on
        or _joined(prose, near, bound)
        or any(_SOMEBODY.match(prose.folded, day) for day in days)
    )


def _joined(prose: Prose, near: int, bound: Bound) -> bool:
    """Whether the movement is told of somebody joined to the person by "and", as no company of theirs."""
    found = _AND_SOMEBODY.search(prose.folded, near, bound.start)
    return found is not None and _WITH.search(prose.folded, near, found.start()) is None


def _of_named(prose: Prose, bound: Bound, mark: Mark, begins: int, own: frozenset[str]) -> bool:
    """Whether the sentence that *begins* there speaks of another name, or may go on with that of kin."""
    spoken: str | None = None
    kin = -1
    for found in people_named(prose, begins, bound.date.start):
        beside = 0 <= kin <= found.start() and _AND.fullmatch(prose.folded[kin : found.start()])
        if beside or _KIN.search(prose.folded[begins : found.start()]):
            kin = found.end()
        else:
            spoken = found["name"]
    if 0 <= kin <= mark.start and _TOLD_ON.match(prose.folded, kin):
        return True
    return spoken is not None and not own_name(spoken, own)


def named_otherwise(prose: Prose, own: frozenset[str]) -> bool:
    """Whether *prose* names people with a title, and none of them by the words *own*."""
    named = [found["name"] for found in people_named(prose, 0, len(prose.text))]
    return bool(own) and bool(named) and not any(own_name(name, own) for name in named)
