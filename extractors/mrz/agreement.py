"""Whether a line of a machine readable zone, read once more, says the same at the place of one part.

The second reader sees other signs in runs of fillers, loses some and adds some, and that says nothing of a
number or of a day: line is laid on line, sign by sign, and only the part's own signs are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from extractors.mrz.layouts import place
from extractors.mrz.zones import Zone

DIGITS = str.maketrans("OQDUILZSBG", "0000112586")
"""Figures for the letters that readers take them for, where only figures can stand."""
LETTERS = str.maketrans("01582", "OISBZ")
"""Letters for the figures that readers take them for, where only letters can stand."""
_SPANISH = re.compile(r"[A-Z]{3}\d{6}|E\d{8}|\d{8}[A-Z]|[XYZ]\d{7}[A-Z]")
"""Support numbers, DNI and NIE: at each of their places stands either a figure or a letter."""
_NUMBER = 9
"""Signs of a zone's number, fillers included."""


def same(part: str, one: Zone, lines: Sequence[str], other: Sequence[str]) -> bool:
    """Whether *other*, lines as a reader saw them, has the signs of a part of the zone *one* of *lines*.

    *lines* are of the zone's width. A sign more beside the part, or one that has no mate, is no agreement.
    """
    told = _told(part, one)
    row, start = place(one.form, part)
    if not told or not lines[row].startswith(told, start):
        return False
    mates = _mates(lines[row], other[row])
    there = mates[start : start + len(told)]
    if -1 in there or there != list(range(there[0], there[0] + len(told))):
        return False
    heard = other[row][there[0] : there[0] + len(told)]
    apart = _apart(mates, start, other[row])
    return apart and _plain(part, one, heard) == _plain(part, one, told)


def covers(line: str, other: str) -> bool:
    """Whether every sign of *line* but its fillers stands in *other* too."""
    mates = _mates(line, other)
    signs = [(sign, mate) for sign, mate in zip(line, mates, strict=True) if sign != "<"]
    return all(mate >= 0 and other[mate] == sign for sign, mate in signs)


def _told(part: str, one: Zone) -> str:
    """Return the signs of a part of a zone, with one filler after a short number: it may be a letter."""
    if part == "optional" and one.spanish_number is not None:
        return one.optional.replace("<", "")
    told = str(getattr(one, part))
    return told + "<" * (part == "number" and len(told) < _NUMBER)


def _mates(line: str, other: str) -> list[int]:
    """Return for each sign of *line* the place of its mate in *other*, -1 where it has none."""
    mates = [-1] * len(line)
    for step in Levenshtein.opcodes(line, other):
        if step.tag in {"equal", "replace"}:
            mates[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
    return mates


def _apart(mates: Sequence[int], start: int, other: str) -> bool:
    """Whether no sign more stands in *other* right before the part; before a line's first sign one may."""
    there = mates[start]
    return start == 0 or there == 0 or there - 1 in mates[:start] or not other


def _plain(part: str, one: Zone, signs: str) -> str:
    """Return signs with figures for letters, or letters for figures, where only such can stand."""
    if part in {"birth", "expiry"}:
        return signs.translate(DIGITS)
    if part == "nationality":
        return signs.translate(LETTERS)
    told = _told(part, one)
    if one.issuer != "ESP" or one.form != "TD1" or not _SPANISH.fullmatch(told):
        return signs
    kinds = (DIGITS if sign.isdigit() else LETTERS for sign in told)
    return "".join(sign.translate(kind) for sign, kind in zip(signs, kinds, strict=True))
