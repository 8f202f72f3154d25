"""Whose home and whose papers a writing names: lines with an address, and the people whose papers it sends.

The law asks of both no more than that they are the form's own: `validators.rules.named_beside` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path

from extractors.document import Field, Json
from extractors.kinds._values import spanish_numbers
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.said.everyday import COVERING, EVERYDAY, everyday
from extractors.said.foreseen import used
from extractors.vocabulary import either, lists

NAMED = "named"
"""The subject of the mention: its value has `places` (lines of addresses), `people` (names) and `births`."""
_FILE = Path(__file__).with_name("naming.yaml")
_SURE = 0.95
_WRITING, _FAMILY, _RECEIPT = "other", "family_record", "filing_receipt"
_OF_OFFICES = frozenset({"appointment", "leaflet", "legalisation", "privacy", "filing_receipt"})
_NEAR = 70
"""Letters before a day within which it is said to be one of birth."""
_BORN = re.compile(
    r"(?:nacid|nacimiento|nacemento|naixement|nascut|nascid|nascimento|jaio|birth|born|naissance|nascita|geb"
    r"|\b(?:nad[oa]|nee?)\b)[^.;]*$"
)
_MOST = 20
"""Places or people of one paper that are told."""
_POSTAL = re.compile(r"(?<![\w./-])\d{5}(?![\w/])[\s,–-]*\(?[A-ZÀ-Þ][^\n]{0,60}")
_THERE = re.compile(
    r"(?<!\w)(?:(?:[Ee]n|[Ee]m|[Ii]n|[Dd]esde|[Hh]asta|[Hh]acia|[Dd]ende|[Ff]rom)"
    r"|(?:[Aa]yuntamiento|[Cc]oncello|[Aa]juntament|[Uu]dala|[Bb]iblioteca|[Cc]lub|[Pp]iscina|[Vv]ecin[oa]s?"
    r"|[Tt]ransporte|[Mm]unicipal|[Pp]olicía [Ll]ocal)(?: \w+)? (?:de|del|da|do|con|con destino a))"
    r"\s+(?:la ciudad de |el municipio de )?(?P<place>[A-ZÀ-Þ][a-zß-ÿ][^\n]*)"
)
"""Where something is, or which town's body speaks: the rest of the line, in which the home's may stand."""
_WORD = r"[A-Z][\w'’-]+"
_NAME = (
    rf"{_WORD}(?: (?:(?:d[eoai]|del|dos|das|las?|los|el|al|ben|bint|i|y|e|van|von) ){{0,3}}{_WORD}){{1,5}}"
)


def named(kind: str, pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return, as one mention, the homes and the people that a paper of no known kind names; none mostly.

    A receipt of filing names people too, a family paper days of birth. `sends`: whether the numbers are
    those of the people that it is about, as in a writing.
    """
    if kind not in {_WRITING, COVERING, EVERYDAY, _RECEIPT, _FAMILY}:
        return {}
    prose = Prose(pages)
    if kind == _FAMILY:
        return _born(prose)
    sort = everyday(prose.text) if kind == EVERYDAY else kind
    told = told_in(prose.text, sends=kind != EVERYDAY, sort=sort)
    if told is None:
        return {}
    found = chain(places(prose.text), people(prose.text), holders(prose.text))
    start, end = next(found, (0, prose.text.find("\n")))
    return {NAMED: prose.field(start, end, {"of": "nobody", **told}, _SURE)}


def _born(prose: Prose) -> Mapping[str, Field]:
    """Return, as one mention, the days of birth that a family paper tells."""
    before = ((one, prose.folded[max(one.start - _NEAR, 0) : one.start]) for one in dates_in(prose.text))
    days = [one for one, said in before if one.value and _BORN.search(said)]
    if not days:
        return {}
    told: dict[str, Json] = {"of": "nobody", "births": [str(one.value) for one in days[:_MOST]]}
    return {NAMED: prose.field(days[0].start, days[0].end, told, _SURE)}


def told_in(text: str, *, sends: bool, sort: str | None = None) -> dict[str, Json] | None:
    """Return `places`, `people`, `numbers` and `sends` of a *text*, None where it names nothing.

    The place of an office on a slip of a *sort* is nobody's home; where a school stands its pupils live.
    """
    found = () if sort in _OF_OFFICES else places(text, firms=sort != "school")
    where = () if sort in {*_OF_OFFICES, _WRITING, COVERING, None} else situated(text)
    homes = [text[start:end] for start, end in islice(chain(found, where), _MOST)]
    owners = [text[start:end] for start, end in islice(chain(people(text), holders(text)), _MOST)]
    numbers = [*spanish_numbers(text)[:_MOST]]
    if not homes and not owners and not numbers:
        return None
    return {"numbers": numbers, "sends": sends, "places": homes, "people": owners}


def places(text: str, *, firms: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where *text* names a home, by a label, a kind of street or a postal code; *firms*' own aside."""
    folded, at = fold(text), 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        here = folded[at : at + len(line)]
        labelled, postal = _labelled().search(here), _POSTAL.search(line)
        street = _street().search(here)
        near = fold("".join(lines[max(number - 1, 0) : number + 1]))
        starts = [one.start(1) for one in (labelled, street) if one] + ([postal.start()] if postal else [])
        if starts and (labelled or not (firms and _firm().search(near))):
            yield at + min(starts), at + len(line.rstrip())
        at += len(line)


def situated(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of *text* that tell by "en" and a capital where something is; a firm's aside."""
    for found in _THERE.finditer(text):
        if not _firm().search(fold(found["place"])):
            yield found.span("place")


def people(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names whose papers *text* says that it sends ("la documentación de Ana Pérez")."""
    for found in _papers_of().finditer(_unaccented(text)):
        name = fold(found["name"])
        heading = found["name"].isupper() and found[0].isupper()
        if not heading and not _firm().search(name) and not any(map(used, name.split())):
            yield found.span("name")


def holders(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names for whom a printed paper is, by their label ("Destinatario: Ana Pérez"); no firm's."""
    for found in _holder().finditer(_unaccented(text)):
        if not _firm().search(fold(found["name"])):
            yield found.span("name")


def _unaccented(text: str) -> str:
    """Return *text* without accents, letter for letter, with its capitals."""
    return "".join(one.upper() if own.isupper() else one for own, one in zip(text, fold(text), strict=True))


@cache
def _holder() -> re.Pattern[str]:
    """Return the pattern of a label of whom a paper is for, and the name, in letters without accents.

    Without a colon a row in capitals may as well be a longer label.
    """
    label = rf"(?i:{_listed('holders')})"
    return re.compile(
        rf"^\W*{label}(?:\s*:[ ]*|[ ]+(?!d[eo]\b)(?=[^\n]*[a-z]))(?P<name>{_NAME})", re.MULTILINE
    )


@cache
def _labelled() -> re.Pattern[str]:
    """Return the pattern of a label of a home, or of words before one in a sentence; the home is group 1."""
    label = rf"(?:{_listed('labels')})"
    before = rf"(?:^\s*{label}(?!\w)\s*:?|(?<!\w){label}\s*:|(?<!\w)(?:{_listed('sited')})(?!\w))"
    return re.compile(rf"{before}\s*(?!.*(?:@|www\.))(.+)$", re.MULTILINE)


@cache
def _street() -> re.Pattern[str]:
    """Return the pattern of a line that is an address by its kind of street, the whole of it as group 1."""
    return re.compile(rf"^\s*((?:\d+,?\s+)?(?:{_listed('streets')})(?!\w).*\d.*)$", re.MULTILINE)


@cache
def _firm() -> re.Pattern[str]:
    """Return the pattern of what shows that the lines below are a firm's or an office's."""
    return re.compile(rf"(?<!\w)(?:{_listed('firms')})(?!\w)")


@cache
def _papers_of() -> re.Pattern[str]:
    """Return the pattern of somebody's papers, in letters without accents, capitals kept."""
    papers, titles = _listed("papers"), _listed("titles")
    source = rf"(?i:(?<!\w)(?:{papers})\s+(?:\w+\s+){{0,4}}?(?:de|d|do|da|del|of)\s+(?:(?:{titles})\.?\s+)*)"
    return re.compile(source + rf"(?P<name>{_NAME})")


def _listed(name: str) -> str:
    """Return the source for any of the phrases of a list."""
    return either(lists(_FILE)[name])
