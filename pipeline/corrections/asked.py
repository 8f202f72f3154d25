"""What a person asks to set right in a paper, made into the row that is kept: with what stood there before.

row = asked(found, stands, Wish(what="corrected", field="issued_on", value="2026-03-05"), who, at)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.document import Document, Field, Json
from pipeline.corrections.kept import Before, Kept, Kind, paper_of
from pipeline.errors import UsageError

NEW = "+"
"""The key of a row that is to be added."""
_GONE = ("Eso ya no está en el documento como se veía.", "Mire el expediente y corríjalo de nuevo.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be so of a field, a row (`path` its key) or a cell of it; `confirmed` takes what stands."""

    what: Kind
    field: str
    path: tuple[str, ...] = ()
    value: Json = None
    why: str = ""
    where: Mapping[str, Any] | None = None


def asked(
    found: Document, stands: Document, wish: Wish, rows: Sequence[Kept], who: str, at: dt.datetime
) -> Kept:
    """Return the row to keep. *found* is the paper as read, *stands* as people set it right until now.

    Raises:
        UsageError: there is no such field or row to confirm, remove or set right.
    """
    field = stands.fields.get(wish.field)
    path = _path(wish, found, rows)
    before, value = _before(field, found.fields.get(wish.field), wish, path)
    return Kept(
        seq=0,
        what="row_added" if wish.path[:1] == (NEW,) else wish.what,
        who=who,
        at=at,
        why=wish.why.replace("\0", "\ufffd"),
        paper=paper_of(found),
        field=wish.field,
        path=path,
        value=value,
        before=before,
        where=wish.where,
    )


def _path(wish: Wish, found: Document, rows: Sequence[Kept]) -> tuple[str, ...]:
    """Return the path, with a key of its own for a new row: one that no earlier row ever had."""
    if wish.path[:1] != (NEW,):
        return wish.path
    paper = paper_of(found)
    added = sum(
        1 for row in rows if row.what == "row_added" and (row.paper, row.field) == (paper, wish.field)
    )
    return (f"{NEW}{added + 1}",)


def _before(
    field: Field | None, read: Field | None, wish: Wish, path: tuple[str, ...]
) -> tuple[Before, Json]:
    """Return what stood there, and the value that the row says."""
    if not path:
        if wish.what == "confirmed" and field is None:
            raise UsageError(*_GONE)
        before = Before(value=field.value, confidence=field.confidence) if field else Before()
        return before, field.value if wish.what == "confirmed" and field else wish.value
    if path[0].startswith(NEW) and wish.path[:1] == (NEW,):
        return Before(), wish.value
    if len(path) == 1 and wish.what in {"illegible", "not_applicable"}:
        raise UsageError("De una fila se dice qué dato no se lee.", "Quite la fila, o corríjala.")
    row, certainty = _row(field, path[0])
    first = read.value[int(path[0])] if read is not None and path[0].isdecimal() else None
    stood = row.get(path[1]) if len(path) > 1 else row
    before = Before(value=stood, confidence=certainty, read=first)
    return before, stood if wish.what == "confirmed" else wish.value


def _row(field: Field | None, key: str) -> tuple[Mapping[str, Json], float]:
    """Return the row of that key as it stands, and how sure it is."""
    rows = field.value if field is not None and isinstance(field.value, list) else []
    keys = field.keys if field is not None and field.keys else tuple(map(str, range(len(rows))))
    if field is None or key not in keys:
        raise UsageError(*_GONE)
    n = keys.index(key)
    sure = field.items[n].confidence if n < len(field.items) else field.confidence
    return rows[n], min(sure, field.confidence)


def overrides(row: Kept, acceptance: float) -> bool:
    """Whether a row puts something else in the place of what was surely read: that wants a reason."""
    sure = row.before.confidence is not None and row.before.confidence >= acceptance
    other = row.what in {"illegible", "not_applicable", "row_removed"} or row.value != row.before.value
    return sure and row.what != "confirmed" and other
