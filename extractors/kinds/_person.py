"""A person's names and birth date in labels, or in the sentence of a letter that names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.kinds._labels import Spot
from extractors.kinds._values import PROVED, day, first, name, spanish_number, spanish_numbers
from extractors.languages.dates import dates_in
from extractors.prose import Prose, fold

_BORN = re.compile(
    r"\b(?:(?:nacid[oa]|nado|nada|nascuda?|nee?|ne\(e\)|born|geboren|nat[oa]|nascid[oa])(?:/[oae])?"
    r"(?:\s+\w+){0,6}?\s+(?:el|le|on|am|il|em|a|o|la data de)(?:\s+dia)?"
    r"|(?:fecha|data) de (?:nacimiento|nacemento|naixement|nascimento)|date of birth|date de naissance"
    r"|geburtsdatum|data di nascita)\s*:?\s+"
)
_AFTER_NAME = re.compile(
    r"[\s,(]+(?:(?:con|de|with|whose|avec|dont la|mit|com|di)\s+)?"
    r"(?:nacid[oa]|nee?\b|ne\(e\)|born\b|geboren|nat[oa]\b|nascid[oa]|fecha de nacimiento|date of birth"
    r"|date de naissance|data de|data di nascita|dni\b|nie\b|n\.i\.e|d\.n\.i|pasaporte|passport|passeport"
    r"|titular|titulaire|holder|identificad|provist|nacionalidad|mayor de edad)"
)
_CAPITAL = r"[^\W\d_a-zà-ÿ][\w'’\-]*"
_NAME_BEFORE = re.compile(
    rf"{_CAPITAL}(?:[ \n](?:{_CAPITAL}|d[aeiou]|del|dos|das|las?|los|el|ben|bin|van|von|y|i)){{1,6}}$"
)
_TITLE_LINE = re.compile(rf"{_CAPITAL}(?:[^\w'’\-]+(?:{_CAPITAL}|\w{{1,3}}(?![\w'’\-])))*\W*")
"""A line of its own in capitals: a heading above the sentence, no part of the name."""
_BREAKS = frozenset(
    (
        "que",
        "that",
        "certifica",
        "certify",
        "qui",
        "don",
        "dona",
        "dna",
        "mr",
        "mrs",
        "ms",
        "m",
        "mme",
        "ª",
        "dª",
        "madame",
        "monsieur",
        "mademoiselle",
        "senor",
        "senora",
        "signor",
        "signora",
        "senhor",
        "senhora",
        "sr",
        "sra",
        "herr",
        "frau",
        "a",
        "de",
        "certifie",
        "hace",
        "constar",
    )
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
        "bin",
        "ibn",
        "van",
        "von",
        "der",
        "y",
        "i",
    )
)
GUESSED = 0.5
"""Which words of a name in a sentence are the surname is a custom of each country, no proof."""
PARTED = 0.85
"""Two surnames behind one label, taken for the first and the second."""


def person(by_label: Mapping[str, tuple[Spot, ...]], prose: Prose) -> dict[str, Field]:
    """Return the `person.` fields: from labels where there are any, else from the sentence."""
    surnames = first(by_label.get("surnames", ()), name)
    if surnames is None:
        return whole(by_label) or _in_sentence(prose)
    found = {
        "person.first_surname": surnames,
        "person.second_surname": first(by_label.get("second_surname", ()), name),
        "person.given_name": first(by_label.get("given_name", ()), name),
    }
    parts = _grouped(str(surnames.value).split())
    if found["person.second_surname"] is None and len(parts) > 1:
        # of three words nobody can tell which are the first surname: they stay together, as unsure
        sure = min(PARTED, surnames.confidence)
        value = parts[0] if len(parts) == 2 else surnames.value
        found["person.first_surname"] = replace(surnames, value=value, confidence=sure)
        if len(parts) == 2:
            found["person.second_surname"] = replace(surnames, value=parts[1], confidence=sure)
    return {field: value for field, value in found.items() if value is not None}


def identified(by_label: Mapping[str, tuple[Spot, ...]], prose: Prose) -> dict[str, Field]:
    """Return the `person.` fields with the number and the birth date, where the paper gives them."""
    number = first(by_label.get("id_number", ()), spanish_number) or _only_number(prose)
    found = {"person.id_number": number, "person.birth_date": birth_date(by_label, prose)}
    return person(by_label, prose) | {field: value for field, value in found.items() if value is not None}


def _only_number(prose: Prose) -> Field | None:
    """Return the only DNI or NIE of a paper, None where it has several."""
    found = spanish_numbers(prose.text)
    match = re.search(r"[\s.-]?".join(found[0]), prose.text, re.IGNORECASE) if len(found) == 1 else None
    return prose.field(match.start(), match.end(), found[0], PROVED) if match else None


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


def whole(by_label: Mapping[str, tuple[Spot, ...]]) -> dict[str, Field]:
    """Return the names behind one label for all of them: a comma parts surnames from the given name."""
    for spot in by_label.get("names", ()):
        surnames, comma, given = spot.text.partition(",")
        if comma and name(surnames) is not None and name(given) is not None:
            return {
                "person.first_surname": spot.field(" ".join(surnames.split()), PARTED),
                "person.given_name": spot.field(" ".join(given.split()), PARTED),
            }
        words = spot.text.split()
        if not comma and name(spot.text) is not None and len(words) > 1:
            return {field: spot.field(value, GUESSED) for field, value in _guessed(words).items()}
    return {}


def _in_sentence(prose: Prose) -> dict[str, Field]:
    """Return the name before "nacido el", "con NIE", "born on" ...; the order of its parts is a guess."""
    for after in _AFTER_NAME.finditer(prose.folded):
        start = max(after.start() - 90, 0)
        found = _NAME_BEFORE.search(prose.text[start : after.start()])
        if found is None:
            continue
        place = start + found.start()
        title = prose.text.find("\n", place, after.start())
        if title >= 0 and _TITLE_LINE.fullmatch(prose.text[prose.text.rfind("\n", 0, place) + 1 : title]):
            place = title + 1
        words = _own(prose.text[place : after.start()].split())
        if len(words) > 1:
            named = _guessed(words)
            return {
                field: prose.field(place, after.start(), value, GUESSED) for field, value in named.items()
            }
    return {}


def _own(words: Sequence[str]) -> list[str]:
    """Return the words of a name after the last word that belongs to the sentence or is a courtesy."""
    last = max((at for at, word in enumerate(words) if fold(word) in _BREAKS - _PARTICLES), default=-1)
    kept = list(words[last + 1 :])
    while kept and fold(kept[0]) in _PARTICLES | _BREAKS and kept[0].islower():
        kept.pop(0)
    return kept


def _guessed(words: Sequence[str]) -> dict[str, str]:
    """Return names by capitals where they part them, else the given name first and at most two surnames."""
    loud = [word for word in words if word.isupper()]
    quiet = [word for word in words if not word.isupper() and fold(word) not in _PARTICLES]
    if loud and quiet:
        return {"person.first_surname": " ".join(loud), "person.given_name": " ".join(quiet)}
    parts = _grouped(words)
    surnames = 1 if len(parts) < 3 else 2
    found = {"person.given_name": " ".join(parts[:-surnames]), "person.first_surname": parts[-surnames]}
    return found | ({"person.second_surname": parts[-1]} if surnames == 2 else {})


def _grouped(words: Sequence[str]) -> list[str]:
    """Return the words of a name with particles joined to what follows: `El Amrani`, `de la Torre`."""
    groups: list[str] = []
    open_group = False
    for word in words:
        if open_group:
            groups[-1] += f" {word}"
        else:
            groups.append(word)
        open_group = fold(word) in _PARTICLES
    return groups
