"""What a person types in a field, as the value that it stands for; and a value as a person reads it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal

from extractors.document import Json
from pipeline.corrections.shapes import Shape, Sort
from validators.numbers import check_letter_holds, iban_holds, plain

Fault = Literal["day", "moment", "number", "year", "money", "country", "choice"]
Warning_ = Literal["letter", "iban"]
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONEY = re.compile(r"-?\d{1,9}(?:[.,]\d{1,2})?", re.ASCII)
_YES = {"yes": True, "no": False}
_EARLIEST = 1850


class Mistyped(ValueError):  # noqa: N818 - what a person typed is no error of the program
    """What was typed stands for no value of its sort."""

    def __init__(self, fault: Fault) -> None:
        """Say by name what is wrong."""
        super().__init__(fault)
        self.fault: Fault = fault


def typed(text: str, shape: Shape) -> Json:
    """Return the value that *text* stands for; None where it is empty; raise Mistyped.

    Days are written dd/mm/aaaa, money with a comma; NUL, which no database keeps, becomes a mark.
    """
    written = " ".join(text.replace("\0", "\ufffd").split())
    return None if not written else _of_sort(written, shape)


def _of_sort(written: str, shape: Shape) -> Json:
    """Return the value of a text that is not empty."""
    if shape.sort == "choice":
        return _chosen(written, shape)
    if shape.sort == "list":
        return [_chosen(word.strip(), shape) for word in written.split(",") if word.strip()]
    return _READ.get(shape.sort, _as_it_is)(written)


def _as_it_is(written: str) -> str:
    """Return a text."""
    return written


def _bare(written: str) -> str:
    """Return a number of a document or account as the program keeps it: no blanks, dots or hyphens."""
    return re.sub(r"[\s.\-]", "", written).upper()


def _country(written: str) -> str:
    """Return a country: three letters in capitals, else as it stands on the paper."""
    return written.upper() if re.fullmatch(r"[A-Za-z]{3}", written, re.ASCII) else written


def _day(written: str) -> str:
    """Return a day as ISO."""
    found = _DAY.fullmatch(written)
    try:
        if found is None:
            raise Mistyped("day")
        parts = (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
        day = dt.date(*(int(part) for part in parts))
    except ValueError:
        raise Mistyped("day") from None
    if day.year < _EARLIEST:
        raise Mistyped("day")
    return day.isoformat()


def _moment(written: str) -> str:
    """Return a moment as ISO."""
    day, _, hour = written.partition(" ")
    try:
        return f"{_day(day)}T{dt.time.fromisoformat(hour).isoformat()}" if hour else _day(day)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(written).isoformat()
    except ValueError:
        raise Mistyped("moment") from None


def _yes(written: str) -> bool:
    """Return a yes or no."""
    if written not in _YES:
        raise Mistyped("choice")
    return _YES[written]


def _year(written: str) -> int:
    """Return a year."""
    if not re.fullmatch(r"(?:19|20)\d\d", written, re.ASCII):
        raise Mistyped("year")
    return int(written)


def _number(written: str) -> int | float:
    """Return a number, whole where it is."""
    if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,4})?", written, re.ASCII):
        raise Mistyped("number")
    found = float(written.replace(",", "."))
    return int(found) if found.is_integer() else found


def _money(written: str) -> str:
    """Return an amount with two decimals: 1.234,56 or 1234.56."""
    bare = re.sub(r"[\s€]", "", written)
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", bare, re.ASCII):
        bare = bare.replace(".", "")
    if not _MONEY.fullmatch(bare):
        raise Mistyped("money")
    return f"{Decimal(bare.replace(',', '.')):.2f}"


def _chosen(written: str, shape: Shape) -> str:
    """Return one of the words that the form offers."""
    if shape.words and written not in shape.words:
        raise Mistyped("choice")
    return written


_READ: Mapping[Sort, Callable[[str], Json]] = {
    "day": _day,
    "moment": _moment,
    "yes": _yes,
    "number": _number,
    "year": _year,
    "money": _money,
    "identifier": _bare,
    "iban": _bare,
    "country": _country,
}


def warning(value: Json, shape: Shape) -> Warning_ | None:
    """Return what is odd about a number, which a person may know to stand so on the paper."""
    if not isinstance(value, str) or not value:
        return None
    if shape.sort == "identifier" and check_letter_holds(plain(value)) is False:
        return "letter"
    return "iban" if shape.sort == "iban" and not iban_holds(value) else None


def written(value: Json, shape: Shape) -> str:
    """Return a value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    text = str(value)
    if shape.sort == "day" and re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    if shape.sort == "money":
        return text.replace(".", ",")
    return text.replace(".", ",") if shape.sort == "number" else text
