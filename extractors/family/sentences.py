"""People in the sentences of a certificate: "D. Luis Ortega Gil, nacido el ..., hijo de ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractors.family.found import Found, Read, words
from extractors.kinds._values import spanish_number
from extractors.languages.dates import dates_in
from extractors.page import Page, around
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
_PLACE = re.compile(r"\ben\s+$")
_TAIL = 160
_NEAR = 25


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
    spots = prose.words(one.start, one.end)
    number = spanish_number(tail) if _NUMBERED.search(fold(tail)) else None
    return Found(
        name=" ".join(prose.text[one.start : one.end].split()),
        place=one.place,
        birth_date=_birth(tail),
        id_number=number.value if number else None,
        page=spots[0][0].number,
        box=around(word.box for page, word in spots if page is spots[0][0]),
        confidence=min([TOLD, *(word.confidence for _, word in spots)]),
    )


def _own(tail: str) -> str:
    """Return the words after a name up to another name: what follows that is not the first one's."""
    for other in _NAME.finditer(tail):
        if not _PLACE.search(fold(tail[: other.start()])):
            return tail[: other.start()]
    return tail


def _birth(tail: str) -> str | None:
    """Return the day of birth that the words after a name tell."""
    said = _BORN.search(fold(tail))
    if said is None:
        return None
    dates = [date for date in dates_in(tail[said.end() : said.end() + 70])[:1] if date.start <= 2]
    return dates[0].value.isoformat() if dates and dates[0].value else None


@cache
def _leads() -> re.Pattern[str]:
    """Return the pattern of what stands before a name in a sentence."""
    courtesy = "|".join(re.escape(fold(word)) for word in words()["sentences"]["courtesy"])
    verbs = "|".join(r"\s+".join(fold(word).split()) for word in words()["sentences"]["verbs"])
    polite = rf"(?:{courtesy})(?:\.ª|\.)?"
    return re.compile(
        r"(?<!\w)(?:(?P<parents>(?:hij[oa]|fill[oa])(?:/[oa])?\s+de)|(?P<and>[ye](?:\s+de)?)"
        rf"|(?P<courtesy>{polite})|(?:{verbs}))\s+(?P<polite>{polite}\s+)?"
    )


@cache
def _official() -> re.Pattern[str]:
    """Return the pattern of the words that make a name that of an official."""
    return re.compile(r"\b(?:" + "|".join(fold(word) for word in words()["sentences"]["officials"]) + ")")
