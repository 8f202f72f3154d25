"""What proves or disproves a value of a form by itself: check letters, check digits, days and shapes.

A repair is what a reader confuses (O and 0, I and 1), put right under a check letter: it is told, and
never counts as proof, since a wrong repair can satisfy the letter as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from rapidfuzz.distance import Levenshtein
from stdnum import iban
from stdnum.es import ccc, dni, nie

from extractors.certainty import Proof
from extractors.forms import shapes
from extractors.forms.template import Zone
from extractors.forms.values import date
from extractors.forms.zones.listed import misread
from extractors.forms.zones.manner import day
from extractors.languages.countries import country
from extractors.languages.provinces import provinces
from extractors.prose import fold

_CONFUSED: Mapping[str, str] = {
    "O": "0", "Q": "0", "D": "0", "U": "0", "I": "1", "L": "1", "Z": "2", "A": "4", "S": "5", "G": "6",
    "T": "7", "B": "8", "0": "O", "1": "I", "2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B",
}  # fmt: skip
"""What one sign is taken for where a figure, or a letter, must stand."""
_ENDS: Mapping[str, str] = {
    "0": "DQ", "O": "DQ", "1": "JLT", "I": "JLT", "2": "Z", "3": "BJ", "4": "A", "5": "S", "6": "G",
    "7": "JT", "8": "B", "9": "P",
}  # fmt: skip
"""Letters that end a DNI or NIE and are taken for what can end none: neither a figure nor an O or I does."""
_SPANISH = re.compile(r"(?:[XYZ]\d{7}|\d{8})[A-Z]")
_NEARLY = re.compile(r"(?:[XYZ]\d{5,9}|\d{6,10})[A-Z]|[XYZ]\d{7,8}|\d{8}")
"""A DNI or NIE with a figure too few or too many, without its letter, or with a figure for it, as where
correction fluid or a fax took a sign or a stroke, rather than the number of a foreign passport."""
_BORN, _SIGNED = range(1900, 2036), range(2000, 2051)
"""Years in which people of today were born, and papers of today signed."""
_TOWN = 5
"""Letters from which a name that is like a province's is taken for it misread."""
_PARTS: Mapping[str, range] = {"d": range(1, 32), "m": range(1, 13), "y": _BORN}


def proof(zone: Zone, text: str) -> Proof:
    """Return what *text* says for itself as the value of *zone*."""
    if day(zone):
        return _day(zone, text)
    test = _TESTS.get(zone.name.rsplit(".", 1)[-1])
    return test(bare(text)) if test else _shape(zone, text)


def repaired(zone: Zone, text: str) -> str | None:
    """Return *text* with signs put right so that its check letter holds; None where no one way does."""
    if not zone.name.endswith("id_number"):
        return None
    mended = settled(text)
    return mended if mended != bare(text) else None


def settled(text: str) -> str:
    """Return the number of a paper with each sign a letter or a figure as a DNI or NIE has it there.

    So "609981515" and "60998151S" are one: no figure can end such a number. Other numbers stay.
    """
    number = bare(text)
    found = {other for other in _put_right(number) if _letter(other) != "failed"}
    return found.pop() if len(found) == 1 else number


def likeness(text: str) -> str:
    """Return `settled`, or one form for both where a 2 and a Z in front settle it equally."""
    number = bare(text)
    found = sorted({other for other in _put_right(number) if _letter(other) != "failed"})
    return found[0] if found else number


def ambiguous(text: str) -> bool:
    """Whether *text* is a DNI or NIE whose letter holds with 2 and with Z in front: for it, they are one."""
    return bool(re.fullmatch(r"[2Z]\d{7}[A-Z]", bare(text)))


def bare(text: str) -> str:
    """Return *text* without blanks, dots, hyphens and strokes, in capitals."""
    return re.sub(r"[\s.\-/]", "", text).upper()


def _put_right(number: str) -> Iterator[str]:
    """Give *number* with letters where a DNI or NIE has letters and figures where it has figures."""
    if len(number) != 9:
        return
    first, middle, last = number[0], number[1:-1], number[-1]
    inner = "".join(sign if sign.isdigit() else _CONFUSED.get(sign, sign) for sign in middle)
    for begin, end in product({first, _CONFUSED.get(first, first)}, {last, *_ENDS.get(last, "")}):
        if _SPANISH.fullmatch(begin + inner + end):
            yield begin + inner + end


def _day(zone: Zone, text: str) -> Proof:
    """Return whether *text* can be the day, or its part, that *zone* asks for."""
    if zone.part is not None and zone.part in _PARTS:
        wide = 4 if zone.part == "y" else 2
        fits = text.isdigit() and len(text) <= wide and int(text) in _PARTS[zone.part]
        return "none" if fits and (zone.part != "y" or len(text) == wide) else "failed"
    value = date(text).value
    years = _BORN if "birth" in zone.name else _SIGNED
    return "none" if value is not None and int(str(value)[:4]) in years else "failed"


def _id_number(number: str) -> Proof:
    """Return whether the letter of a DNI or NIE holds; a passport's number has none."""
    if _SPANISH.fullmatch(number):
        return _letter(number)
    if likeness(number) != number or _NEARLY.fullmatch(number):  # a reader took its letter for a figure
        return "failed"
    return "none" if re.fullmatch(r"[A-Z]{0,3}\d{5,9}[A-Z]{0,2}", number) else "failed"


def _letter(number: str) -> Proof:
    """Return whether the letter of *number*, a DNI or NIE, holds; it cannot tell a 2 in front from a Z."""
    right = dni.is_valid(number) or nie.is_valid(number)
    return ("none" if ambiguous(number) else "held") if right else "failed"


def _iban(number: str) -> Proof:
    """Return whether the check digits of an IBAN hold, of a Spanish one also those of its account.

    What is wrong passes the first by one chance in 97, and both by less than one in 9 000.
    """
    if not iban.is_valid(number):
        return "failed"
    if not number.startswith("ES"):
        return "held"
    return "twice" if ccc.is_valid(number[4:]) else "none"


def _social_security(number: str) -> Proof:
    """Return whether the last two of twelve figures are the rest of the others by 97."""
    if not re.fullmatch(r"\d{12}", number):
        return "failed"
    own = int(number[2:10])
    body = int(number[:2]) * (10**7 if own < 10**7 else 10**8) + own
    return "held" if body % 97 == int(number[10:]) else "failed"


def _phone(number: str) -> Proof:
    """Return whether *number* can be a telephone number."""
    return "none" if re.fullmatch(r"[6789]\d{8}|(?:\+|00)\d{9,14}", number) else "failed"


def _postal_code(number: str) -> Proof:
    """Return whether *number* has five figures of which two are a province."""
    return "none" if re.fullmatch(r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}", number) else "failed"


def _shape(zone: Zone, text: str) -> Proof:
    """Return whether *text* looks like what *zone* asks for, where that has a shape of its own."""
    leaf = zone.name.rsplit(".", 1)[-1]
    if leaf == "annual_income":
        return "none" if re.fullmatch(r"(\d{1,3}(\.\d{3})+|\d+)([.,]\d{2})?\s?€?", text) else "failed"
    if leaf == "email":
        return "none" if shapes.email(text) else "failed"
    if misread(zone, text) or (leaf == "floor" and re.fullmatch(r"[1-9][09oO]", text)):
        return "failed"  # a blurred `3º` is 30 to everybody
    if leaf in {"nationality", "city", "place"}:
        named = country(text) if leaf == "nationality" else not _nearly_a_province(text)
        return "none" if named else "failed"
    if leaf in {"first_surname", "second_surname", "given_name"}:
        return "failed" if re.search(r"[\d_@:;()\[\]]", text) else "none"
    return "none"


def _nearly_a_province(text: str) -> bool:
    """Whether *text* is a province's name but for one sign: a fax that loses a stroke makes CFUTA of CEUTA.

    The few towns that are so called in truth, Coria or Huelma, wait for a person.
    """
    name = fold(text).strip()
    known = provinces()
    return (
        len(name) >= _TOWN
        and name not in known
        and any(Levenshtein.distance(name, one, score_cutoff=1) <= 1 for one in known)
    )


_TESTS: Mapping[str, Callable[[str], Proof]] = {
    "id_number": _id_number,
    "iban": _iban,
    "social_security_number": _social_security,
    "mobile": _phone,
    "phone": _phone,
    "postal_code": _postal_code,
}
