"""Declarations and powers written as a letter: who, with which document, says what, where and when.

Only sentences that say it outright count. How a full name falls into surnames is a guess and told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.document import Field
from extractors.forms import names
from extractors.forms.values import meaning
from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose

_SURE, _STATED, _LIMITED = 0.93, 0.9, 0.5
_TITLE = (
    r"(?:D\.?\s*/\s*D\.?ª?a?\.?|D\.?ª|Dña\.?|Don|Doña|D\.|Da\."
    r"|\bYo,|\bEu,|\bJo,|\b(?:[Ee]l|[Ll]a|[Oo]|[Aa])\s+(?:abajo|que|quien)\s+(?:firmante|suscribe|asina),)"
)
_NAME = rf"{_TITLE}\s+(?P<name>[^\W\d_][^,;:\d()]{{4,60}}?)"
_PAPER = r"(?:D\.?N\.?I\.?|N\.?I\.?[EF]\.?|T\.?I\.?E\.?|pasaporte|documento(?:\s+de\s+identidad)?)"
_PERSON = re.compile(
    rf"{_NAME}\s*,(?P<between>[^.;]{{0,160}}?)\b{_PAPER}[\s/\w.]{{0,20}}?(?:n[úu]mero|n\.?\s*[º°o]\.?|:)?\s*"
    r"(?P<number>[A-Z]{0,3}[-\s.]?\d[\d.\s-]{3,12}\d[-\s]?[A-Z]?)(?![\w])"
)
_NATION = re.compile(r"(?:nacionalidade?|nacionalitat|nacional de)\s+(?P<nation>[^\W\d_]+)", re.IGNORECASE)
_NO_COVER = re.compile(
    r"\b(?:no|non)\s+(?:\w+\s+){0,2}?"
    r"(?:teng[oa]|tiene|tener|teño|ten|ter|dispon\w*|posee\w*|poseo|cuent\w+ con|est\w+ cubiert\w+"
    r"|soy (?:titular|beneficiari\w))"
    r"[^.;]{0,60}?\b(?:cobertura|asistencia sanitaria|seguro)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:pero|salvo|excepto|sino|aunque|agas|excepto)\b")
_DECLARES = re.compile(r"\bdeclar[oa]\b|\bmanifiest[oa]\b|\bdeclara(?:ndo)?\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\bEn\s+(?P<place>[A-ZÁÉÍÓÚÑ][^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)\s*,\s*(?:a|con data|a fecha)\s+(?=\w)"
)


class _Person(NamedTuple):
    """One person named with a document, and where."""

    match: re.Match[str]

    def fields(self, prose: Prose, prefix: str) -> Iterator[tuple[str, Field]]:
        """Give the number and the names of the person."""
        start, end = self.match.span("number")
        number = meaning("id_number", prose.text[start:end], {})
        yield f"{prefix}.id_number", prose.field(start, end, number.value, min(_SURE, number.sure))
        start, end = self.match.span("name")
        for leaf, value, sure in names.full(prose.text[start:end]):
            yield f"{prefix}.{leaf}", prose.field(start, end, value, sure)


def told(kind: str, pages: Sequence[Page]) -> dict[str, Field]:
    """Return what the sentences of a declaration or a power say; nothing for other kinds."""
    prose = Prose(pages)
    reader = {"no_coverage_declaration": _declaration, "representation": _power}.get(kind)
    return dict(reader(prose)) if reader else {}


def _declaration(prose: Prose) -> Iterator[tuple[str, Field]]:
    """Give the fields of a declaration of no cover."""
    declares = _DECLARES.search(prose.text)
    cover = _NO_COVER.search(prose.text, declares.end()) if declares else None
    person = _PERSON.search(prose.text) if cover else None
    if not cover or not person:  # a form to tick says the same sentence before anybody declares it
        return
    limited = re.search(r"[^.;\n]*(?:\n[^.;\n]*)?", prose.folded[cover.end() :])
    sure = _LIMITED if limited and _BUT.search(limited[0]) else _STATED
    yield "declares_no_coverage", prose.field(*cover.span(), value=True, confidence=sure)
    yield from _Person(person).fields(prose, "declarant")
    nation = _NATION.search(prose.text)
    if nation and (code := country(nation["nation"])):
        yield "nationality", prose.field(*nation.span("nation"), value=code, confidence=_SURE)
    yield from _close(prose)


def _power(prose: Prose) -> Iterator[tuple[str, Field]]:
    """Give the fields of a power: the first person confers it on the second."""
    people = list(_PERSON.finditer(prose.text))
    if len(people) != len(("represented", "representative")):
        return
    between = prose.folded[people[0].end() : people[1].start()]
    if not re.search(r"represent|autoriza|confier|otorga|apodera", between):
        return
    yield from _Person(people[0]).fields(prose, "represented")
    yield from _Person(people[1]).fields(prose, "representative")
    yield from (said for said in _close(prose) if said[0] == "signed_on")


def _close(prose: Prose) -> Iterator[tuple[str, Field]]:
    """Give place and day from the line that closes the letter."""
    for place in _PLACE.finditer(prose.text):
        rest = prose.text[place.end() : place.end() + 60]
        days = [day for day in dates_in(rest) if day.start <= 2]
        for day in days[:1]:
            start, end = place.end() + day.start, place.end() + day.end
            yield "place", prose.field(*place.span("place"), value=place["place"], confidence=_SURE)
            sure = min(_SURE, day.certainty)
            value = day.value.isoformat() if day.value else None
            yield "signed_on", prose.field(start, end, value=value, confidence=sure)
            return
