"""What the printed zone and the machine readable zone of a card say together, field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from rapidfuzz import fuzz

from extractors.certainty import Sort, certainty
from extractors.document import Field, Json, Reading
from extractors.languages.countries import alpha3
from extractors.mrz.lines import Placed
from extractors.mrz.zones import Zone
from extractors.prose import fold

AGREED = 0.99
AGREED_SCANNED = 0.97
"""Both zones say the same; on a scan one engine read both, but at two places and with a check digit."""
PROVED = 0.97
PROVED_SCANNED = 0.93
"""The machine readable zone alone, all check digits right as read."""
SPELLING = 0.85
"""A name whose letters are proved and whose accents are not: the zone has none and OCR drops them."""
CENTURY = 0.85
"""A birth date whose figures are proved and whose century only looks likelier."""
PARTLY = 0.7
DOUBTED = 0.4
DIFFERENT = 0.5

_HEARD = 0.5
"""Certainty of print below which it tells nothing of whose paper it is."""
_ALIKE, _FIGURES_ALIKE = 55, 65
"""Likeness, of 100, of two names or of two numbers or days of which one may be the other misread."""
_OF_A_PERSON = frozenset({"document", "number", "surnames", "given_name", "birth_date"})

_CHECKED = {"number": "number", "support_number": "number", "birth_date": "birth", "expires_on": "expiry"}
_NAMES = ("surnames", "given_name")
TOGETHER = ("number", "support_number", *_NAMES, "nationality", "birth_date", "expires_on")
"""Fields that print and zone both hold."""
_PARTS: Mapping[str, tuple[str, Sort]] = {
    "number": ("number", "code"),
    "support_number": ("number", "code"),
    "birth_date": ("birth", "date"),
    "expires_on": ("expiry", "date"),
    "nationality": ("nationality", "text"),
    "surnames": ("names", "name"),
    "given_name": ("names", "name"),
}
"""The part of a zone that holds a field, and of which sort it is."""
_SPELT = str.maketrans({"ñ": "n", "ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})


def together(name: str, printed: Field | None, placed: Placed | None, value: Json) -> Field | None:
    """Return one field from the printed zone's field and the *value* that the machine zone gives it."""
    if placed is None or value in (None, ""):
        return printed
    proof = _proof(name, placed)
    if name == "birth_date" and len(placed.zone.birth_dates) > 1:
        proof = min(proof, CENTURY)
    machine = Field(value=value, text=str(value), confidence=proof, page=placed.page, box=placed.box)
    if printed is None or printed.value is None:
        return machine
    if _same(name, printed.value, value, cut=placed.zone.names_cut):
        return _agreed(name, printed, placed, proof)
    return _differing(name, printed, machine, placed)


def another(name: str, field: Field) -> bool:
    """Whether print and zone say of a person what no misreading makes of the same: two people's papers."""
    printed, machine = (_said(field, reader) for reader in ("printed", "mrz"))
    if name not in _OF_A_PERSON or not printed or not machine:
        return False
    if name == "document":
        return {printed, machine} == {"dni", "tie"}
    if name not in _NAMES:
        return fuzz.ratio(printed, machine) < _FIGURES_ALIKE
    one, other = _letters(printed), _letters(machine)
    return bool(one and other) and fuzz.partial_ratio(one, other) < _ALIKE


def _said(field: Field, reader: str) -> str:
    """Return what a reader clearly says; a machine zone whose digits fail may still be heard."""
    readings = (one for one in field.readings if one.reader == reader)
    return next((str(one.value) for one in readings if reader == "mrz" or one.confidence >= _HEARD), "")


def validity(placed: Placed) -> Field:
    """Return `mrz_valid`; a digit that fails on a scan may be the reader's fault."""
    scanned = placed.reader == "ocr"
    sure = (AGREED_SCANNED if scanned else AGREED) if placed.zone.valid else (DIFFERENT if scanned else 0.95)
    return Field(value=placed.zone.valid, text=placed.text, confidence=sure, page=placed.page, box=placed.box)


def birth_date(zone: Zone, printed: Field | None) -> str | None:
    """Return the zone's birth date; of two possible centuries the one that is printed."""
    possible = [day.isoformat() for day in zone.birth_dates]
    if printed is not None and printed.value in possible:
        return str(printed.value)
    return possible[0] if possible else None


def expires_on(zone: Zone, printed: Field | None) -> str | None:
    """Return the zone's last day; "never" is written 1 January or 31 December 9999, or 99 in the zone."""
    day = zone.expires_on
    if printed is not None and str(printed.value).startswith("9999") and zone.expiry.startswith("99"):
        return str(printed.value)
    return _iso(day)


def nationality(zone: Zone) -> str | None:
    """Return the zone's nationality, None for a code that is no country's."""
    return alpha3(zone.nationality)


def _iso(day: dt.date | None) -> str | None:
    """Return a day as the contract writes it."""
    return day.isoformat() if day is not None else None


def _proof(name: str, placed: Placed) -> float:
    """Return how sure the machine zone is of a field by its check digits alone."""
    zone = placed.zone
    if placed.signals:
        return _seen(name, placed)
    if zone.valid:
        return min(PROVED, 1.0 if name in _CHECKED else SPELLING if name in _NAMES else 0.9)
    own = _CHECKED.get(name)
    return PARTLY if own is not None and own not in zone.failing and not zone.repaired else DOUBTED


def _seen(name: str, placed: Placed) -> float:
    """Return how sure a field of a zone on a scan is: what both readers and the check digits say of it."""
    part, sort = _PARTS[name]
    if name == "number" and placed.zone.spanish_number is not None:
        part = "optional"
    sure = certainty("zones_of_card", sort, placed.signals[part])
    return min(sure, SPELLING) if name in _NAMES else sure


def _agreed(name: str, printed: Field, placed: Placed, proof: float) -> Field:
    """Return the printed field, as sure as two zones that agree make it."""
    best = AGREED_SCANNED if placed.reader == "ocr" else AGREED
    if name not in _CHECKED and placed.reader == "ocr":
        best = SPELLING if name in _NAMES else PROVED_SCANNED
    sure = max(best, printed.confidence) if placed.zone.valid else max(printed.confidence, proof)
    if _CHECKED.get(name) in placed.zone.failing:  # print misread in the same way as the zone
        sure = min(sure, PARTLY)
    return Field(value=printed.value, text=printed.text, confidence=sure, page=printed.page, box=printed.box)


def _differing(name: str, printed: Field, machine: Field, placed: Placed) -> Field:
    """Return a doubtful field with both readings: a proved machine zone before print, save for names."""
    trusted = placed.zone.valid and name not in _NAMES
    chosen = machine if trusted else printed
    return Field(
        value=chosen.value,
        text=chosen.text,
        confidence=min(DIFFERENT, printed.confidence),
        page=chosen.page,
        box=chosen.box,
        readings=(
            Reading(reader="printed", text=printed.text, value=printed.value, confidence=printed.confidence),
            Reading(reader="mrz", text=machine.text, value=machine.value, confidence=machine.confidence),
        ),
    )


def _same(name: str, printed: Json, machine: Json, *, cut: bool) -> bool:
    """Whether both zones say the same; a name that the machine zone cuts off agrees with its beginning."""
    if name not in _NAMES:
        return bool(printed == machine)
    spellings: tuple[Callable[[str], str], ...] = (_letters, _german, _tilde)
    written = _letters(str(machine))
    for spell in spellings:
        whole = spell(str(printed))
        if whole == written or (cut and written and whole.startswith(written)):
            return True
    return False


def _letters(text: str) -> str:
    """Return the letters of a name as a machine zone without special letters writes them."""
    return re.sub(r"[^a-z]", "", fold(text).translate(_SPELT))


def _german(text: str) -> str:
    """Return the letters with AE, OE, UE for the umlauts (Doc 9303-3, section 6)."""
    low = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("å", "aa")
    return _letters(low.replace("ø", "oe"))


def _tilde(text: str) -> str:
    """Return the letters with NXX for Ñ (Doc 9303-3, section 6)."""
    return _letters(text.lower().replace("ñ", "nxx"))
