"""Values of papers set right by a person: what the reader saw is replaced, nothing is judged here.

    corrected(documents, corrections)     # what a person supposes (`rules what-if`)
    mended(field, corrections, page)      # what people said of one field, kept by `pipeline.corrections`

The corrected papers go through the same `assess` as any others, so a question such as "and if the *alta*
were of the 14th?" is answered by the law itself. Whoever keeps a correction keeps the old value with it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from extractors.document import Document, Field, Item, Json
from pipeline.corrections.rows import mended_rows
from pipeline.corrections.said import CERTAIN, NOWHERE, Correction
from pipeline.errors import UsageError

__all__ = ["CERTAIN", "Correction", "corrected", "mended", "parse"]

_ROWS = ("row_added", "row_removed")


def mended(
    field: Field | None, corrections: Sequence[Correction], page: int
) -> tuple[Field | None, tuple[Correction, ...]]:
    """Return a field as what people said of it, in that order, and what they said that fits it no more.

    The field is None where the paper has none: then a person may have found it, on *page* unless shown
    elsewhere; and it is given as None where the last word is that it does not apply.
    """
    rows = field is not None and _is_list(field.value)
    if rows or any(one.path or one.act in _ROWS for one in corrections):
        whole = [one for one in corrections if _of_all(one)]
        if whole and corrections[-1] is whole[-1]:
            return _said(field, whole[-1], page), ()
        found, lost = mended_rows(field or _blank(page), [one for one in corrections if not _of_all(one)])
        return (found if field is not None or len(lost) < len(corrections) else None), lost
    return _said(field, corrections[-1], page), ()


def _is_list(value: Json) -> bool:
    """Whether a value is a list of rows."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _of_all(said: Correction) -> bool:
    """Whether somebody said of a list that none of it can be read, or that it does not apply."""
    return not said.path and said.act in {"illegible", "not_applicable"}


def _blank(page: int) -> Field:
    """Return the field that a paper has not, for a person to fill in."""
    return Field(value=None, text="", confidence=0.0, page=page, box=NOWHERE)


def _said(field: Field | None, said: Correction, page: int) -> Field | None:
    """Return the field as the last word on it: read by a person, illegible, or of no account here."""
    base = field or _blank(page)
    if said.act == "not_applicable":
        return None
    if said.act == "illegible":
        return replace(base, value=None, confidence=0.0, readings=(), items=(), state="illegible")
    return replace(
        base,
        value=said.value,
        confidence=CERTAIN,
        page=said.page or base.page,
        box=said.box or base.box,
        readings=(),
        items=(),
        state="confirmed" if said.act == "confirmed" else "corrected",
    )


def corrected(documents: Sequence[Document], corrections: Iterable[Correction]) -> tuple[Document, ...]:
    """Return *documents* with the fields as somebody supposes them, each read with certainty.

    Raises:
        UsageError: there is no such document, field or place in it, or the value is of another sort.
    """
    found = list(documents)
    for correction in corrections:
        place = _place(found, correction)
        document = found[place]
        field = _set(document.fields[correction.field], correction)
        found[place] = replace(document, fields={**document.fields, correction.field: field})
    return tuple(found)


def parse(text: str, documents: Sequence[Document]) -> Correction:
    """Return the correction that a person writes as `d3.periods.0.from=2025-03-14`.

    Field names hold points themselves (`person.birth_date`): the longest name that the document has wins.
    `null`, `true` and `false` are values; anything else is text, or a list or an object written as JSON.

    Raises:
        UsageError: the text has another form, or names nothing in *documents*.
    """
    target, sign, written = text.partition("=")
    document, _, name = target.strip().partition(".")
    if not sign or not name:
        raise UsageError(
            "Un cambio se escribe documento.campo=valor.", "Por ejemplo: d3.periods.0.from=2025-03-14"
        )
    fields = _fields(documents, document)
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (field := ".".join(parts[:length])) in fields:
            value = _value(written.strip())
            return Correction(document=document, field=field, path=tuple(parts[length:]), value=value)
    raise UsageError(
        f"El documento {document} no tiene el campo {name}.",
        f"Tiene: {', '.join(sorted(fields)) or 'ninguno'}.",
    )


def _fields(documents: Sequence[Document], name: str) -> Iterable[str]:
    """Return the names of the fields of a document, none where it is not there."""
    number = name.removeprefix("d")
    if not (name.startswith("d") and number.isdecimal() and 1 <= int(number) <= len(documents)):
        raise UsageError(f"No hay un documento {name}.", f"Van de d1 a d{len(documents)}.")
    return documents[int(number) - 1].fields


def _value(written: str) -> Json:
    """Return what was written as a JSON value; what is no other JSON is text."""
    if written in {"null", "true", "false"} or written.startswith(("[", "{", '"')):
        try:
            return json.loads(written)
        except ValueError:
            return written
    return written


def _place(documents: Sequence[Document], correction: Correction) -> int:
    """Return the index of the document, which must have the field."""
    if correction.field not in _fields(documents, correction.document):
        raise UsageError(
            f"El documento {correction.document} no tiene el campo {correction.field}.",
            "Mire los campos con `ventanilla process --json`.",
        )
    return int(correction.document[1:]) - 1


def _set(field: Field, correction: Correction) -> Field:
    """Return the field with its new value; other readings of it no longer count."""
    value = _put(field.value, correction.path, correction)
    if not correction.path:
        items = tuple(_certain(item) for item in field.items)
        return replace(field, value=value, confidence=CERTAIN, readings=(), items=items)
    row = int(correction.path[0])
    parts = correction.path[1:2]
    items = tuple(_certain(item, parts) if n == row else item for n, item in enumerate(field.items))
    return replace(field, value=value, readings=(), items=items)


def _certain(item: Item, parts: Sequence[str] = ()) -> Item:
    """Return an item as somebody supposes it; of its parts those named, or all."""
    told = {
        name: replace(part, confidence=CERTAIN) if not parts or name in parts else part
        for name, part in item.parts.items()
    }
    return replace(item, confidence=CERTAIN, parts=told)


def _put(old: Any, path: Sequence[str], correction: Correction) -> Json:
    """Return *old* with the correction's value at *path*; the value must be of the sort that it replaces."""
    if not path:
        return _alike(old, correction)
    key, rest = path[0], path[1:]
    if isinstance(old, list) and key.isdecimal() and int(key) < len(old):
        return [_put(row, rest, correction) if n == int(key) else row for n, row in enumerate(old)]
    if isinstance(old, dict) and key in old:
        return {**old, key: _put(old[key], rest, correction)}
    raise UsageError(f"{correction.field} no tiene un lugar {key}.", "Las filas de una lista empiezan en 0.")


def _alike(old: Json, correction: Correction) -> Json:
    """Return the value if it can stand where *old* stood: a date for a date, a list for a list."""
    new = correction.value
    if old is None or new is None:
        return new
    if _day(old) and not _day(new):
        raise UsageError(f"{correction.field} es una fecha.", "Escríbala como AAAA-MM-DD, o null.")
    if type(old) is not type(new) and type(old) not in {int, float}:
        raise UsageError(
            f"{correction.field} no admite un valor de ese tipo.", f"Ahora es de tipo {type(old).__name__}."
        )
    return new


def _day(value: Json) -> bool:
    """Whether a value is an ISO day."""
    try:
        return isinstance(value, str) and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False
