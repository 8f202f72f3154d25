"""A machine readable zone that two recognisers saw: what it says, and how far each part of it is proved.

A check digit proves what was read to the letter and nothing that was changed to make it hold. Some signs
have the same residue (S and 8, G and 6), so that a number of letters and figures needs both readers too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from extractors.certainty import Proof, Second, Signals
from extractors.mrz.agreement import DIGITS, LETTERS, same
from extractors.mrz.layouts import WIDTHS
from extractors.mrz.zones import Zone, stretched, zone

_ALIKE = frozenset("S8G6K")
"""Signs that look like another one of the same residue modulo 10; a K looks like a filler, which counts 0."""
_SUPPORT = re.compile(r"[A-Z]{3}\d{6}|E\d{8}")
_PARTS = ("number", "optional", "birth", "expiry", "nationality", "names")
_OWN = {"optional": "whole"}
"""The check digit of a part where it has another name."""
_STRAY = re.compile(r"(?<=<<<)[A-Z«](?=<<)|(?<=<<)[A-Z](?=<<<)")
_MOST_DIFFERENT = 6
"""Signs that two readers may see otherwise where their readings are mixed: 64 mixtures of three digits."""
_MOST_FAILING = 2
"""Check digits that may fail where lines are still a zone, ill read."""


Lines = Sequence[str]


class _Read(NamedTuple):
    """Lines as one reader saw them, and the zone that they make, if any."""

    lines: Lines
    zone: Zone | None


class SeenZone(NamedTuple):
    """A zone with the signals of each of its parts: `number`, `optional`, `birth`, `expiry`, `names` ..."""

    zone: Zone
    text: str
    signals: Mapping[str, Signals]


def seen(
    texts: Sequence[str], seconds: Sequence[str], sure: Sequence[float], again: Sequence[str] = ()
) -> SeenZone | None:
    """Return the zone in lines that the first reader saw as *texts*, the second as *seconds*; None if none.

    *sure* is the first reader's certainty of each line, *again* what the second made of them at another look.
    A letter within a run of fillers is one of them.
    """
    texts, *looks = ([_tidy(row) for row in rows] for rows in (texts, seconds, again) if rows)
    best: SeenZone | None = None
    for count in (3, 2):
        for first in range(len(texts) - count + 1):
            rows = slice(first, first + count)
            found = _of_rows(texts[rows], [look[rows] for look in looks], min(sure[rows]))
            if found is not None and (best is None or _rank(found.zone) < _rank(best.zone)):
                best = found
    return best if best is not None and len(best.zone.failing) <= _MOST_FAILING else None


def _tidy(row: str) -> str:
    """Return a line with the letters that stand alone in a run of fillers as fillers: no zone has such."""
    return _STRAY.sub(lambda found: "<" * len(found[0]), row)


def unseen(one: Zone, sure: float) -> Mapping[str, Signals]:
    """Return the signals of the parts of a zone that only one reader saw, *sure* of its worst word."""
    return {part: Signals(sure, "none", _proof(part, one, "none")) for part in _PARTS}


def _rank(one: Zone) -> tuple[int, bool]:
    """Return what the better of two zones has less of: digits that fail, or that hold after a repair."""
    return len(one.failing), one.repaired


def _of_rows(texts: Lines, looks: Sequence[Lines], sure: float) -> SeenZone | None:
    """Return the zone of some rows: the first reader's, or lines of any of the second's *looks*."""
    choices = sorted(product(*zip(texts, *looks, strict=True)), key=lambda rows: rows != tuple(texts))
    zones = [(found, rows) for rows in dict.fromkeys(choices) if (found := zone(rows)) is not None]
    if not zones:
        return None
    best, rows = min(zones, key=lambda pair: _rank(pair[0]))
    if best.failing and (mixed := _mixed(texts, looks[0], WIDTHS[best.form])) is not None:
        best, rows = mixed
    wide = [stretched(row, WIDTHS[best.form]) or "" for row in rows]
    read = [_Read(lines, zone(lines)) for lines in (texts, *looks)]
    signals = {part: _signal(part, best, wide, read, sure) for part in _PARTS}
    return SeenZone(_lettered(best), "\n".join(rows), signals)


def _mixed(texts: Sequence[str], seconds: Sequence[str], width: int) -> tuple[Zone, tuple[str, ...]] | None:
    """Return the zone whose digits hold where each sign that differs is one reader's or the other's.

    It says what the paper most likely says, and proves no more than any other repair.
    """
    pairs = [(stretched(a, width), stretched(b, width)) for a, b in zip(texts, seconds, strict=True)]
    first = "".join(a or b or "" for a, b in pairs)
    second = "".join(b or a or "" for a, b in pairs)
    places = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(first) < width * len(pairs) or len(places) > _MOST_DIFFERENT:
        return None
    for choice in product((first, second), repeat=len(places)):
        signs = list(first)
        for at, one in zip(places, choice, strict=True):
            signs[at] = one[at]
        rows = tuple("".join(signs[at : at + width]) for at in range(0, len(signs), width))
        found = zone(rows)
        if found is not None and found.valid:
            return replace(found, repaired=True), rows
    return None


def _lettered(one: Zone) -> Zone:
    """Return a zone with letters for figures where only letters stand: no check digit speaks of these."""
    return replace(
        one,
        code=one.code.translate(LETTERS),
        issuer=one.issuer.translate(LETTERS),
        nationality=one.nationality.translate(LETTERS),
        surnames=one.surnames.translate(LETTERS),
        given_name=one.given_name.translate(LETTERS),
    )


def _signal(part: str, best: Zone, wide: Lines, read: Sequence[_Read], sure: float) -> Signals:
    """Return the signals of a part of the zone of lines made *wide*, as *read* by the first reader first."""
    first, *others = (_says(part, best, wide, one) for one in read)
    second: Second = "same" if first and any(others) else "none"
    if first is None or None in others:
        second = "other"
    return Signals(sure, second, _proof(part, best, second))


def _says(part: str, best: Zone, wide: Lines, read: _Read) -> bool | None:
    """Whether a reader says the same in a part; None where it proves something else."""
    told = read.zone if read.zone is not None and read.zone.form == best.form else None
    if told is not None and _part(part, told) == _part(part, best):
        return True
    if part != "names" and same(part, best, wide, read.lines):
        return True
    return False if told is None or _contradicted(part, told) else None


def _part(part: str, one: Zone) -> str:
    """Return what a zone says in a part, in the signs that can stand there."""
    match part:
        case "birth" | "expiry":
            return str(getattr(one, part)).translate(DIGITS)
        case "names":
            return f"{one.surnames}<<{one.given_name}".translate(LETTERS)
        case "nationality":
            return one.nationality.translate(LETTERS)
        case "optional":
            return one.spanish_number or one.optional
        case _:
            return str(getattr(one, part))


def _contradicted(part: str, one: Zone) -> bool:
    """Whether the check digit of a part does not hold as read."""
    return one.repaired or _OWN.get(part, part) in one.failing


def _proof(part: str, best: Zone, second: Second) -> Proof:
    """Return what the check digits say of a part; that of the whole zone counts for all that it covers."""
    if part in {"names", "nationality"}:
        return "none"
    if _OWN.get(part, part) in best.failing:
        return "failed"
    if best.repaired or "whole" in best.failing:
        return "repaired"
    return "held" if second == "same" or part in {"birth", "expiry"} or _proved(part, best) else "none"


def _proved(part: str, best: Zone) -> bool:
    """Whether digits alone prove a number: by the form of a Spanish one, or since no sign has a double."""
    if part == "optional":
        return best.spanish_number is not None
    spanish = best.issuer == "ESP" and best.form == "TD1"
    return _SUPPORT.fullmatch(best.number) is not None if spanish else not _ALIKE & set(best.number)
