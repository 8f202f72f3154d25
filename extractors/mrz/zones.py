"""Machine readable zones of identity papers, as read, and what their check digits prove (ICAO Doc 9303-3).

Spanish TD1 cards carry the support number as document number and the DNI or NIE as optional data.
A zone is taken as it was read. Where a check digit holds only after letters were changed, the zone
says so (`repaired`) and proves nothing; the length of a run of fillers proves nothing either way,
fillers count as zero, so a run may be stretched to the line's length.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stdnum.es import dni, nie

from extractors.mrz.layouts import LAYOUTS, Form, Layout

_WEIGHTS = (7, 3, 1)
_DIGITS = str.maketrans("OQDUILZSBG", "0000112586")
_LETTERS = str.maketrans("015826", "OISBZG")
NIE = str.maketrans("012", "XYZ")
"""The first sign of a NIE by what it counts in its check letter, which thus tells no Z from a 2."""
_FOREIGNER = re.compile(r"E\d{8}")
"""The support number of a foreigner's card, which carries a NIE."""
_STRETCH = 12
"""Fillers that a reader may lose or invent in one line."""
_FOREVER = "990101"
"""The Spanish DNI of persons over seventy does not expire: 01-01-9999."""
_LASTS = 10
"""Years that a paper is valid at most."""
_OLDEST, _FOREVER_FROM = 100, 70
"""Years of age at which hardly anyone is given a paper, and from which a DNI no longer expires."""
_NO_END = dt.date(2040, 1, 1)
"""Day before which the holder of a paper was born whose own last day cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone as read. `failing` names the check digits that do not hold; dates are year, month, day."""

    form: Form
    code: str
    issuer: str
    number: str
    optional: str
    surnames: str
    given_name: str
    names_cut: bool
    nationality: str
    birth: str
    expiry: str
    failing: tuple[str, ...]
    repaired: bool = False

    @property
    def valid(self) -> bool:
        """Whether every check digit holds on what was read to the letter."""
        return not self.failing and not self.repaired

    @property
    def spanish_number(self) -> str | None:
        """The DNI or NIE with a right check letter that a Spanish zone carries beside its own number."""
        if self.issuer != "ESP":
            return None
        found = re.match(r"[XYZ]?\d{7,8}[A-Z]", self.optional.replace("<", ""))
        number = found.group() if found else ""
        if _FOREIGNER.fullmatch(self.number) and len(number) == 9:
            number = number[0].translate(NIE) + number[1:]
        return number if dni.is_valid(number) or nie.is_valid(number) else None

    @property
    def expires_on(self) -> dt.date | None:
        """The last day; papers read by machine all end in this century."""
        if self.issuer == "ESP" and self.form == "TD1" and self.expiry == _FOREVER:
            return dt.date(9999, 1, 1)
        return _day(2000, self.expiry)

    @property
    def birth_dates(self) -> tuple[dt.date, ...]:
        """The possible birth dates, the likelier first: two figures do not tell the century.

        Before the paper ends, and not so long ago that its holder was too old to be given it.
        """
        last = self.expires_on or _NO_END
        forever = last.year == dt.MAXYEAR
        young, old = (_day(century, self.birth) for century in (2000, 1900))
        spanish = self.issuer == "ESP" and self.form == "TD1" and self.nationality == "ESP"
        oldest = _FOREVER_FROM if spanish else _OLDEST
        possible = (
            (young, not forever and young is not None and young < last),
            (old, forever or (old is not None and old.year + oldest + _LASTS >= last.year)),
        )
        return tuple(day for day, can_be in possible if day is not None and can_be)


def digit(text: str) -> str:
    """Return the check digit: weights 7, 3, 1; letters count from 10, fillers 0 (Doc 9303-3, 4.9)."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def zone(rows: Sequence[str]) -> Zone | None:
    """Return the zone in *rows* (lines of letters, figures and `<` without blanks), None if it is none."""
    for form, layout in LAYOUTS.items():
        if len(rows) == layout.rows and (joined := _fitted(rows, layout)) is not None:
            as_read = _zone(form, layout, joined)
            if not as_read.failing:
                return as_read
            mended = _zone(form, layout, _mended(joined, layout), repaired=True)
            return as_read if mended.failing else mended
    return None


def _fitted(rows: Sequence[str], layout: Layout) -> str | None:
    """Return the lines joined, each at the layout's width, None if they are not of that layout."""
    if rows[0][:1].translate(_LETTERS).replace("L", "I") not in layout.first:
        return None
    fitted = [stretched(row, layout.width) for row in rows]
    return None if None in fitted else "".join(row for row in fitted if row is not None)


def stretched(row: str, width: int) -> str | None:
    """Return *row* at *width*, with its longest run of fillers longer or shorter; None if none can be."""
    missing = width - len(row)
    if missing == 0:
        return row
    runs = sorted(re.finditer(r"<+", row), key=lambda run: run.end() - run.start())
    if not runs or abs(missing) > _STRETCH or len(runs[-1].group()) + missing < 1:
        return None
    start, end = runs[-1].span()
    return row[:start] + "<" * (end - start + missing) + row[end:]


def _zone(form: Form, layout: Layout, joined: str, *, repaired: bool = False) -> Zone:
    """Return the zone that the joined lines hold."""
    part = {name: joined[start:end] for name, (start, end) in layout.spans.items()}
    number, optional, failing = _number(part, _failing(layout, joined), form)
    surnames, _, given = part["names"].partition("<<")
    return Zone(
        form=form,
        code=part["code"].rstrip("<"),
        issuer=part["issuer"].rstrip("<"),
        number=number,
        optional=optional,
        surnames=_spaced(surnames),
        given_name=_spaced(given),
        names_cut=not part["names"].endswith("<"),
        nationality=part["nationality"].rstrip("<"),
        birth=part["birth"],
        expiry=part["expiry"],
        failing=failing,
        repaired=repaired,
    )


def _failing(layout: Layout, joined: str) -> tuple[str, ...]:
    """Return the names of the check digits that do not hold; an empty optional field may have none."""
    failing = []
    for name, (place, spans) in layout.checks.items():
        checked = "".join(joined[start:end] for start, end in spans)
        empty = name == "optional" and not checked.strip("<") and joined[place] == "<"
        if not empty and digit(checked) != joined[place]:
            failing.append(name)
    return tuple(failing)


def _number(
    part: Mapping[str, str], failing: tuple[str, ...], form: Form
) -> tuple[str, str, tuple[str, ...]]:
    """Return document number, optional data and failing digits; long numbers run on (Doc 9303-5, note j)."""
    number, optional = part["number"].rstrip("<"), part["optional"].rstrip("<")
    rest, _, other = optional.partition("<")
    if form == "TD1" and "number" in failing and len(number) == 9 and len(rest) > 1:
        long = number + rest[:-1]
        if digit(number + "<" + rest[:-1]) == rest[-1] or digit(long) == rest[-1]:
            return long, other, tuple(name for name in failing if name != "number")
    return number, optional, failing


def _mended(joined: str, layout: Layout) -> str:
    """Return the lines with figures where only figures can be, letters where only letters, and fillers."""
    mended = list(re.sub(r"(?<=<)[KCEX«](?=<)|(?<=<<)[KC]+(?=<|$)", lambda m: "<" * len(m[0]), joined))
    for name in ("birth", "expiry"):
        _change(mended, layout.spans[name], _DIGITS)
    for place, _ in layout.checks.values():
        _change(mended, (place, place + 1), _DIGITS)
    for name in ("code", "issuer", "nationality", "names"):
        _change(mended, layout.spans[name], _LETTERS)
    return "".join(mended)


def _change(signs: list[str], span: tuple[int, int], table: Mapping[int, int]) -> None:
    """Change the signs of a span by *table*."""
    for place in range(*span):
        signs[place] = signs[place].translate(table)


def _spaced(text: str) -> str:
    """Return a name with blanks for fillers."""
    return " ".join(text.replace("<", " ").split())


def _day(century: int, digits: str) -> dt.date | None:
    """Return the day of six figures in the hundred years from *century*."""
    try:
        return dt.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
