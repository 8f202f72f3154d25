"""Numbers with a check: DNI, NIE, the NIFs of K, L and M, IBAN, social security; none proves a person."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from stdnum import iban as any_iban
from stdnum.es import dni, nie, nif
from stdnum.es import iban as spanish_iban
from stdnum.exceptions import ValidationError

Shape = Literal["dni", "nie", "nif", "other"]

_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("dni", re.compile(r"\d{8}[A-Z]")),
    ("nie", re.compile(r"[XYZ]\d{7}[A-Z]")),
    ("nif", re.compile(r"[KLM]\d{7}[A-Z0-9]")),
)
_TIE_SUPPORT = re.compile(r"E\d{8}")
_CERTIFICATE_SUPPORT = re.compile(r"C\d{8}")


@lru_cache(maxsize=256)
def plain(number: str) -> str:
    """Return a number without blanks, dots, hyphens and slashes, upper case, of the usual length.

    A DNI written without its leading zeros gets them; a NIE of the old nine-place form loses its zero.
    """
    text = re.sub(r"[\s.\-/]", "", number).upper()
    if re.fullmatch(r"\d{1,7}[A-Z]", text):
        return text.zfill(9)
    return re.sub(r"^([XYZ])0(\d{7}[A-Z])$", r"\1\2", text)


def shape(number: str) -> Shape:
    """Return what a number looks like: 8 digits and a letter, X/Y/Z or K/L/M first, or anything else."""
    return next((name for name, form in _SHAPES if form.fullmatch(plain(number))), "other")


def check_letter_holds(number: str) -> bool | None:
    """Whether the check letter of a DNI, NIE or NIF is right; None for numbers that have none.

    Source: RD 1553/2005 art. 11; docs/law.md CE-ID-01, CE-ID-02, CE-ID-03.
    """
    text = plain(number)
    match shape(text):
        case "dni":
            return bool(dni.is_valid(text))
        case "nie":
            return bool(nie.is_valid(text))
        case "nif":
            return bool(nif.is_valid(text))
        case _:
            return None


def support_of(number: str) -> Literal["tie", "eu_certificate"] | None:
    """Return the card that a support number belongs to: E and 8 digits a TIE, C an EU certificate."""
    text = plain(number)
    if _TIE_SUPPORT.fullmatch(text):
        return "tie"
    return "eu_certificate" if _CERTIFICATE_SUPPORT.fullmatch(text) else None


def iban_holds(number: str) -> bool:
    """Whether the IBAN's remainder is right and, for a Spanish one, the account's own control digits."""
    text = plain(number)
    try:
        any_iban.validate(text, check_country=False)
        if text.startswith("ES"):
            spanish_iban.validate(text)
    except ValidationError:
        return False
    return True


def social_security_formulas(number: str) -> frozenset[Literal["plain", "short"]]:
    """Return the formulas by which the control of a social security number holds; empty: none does.

    Twelve digits: two of the province, eight of the number, two of control. `plain` takes the ten first
    digits modulo 97; `short` leaves out the leading zero of a number below ten million. Both circulate
    (docs/law.md CE-ID-10); for larger numbers they are the same.
    """
    text = plain(number)
    if not re.fullmatch(r"\d{12}", text):
        return frozenset()
    province, serial, control = int(text[:2]), int(text[2:10]), int(text[10:])
    by: dict[Literal["plain", "short"], int] = {
        "plain": int(text[:10]) % 97,
        "short": (province * 10**7 + serial if serial < 10**7 else int(text[:10])) % 97,
    }
    return frozenset(name for name, expected in by.items() if expected == control)
