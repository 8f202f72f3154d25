"""What a labelled place on a paper can hold: names, days, numbers; each parser refuses what it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from stdnum.es import dni, nie

from extractors.document import Field
from extractors.kinds._labels import Spot, plain
from extractors.languages.countries import country
from extractors.languages.dates import dates_in

LABELLED = 0.97
"""A value in a text layer beside or below its printed label."""
PROVED = 0.98
"""The same with a check letter or digit that holds."""
UNPROVED = 0.4
"""A number whose check letter does not hold, as read."""
_NEVER = re.compile(r"\b(01|31)[\s./-]+(01|12)[\s./-]+9999\b")
_SPACED = re.compile(r"\b(\d{1,2}\s|\d{2})\s*(\d{1,2}\s|\d{2})\s*((?:19|20)\d\d)\b")
_NUMBER = re.compile(
    r"(?<![\w])(?:[XYZ][\s.-]?\d{1,2}[\s.-]?\d{3}[\s.-]?\d{3}|[XYZ][\s.-]?\d{7}|\d{8}|\d{1,2}[\s.]\d{3}[\s.]\d{3})"
    r"[\s.-]{0,3}[A-Z](?!\w)"
)
_NAME = re.compile(r"[^\W\d_]+(?:['’.\-\s]+[^\W\d_]+)*\.?")


class Parsed(NamedTuple):
    """A value as the contract writes it, and how sure the parser is of it."""

    value: Any
    certainty: float


Parser = Callable[[str], Parsed | None]
_SEXES = frozenset("MFHVX")


def first(spots: Iterable[Spot], parser: Parser) -> Field | None:
    """Return the first spot that *parser* takes, as a field; the surest where some are unproved."""
    best: Field | None = None
    for spot in spots:
        parsed = parser(spot.text)
        if parsed is not None and (best is None or parsed.certainty > UNPROVED >= best.confidence):
            best = spot.field(parsed.value, parsed.certainty)
    return best


def name(text: str) -> Parsed | None:
    """Return a person's name as on the paper: letters, two at least, no figures."""
    tidy = " ".join(text.split()).strip(" .,-")
    if len(tidy) < 2 or len(tidy) > 80 or not _NAME.fullmatch(tidy):
        return None
    return Parsed(tidy, LABELLED)


def day(text: str) -> Parsed | None:
    """Return the first day in *text*; the groups of a card ("03 05 1980") are a day below a label."""
    if (never := _NEVER.search(text)) is not None:
        return Parsed(f"9999-{never[2]}-{never[1]}", LABELLED)
    found = dates_in(_SPACED.sub(lambda d: "/".join(part.strip() for part in d.groups()), text))
    if not found:
        return None
    value = found[0].value
    return Parsed(value.isoformat() if value else None, min(found[0].certainty, LABELLED))


def spanish_number(text: str) -> Parsed | None:
    """Return the DNI or NIE in *text*, without marks; one whose letter is wrong is unproved."""
    found = [re.sub(r"[\s.-]", "", match.group()) for match in _NUMBER.finditer(text.upper())]
    right = [number for number in found if dni.is_valid(number) or nie.is_valid(number)]
    if right:
        return Parsed(right[0], PROVED)
    return Parsed(found[0], UNPROVED) if found else None


def spanish_numbers(text: str) -> tuple[str, ...]:
    """Return all DNI and NIE in *text* whose letter is right, each once."""
    found = (re.sub(r"[\s.-]", "", match.group()) for match in _NUMBER.finditer(text.upper()))
    return tuple(dict.fromkeys(n for n in found if dni.is_valid(n) or nie.is_valid(n)))


def passport_number(text: str) -> Parsed | None:
    """Return a passport's number: six to twelve letters and figures, four figures at least."""
    found = re.match(r"[A-Z]{0,3}[\s-]?[A-Z0-9]{5,10}(?!\w)", text.upper())
    number = re.sub(r"[\s-]", "", found.group()) if found else ""
    return Parsed(number, 0.95) if sum(map(str.isdigit, number)) >= 4 else None


def support_number(text: str) -> Parsed | None:
    """Return the number of a card's blank: three letters and six figures, or `E`, `C` and eight."""
    found = re.search(r"(?<!\w)(?:[A-Z]{3}\s?\d{6}|[EC]\s?\d{8})(?!\w)", text.upper())
    return Parsed(re.sub(r"\s", "", found.group()), LABELLED) if found else None


def nationality(text: str) -> Parsed | None:
    """Return the alpha-3 code of a country, its demonym or code; an unknown word as it stands, unsure.

    Under one label for sex and nationality the letter of the sex stands first: "F  MAR".
    """
    words = text.split()
    words = words[1:] if len(words) > 1 and words[0] in _SEXES else words
    for count in range(len(words), 0, -1):
        code = country(" ".join(words[:count]))
        if code is not None:
            return Parsed(code, LABELLED)
    return Parsed(text, UNPROVED) if words and plain(words[0]).isalpha() and len(text) < 40 else None


def wording(text: str) -> Parsed | None:
    """Return a text of a line as it stands."""
    tidy = " ".join(text.split())
    return Parsed(tidy, 0.95) if re.search(r"[^\W\d_]{2}", tidy) else None
