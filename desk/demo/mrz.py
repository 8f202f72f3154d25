"""The lines for machines on cards and passports, as ICAO 9303 part 3 (check digits), 4 and 5 lay them out."""

from __future__ import annotations

import datetime as dt
import unicodedata

from desk.demo.people import Human

_WEIGHTS = (7, 3, 1)


def check_digit(field: str) -> str:
    """Return the check digit of *field*: weights 7, 3, 1 over the values 0-9, A-Z as 10-35, `<` as 0."""
    total = sum(_WEIGHTS[at % 3] * (0 if sign == "<" else int(sign, 36)) for at, sign in enumerate(field))
    return str(total % 10)


def plain(name: str) -> str:
    """Return *name* as the zone writes it: A to Z, a filler for a blank or a hyphen, no apostrophe."""
    letters = unicodedata.normalize("NFD", name.upper().replace("'", ""))
    return "".join(s if "A" <= s <= "Z" else "<" for s in letters if not unicodedata.combining(s))


def _names(human: Human, length: int) -> str:
    """Return the name field, filled and cut to *length*."""
    return f"{plain(human.surnames)}<<{plain(human.given_name)}".ljust(length, "<")[:length]


def card(letters: str, human: Human, until: dt.date) -> tuple[str, str, str]:
    """Return the lines of a Spanish card (TD1): the support number leads, the DNI or NIE is optional data."""
    support = human.support_number.ljust(9, "<")
    first = f"{letters.ljust(2, '<')}ESP{support}{check_digit(support)}{human.id_number.ljust(15, '<')}"
    birth, expiry = f"{human.birth_date:%y%m%d}", f"{until:%y%m%d}"
    second = (
        f"{birth}{check_digit(birth)}{human.sex}{expiry}{check_digit(expiry)}{human.nationality}{'<' * 11}"
    )
    whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return first, second + check_digit(whole), _names(human, 30)


def passport(human: Human, until: dt.date) -> tuple[str, str]:
    """Return the lines of a passport (TD3) with no personal number."""
    document = human.passport_number.ljust(9, "<")
    birth, expiry = f"{human.birth_date:%y%m%d}", f"{until:%y%m%d}"
    second = f"{document}{check_digit(document)}{human.nationality}{birth}{check_digit(birth)}"
    second += f"{human.sex}{expiry}{check_digit(expiry)}{'<' * 15}"
    whole = second[0:10] + second[13:20] + second[21:43]
    return f"P<{human.nationality}{_names(human, 39)}", second + check_digit(whole)
