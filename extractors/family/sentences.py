"""People in the sentences of a certificate: "D. Luis Ortega Gil, nacido el ..., hijo de ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractors.document import Field
from extractors.family.found import Found, Read, part, words
from extractors.kinds._values import spanish_number
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose, fold

TOLD = 0.92
"""Certainty of a whole name between a courtesy and a comma, a verb or another person."""
_CAPITAL = r"[^\W\d_a-zà-ÿ][\w'’\-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?:[ \n](?:(?:de(?:[ \n]l[ao]s?)?|del|da|do|dos|das|el|ben|bin)[ \n])?{_CAPITAL})+"
)
_BORN = re.compile(
    r"\b(?:naci(?:d[oa](?:/[oa])?|o)|nad[oa](?:/[oa])?|naceu)\b(?:\s+\w+){0,8}?\s+(?:el|o)\s+(?:dia\s+)?"
)
_NUMBERED = re.compile(r"\b(?:d\.?\s?n\.?\s?i|n\.?\s?i\.?\s?[ef])\b\.?[^\d]{0,25}\d")
_RAISED = r"d[?*°'’\"”]"
"""*Dª* as readers of scans see it: the small raised letter passes for a mark."""
_PLACE = re.compile(r"\ben\s+$")
_TAIL = 160
"""Signs behind a name in which its birth and number stand, a line and a half: what follows is of others."""
_NEAR = 25
"""Signs beside a name in which an official's post stands."""


class _Named(NamedTuple):
    """A name in the text, from where to where it stands, and who it is: a place, or `official`."""

    start: int
    end: int
    place: str


def read(kind: str, pages: Sequence[Page]) -> Read:
    """Return the people that sentences name; not clear where a courtesy is followed by no whole name."""
    prose = Prose(pages)
    named, clear = _named(kind, prose)
    every = [*named, _Named(len(prose.text), len(prose.text), "")]
    found = [_found(prose, one, after.start) for one, after in pairwise(every) if one.place != "official"]
    return Read(tuple(found), clear)


def _named(kind: str, prose: Prose) -> tuple[list[_Named], bool]:
    """Return the names of the text in order, and whether every courtesy was followed by one."""
    found: list[_Named] = []
    clear = True
    for lead in _leads().finditer(prose.folded):
        last = found[-1] if found else None
        if last is not None and lead.start() < last.end:
            continue
        second = bool(lead["and"]) and _second_parent(found, lead.start())
        if lead["and"] and not second and not lead["polite"]:
            continue
        name = _NAME.match(prose.text, lead.end())
        if name is not None:
            parent = second or bool(lead["parents"])
            found.append(_Named(*name.span(), _place(kind, prose.folded, lead, name.end(), parent=parent)))
        elif lead["courtesy"]:
            clear = False
    return found, clear


def _second_parent(found: Sequence[_Named], start: int) -> bool:
    """Whether "y de" at *start* goes on from the one parent named right before it."""
    parents = [one.place == "parent" for one in found[-2:]]
    return parents in ([True], [False, True]) and start - found[-1].end <= 2


def _place(kind: str, folded: str, lead: re.Match[str], end: int, *, parent: bool) -> str:
    """Return the place of a name: an official, a *parent*, else the paper's main one."""
    before, after = folded[max(lead.start() - _NEAR, 0) : lead.start()], folded[end : end + _NEAR]
    if _official().search(before) or _official().match(after.lstrip(" ,\n")):
        return "official"
    main: str = words()["sentences"]["main"][kind]
    return "parent" if parent else main


def _found(prose: Prose, one: _Named, limit: int) -> Found:
    """Return a person with the birth and number told before the next one."""
    tail = _own(prose.text[one.end : min(limit, one.end + _TAIL)])
    name = prose.field(one.start, one.end, None, TOLD)
    born, number = _birth(prose, tail, one.end), _number(prose, tail, one.end)
    return Found(
        name=" ".join(prose.text[one.start : one.end].split()),
        place=one.place,
        birth_date=born.value if born else None,
        id_number=number.value if number else None,
        page=name.page,
        box=name.box,
        named=part(name),
        born=part(born) if born else None,
        number=part(number) if number else None,
        placed=TOLD,
    )


def _number(prose: Prose, tail: str, start: int) -> Field | None:
    """Return the number that the words after a name tell; they begin at *start*."""
    number = spanish_number(tail) if _NUMBERED.search(fold(tail)) else None
    place = number and re.search(r"[\s.-]{0,3}".join(number.value), tail, re.IGNORECASE)
    if not number or not place:
        return None
    return prose.field(start + place.start(), start + place.end(), number.value, number.certainty)


def _own(tail: str) -> str:
    """Return the words after a name up to another name: what follows that is not the first one's."""
    for other in _NAME.finditer(tail):
        if not _PLACE.search(fold(tail[: other.start()])):
            return tail[: other.start()]
    return tail


def _birth(prose: Prose, tail: str, start: int) -> Field | None:
    """Return the day of birth that the words after a name tell; they begin at *start*."""
    said = _BORN.search(fold(tail))
    dates = dates_in(tail[said.end() : said.end() + 70])[:1] if said else []
    if said is None or not dates or dates[0].start > 2 or dates[0].value is None:
        return None
    at = start + said.end()
    day = dates[0]
    return prose.field(at + day.start, at + day.end, dates[0].value.isoformat(), day.certainty)


def courtesy(text: str) -> bool:
    """Whether a word is nothing but what stands before a name out of courtesy: "D.", "Doña"."""
    return _courtesies().fullmatch(fold(text)) is not None


@cache
def _courtesies() -> re.Pattern[str]:
    """Return the pattern of a word of courtesy, with its stop."""
    said = "|".join(re.escape(fold(word)) for word in words()["sentences"]["courtesy"])
    return re.compile(rf"(?:{said}|{_RAISED})\.?")


@cache
def _leads() -> re.Pattern[str]:
    """Return the pattern of what stands before a name in a sentence."""
    courtesy = "|".join(re.escape(fold(word)) for word in words()["sentences"]["courtesy"])
    verbs = "|".join(r"\s+".join(fold(word).split()) for word in words()["sentences"]["verbs"])
    polite = rf"(?:{courtesy}|{_RAISED})(?:\.ª|\.)?"
    return re.compile(
        r"(?<!\w)(?:(?P<parents>(?:hij[oa]|fill[oa])(?:/[oa])?\s+de)|(?P<and>[ye](?:\s+de)?)"
        rf"|(?P<courtesy>{polite})|(?:{verbs}))\s+(?P<polite>{polite}\s+)?"
    )


@cache
def _official() -> re.Pattern[str]:
    """Return the pattern of the words that make a name that of an official."""
    return re.compile(r"\b(?:" + "|".join(fold(word) for word in words()["sentences"]["officials"]) + ")")
