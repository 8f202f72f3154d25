"""A person's names and birth date in labels, or in the sentence of a letter that names them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.document import Field
from extractors.kinds._labels import Spot
from extractors.kinds._values import day, first, name
from extractors.languages.dates import dates_in
from extractors.prose import Prose, fold

_TITLES = (
    r"\b(?:don|dona|d\.|dna\.?|sr\.?|sra\.?|senor|senora|monsieur|madame|m\.|mme\.?|mlle|mr\.?|mrs\.?|"
    r"ms\.?|miss|herrn?|frau|sig\.|signora?|doamna|domnul|o sr\.|a sra\.)"
    r"[ªº]?(?:\s?/\s?(?:d|dna|sra|mme)\b\.?[ªº]?)?"
)
_AFTER_TITLE = re.compile(_TITLES + r"\s+(?P<name>[^\W\d_][^\W\d_'’\-]*(?:[ \n][^\W\d_][^\W\d_'’\-]*){1,6})")
_BORN = re.compile(
    r"\b(?:nacid[oa]|nacemento|nado|nada|nascut|nascuda|ne|nee|ne\(e\)|born|geboren|nat[oa]|nascid[oa]|nascut[a]?)"
    r"(?:\s+\w+){0,6}?\s+(?:el|le|on|am|il|em|a|la data de|dia|o dia)\s+(?:dia\s+)?"
)
_BREAKS = frozenset(
    fold(word)
    for language in (
        (
            "con",
            "titular",
            "nacido",
            "nacida",
            "mayor",
            "provisto",
            "provista",
            "cuyo",
            "cuya",
            "que",
            "residente",
        ),
        ("né", "née", "qui", "demeurant", "et", "born", "who", "residing", "and", "in", "en", "na", "y"),
        ("geboren", "nato", "nata", "nascido", "nascida", "titulaire"),
    )
    for word in language
)
_PARTICLES = frozenset(
    (
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "el",
        "al",
        "ben",
        "ibn",
        "van",
        "von",
        "der",
    )
)
GUESSED = 0.5
"""Capital letters tell the surname from the given name: a custom, no proof."""


def person(by_label: Mapping[str, tuple[Spot, ...]], prose: Prose) -> dict[str, Field]:
    """Return the `person.` fields: from labels where there are any, else from the sentence."""
    found = {
        "person.first_surname": first(by_label.get("surnames", ()), name),
        "person.second_surname": first(by_label.get("second_surname", ()), name),
        "person.given_name": first(by_label.get("given_name", ()), name),
    }
    if found["person.first_surname"] is None:
        found |= _named(prose)
    return {field: value for field, value in found.items() if value is not None}


def birth_date(by_label: Mapping[str, tuple[Spot, ...]], prose: Prose) -> Field | None:
    """Return the birth date beside its label or after "nacido el", "né le", "born on" ..."""
    labelled = first(by_label.get("birth_date", ()), day)
    if labelled is not None:
        return labelled
    for born in _BORN.finditer(prose.folded):
        for date in dates_in(prose.text[born.end() : born.end() + 60])[:1]:
            if date.start <= 2:
                start, end = born.end() + date.start, born.end() + date.end
                value = date.value.isoformat() if date.value else None
                return prose.field(start, end, value, min(0.95, date.certainty))
    return None


def _named(prose: Prose) -> dict[str, Field | None]:
    """Return the names after "D.", "M.", "Mrs" ... where capitals part surname and given name."""
    for match in _AFTER_TITLE.finditer(prose.folded):
        start, end = match.span("name")
        words = _kept(prose.text[start:end])
        loud = [word for word in words if word.isupper() and len(word) > 1]
        quiet = [word for word in words if not word.isupper() and fold(word) not in _PARTICLES]
        if loud and quiet and all(word[0].isupper() for word in quiet):
            return {
                "person.first_surname": prose.field(start, end, " ".join(loud), GUESSED),
                "person.given_name": prose.field(start, end, " ".join(quiet), GUESSED),
            }
    return {}


def _kept(text: str) -> list[str]:
    """Return the words of a name, up to one that goes on with the sentence."""
    kept: list[str] = []
    for word in text.split():
        low = fold(word)
        if low in _BREAKS and not (low in _PARTICLES and kept):
            break
        kept.append(word)
    return kept
