"""Movements in the rows of tables: what each cell says of a day, a cause and a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.languages.dates import dates_in, mended
from extractors.padron.doubt import unread
from extractors.padron.doubt.denial import undone
from extractors.padron.movements.causes import CAUSES, Why, why
from extractors.padron.movements.coded import spelled_out
from extractors.padron.movements.come import HINT
from extractors.padron.movements.events import Event, Told, What, dated, iso, joined
from extractors.padron.movements.ranges import in_cell
from extractors.padron.origin import place, place_beside, tells_country
from extractors.padron.page.headers import UNREAD
from extractors.padron.page.table import Row, Table
from extractors.padron.vocabulary import causes_in, roles_in
from extractors.prose import fold

EVENTS: dict[str | None, What] = {"in": "in", "out": "out", "change": "change", "last": "last"}
DATES = {"in_date": "in", "out_date": "out", "date": None, "last_change": "last", "home_date": "change"}
"""Columns of dates that tell a movement; a plain date tells what its row says."""
_DAYS = frozenset({"in_date", "out_date"})
"""Columns of days whose movement the header names: a cause in them is told by no other word of the row."""
_STAYS = frozenset({"in_date", "period"})
"""Columns of a table that tells a stay in one row."""
_NAMES = frozenset(
    {"address", "municipality", "origin", "destination", "place", "name_full", "name_reversed", "cause_in"}
)
"""Columns whose words say nothing of a stay's end."""
_ENDS = CAUSES["out"] - CAUSES["in"]
_NO_STAY = re.compile(r"(?<!\w)(?:inactiv|historic|cancelad|ausen|no\s+resid)")
_BIRTH_DATA = re.compile(
    r"(?:fecha|data|lugar|lloc|pais|municipio)s?\s+(?:y\s+\w+\s+)?de\s+(?:nacimiento|nacemento|naixement)"
)
"""What a row that puts a person's data right may name."""
_OPEN = re.compile(
    r"actual|hoy|vigente|continua|sigue|no consta|sin baja|avui|hoxe|gaur|indefinid|abiert|^\s*alta\s*$"
)
MENDED = 0.95
"""Certainty of a date that a narrow cell cuts in two."""
ROW = 0.98
"""Certainty that a date in a movement's own column is that movement's date."""


def from_table(table: Table, first: int) -> Told:
    """Return the movements in the rows of *table*; rows are numbered from *first*."""
    meanings = {meaning.partition("#")[0] for meaning in table.meanings}
    if not meanings & {"in_date", "out_date", "date", "type", "last_change", "home_date", "period"}:
        return Told()
    told = joined(_from_row(row, first + at) for at, row in enumerate(table.rows))
    return replace(told, loose_words=(*told.loose_words, *_without_town(table)))


def _without_town(table: Table) -> tuple[str, ...]:
    """Return the rows with a day whose municipality is left empty, where those of others are filled.

    It may be this town's stay or another's.
    """
    named = [bool(row.text("municipality")) for row in table.rows]
    empty = [row for row, name in zip(table.rows, named, strict=True) if not name and any(_dated_texts(row))]
    return tuple(map(_row_text, empty)) if any(named) else ()


def _from_row(row: Row, number: int) -> Told:
    """Return the movements of one row, or say that it was not understood."""
    if undone(fold(_movement_text(row))):
        return Told(denied=(_row_text(row),), loose_dates=_all_dates(row))
    cells = [_cell(row, number, meaning) for meaning in row.cells]
    events = [event for found, _ in cells for event in found]
    loose = [date for _, unclear in cells for date in unclear]
    understood = (events or loose or _quiet(row)) and not any(map(_more_told, _dated_texts(row)))
    understood = understood and not (_ended_unsaid(row, events) or _unplaced(row, events))
    dates, places = unread.in_row(row)
    return Told(
        events=tuple(events),
        loose_dates=(*loose, *dates),
        loose_words=() if understood else (_row_text(row),),
        stray_words=places,
    )


def _ended_unsaid(row: Row, events: Sequence[Event]) -> bool:
    """Whether a stay in one row has no end, and another cell of it says that it has one, or is none.

    Beside the days of a period "baja" may mean that the person was away in those days.
    """
    bases = _bases(row)
    told = any(event.what == "out" for event in events) and "period" not in bases
    if told or not _STAYS & bases:
        return False
    words = fold(" ".join(row.text(name) for name in row.cells if name.partition("#")[0] not in _NAMES))
    ends = any(mark.meaning == "out" for mark in roles_in(words)) or any(
        mark.meaning in _ENDS for mark in causes_in(words)
    )
    return bool(events) and (ends or _NO_STAY.search(words) is not None)


def _unplaced(row: Row, events: Sequence[Event]) -> bool:
    """Whether a cell tells of a place somebody came from, and no movement of the row has one."""
    lost = bool(events) and all(event.other is None for event in events)
    return lost and any(HINT.search(fold(row.text(name))) for name in row.cells)


def _bases(row: Row) -> frozenset[str]:
    """Return what the cells of a row are for."""
    return frozenset(name.partition("#")[0] for name in row.cells)


Cell = tuple[list[Event], list[Field]]
"""The movements of a cell, and its dates that are not understood."""


def _cell(row: Row, number: int, meaning: str) -> Cell:
    """Return what one cell of a row tells."""
    base = meaning.partition("#")[0]
    if base == "period":
        return _period(row, number, meaning)
    if base == "type":
        return _dated_type(row, number, meaning)
    field, single = _date_cell(row, meaning) if base in DATES else (None, True)
    if field is None:
        return [], []
    what = _what(row, base)
    told = what in EVENTS and (single or field.value is not None)
    return (
        [_row_event(row, number, EVENTS[what], field)] if told else [],
        [field] if what is None or not single else [],
    )


def _dated_texts(row: Row) -> list[str]:
    """Return the texts of the cells of a row that are for the days of its movements alone."""
    return [row.text(name) for name in row.cells if name.partition("#")[0] in _DAYS]


def _more_told(text: str) -> bool:
    """Whether a cell for a day tells a cause besides: of the lines under it, in a column of its own."""
    return bool(causes_in(fold(text)))


def _all_dates(row: Row) -> tuple[Field, ...]:
    """Return what stands in the date columns of a row that tells nothing that came to be."""
    cells = (_date_cell(row, meaning)[0] for meaning in row.cells if meaning.partition("#")[0] in DATES)
    return tuple(field for field in cells if field is not None)


def _period(row: Row, number: int, meaning: str) -> Cell:
    """Return the alta and the baja of a cell that holds a stay's days, or the cell as one not understood."""
    prose = row.prose(meaning)
    found = dates_in(prose.text) if prose is not None else ()
    if prose is None or not found:
        return [], []
    said = in_cell(prose)
    if said is None:
        return [], [prose.field(0, len(prose.text) - 1, None, 0.0)]
    return [
        _row_event(row, number, EVENTS[what], dated(prose, found[at], ROW)) for at, what in said.items()
    ], []


def _dated_type(row: Row, number: int, meaning: str) -> Cell:
    """Return the movement of a cell that holds its name and its day ("ALTA 06/05/2014")."""
    prose = row.prose(meaning)
    found = dates_in(prose.text) if prose is not None else ()
    if prose is None or not found:
        return [], []
    what = EVENTS.get(movement(prose.text[: found[0].start] + prose.text[found[0].end :]))
    field = dated(prose, found[0], ROW)
    if what is None or len(found) > 1 or {name.partition("#")[0] for name in row.cells} & set(DATES):
        return [], [field]
    return [_row_event(row, number, what, field)], []


def _row_event(row: Row, number: int, what: What, field: Field) -> Event:
    """Return the event of a row's date with the row's causes and places."""
    side = {"in": "cause_in", "out": "cause_out"}.get(what, "cause")
    words = " ".join(spelled_out(row.text(name)) for name in _of(row, side, "cause"))
    kinds = "; ".join(spelled_out(row.text(name)) for name in _of(row, "type"))
    kind = spelled_out(_without_days(kinds or _naming(row)))
    where = "destination" if what == "out" else "origin"
    other = place(row.text(where) or row.text("place")) or place_beside(words, kind)
    reason = why(words, what, beside=kind) if what in CAUSES else Why(None, clear=True)
    return Event(
        what=what,
        date=field,
        cause=reason.cause,
        clear=reason.clear and (other is not None or not tells_country(words)),
        other=other,
        address=row.text("address") or None,
        municipality=row.text("municipality") or None,
        name=row_name(row),
        row=number,
    )


def _of(row: Row, *bases: str) -> Sequence[str]:
    """Return the names of the cells of a row that are for *bases*: one head may stand over two of them."""
    return [name for base in bases for name in sorted(row.cells) if name.partition("#")[0] == base]


def _naming(row: Row) -> str:
    """Return the cells under unknown heads that name a movement: its cause stands there too."""
    cells = (row.text(name) for name in row.cells if name.partition("#")[0] == UNREAD)
    return " ".join(text for text in cells if movement(spelled_out(text)) in EVENTS)


def _without_days(text: str) -> str:
    """Return *text* without the dates in it."""
    for date in reversed(dates_in(text)):
        text = text[: date.start] + text[date.end :]
    return text


def row_name(row: Row) -> str | None:
    """Return the person a row is about, as the row writes the name."""
    for names in (
        ("name_full",),
        ("name_reversed",),
        ("given_name", "first_surname", "second_surname"),
        ("given_name", "surnames"),
    ):
        if names[0] in row.cells:
            return " ".join(filter(None, (row.text(name) for name in names)))
    return None


def _date_cell(row: Row, meaning: str) -> tuple[Field | None, bool]:
    """Return the date of a cell as a field (value None if unreadable), and whether it is the only one."""
    prose = row.prose(meaning)
    if prose is None or not any(letter.isalnum() or letter == "?" for letter in prose.text):
        return None, True
    found = dates_in(prose.text)
    if (whole := dates_in(mended(prose.text))) and not any(date.value for date in found):
        return prose.field(0, len(prose.text) - 1, iso(whole[0]), min(whole[0].certainty, MENDED)), True
    if not found and _OPEN.search(prose.folded):
        return None, True
    if not found:
        short = sum(letter.isalpha() for letter in prose.text) <= 8
        return prose.field(0, len(prose.text) - 1, None, 0.0), short
    return dated(prose, found[0], ROW), len(found) == 1


def _what(row: Row, base: str) -> str | None:
    """Return what a row's date is the date of."""
    if base != "date":
        return DATES[base]
    other = None
    for name in ("type", "cause", "cause_in", "cause_out", "*"):
        text = spelled_out(row.text(name)) if name != "*" else _movement_text(row)
        told = movement(text)
        if told not in {None, "other"}:
            return told
        other = other or told
        if other is not None and name not in {"type", "*"}:
            return other
    return other


def movement(text: str) -> str | None:
    """Return the one movement that a cell names: `in`, `out`, `change`, `other`; None if none or two."""
    folded = fold(text).strip(" .:-")
    if folded in {"a", "b"}:
        return {"a": "in", "b": "out"}[folded]
    found = {mark.meaning for mark in roles_in(folded)} & {"in", "out", "change", "other"}
    if re.match(r"(?:alta|altas)(?!\w)", folded):
        found = (found - {"other"}) | {"in"}
    if re.match(r"modificacion|renovacion|confirmacion", folded):
        found = found & {"change"} or {"other"}
    if "change" in found and found <= {"change", "other"}:
        return "change"
    return found.pop() if len(found) == 1 else None


def _movement_text(row: Row) -> str:
    """Return the text of the cells that may name the movement when no column is for it."""
    silent = _NAMES - {"cause_in"} | {"id_number"}
    return " ".join(row.text(name) for name in row.cells if name not in silent)


def _quiet(row: Row) -> bool:
    """Whether a row without a date holds no movement that should have one."""
    words = " ".join(
        row.text(name) for name in row.cells if name not in {"address", "name_full", "name_reversed"}
    )
    return not {mark.meaning for mark in roles_in(fold(words))} & {"in", "out", "change"} and not causes_in(
        _BIRTH_DATA.sub(" ", fold(words))
    )


def _row_text(row: Row) -> str:
    """Return the whole row in one line."""
    return " ".join(row.text(name) for name in row.cells)
