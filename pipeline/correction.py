"""One field of one paper set right by a person: what the reader saw is replaced, nothing is judged here.

The corrected papers go through the same `assess` as any others, so a question such as "and if the *alta*
were of the 14th?" is answered by the law itself. Whoever keeps a correction keeps the old value with it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.document import Document, Field, Json
from pipeline.errors import UsageError

CERTAIN = 1.0
"""A person looked at the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A new value for a field of document `d<n>`; `path` leads into a list or an object (`0`, `from`)."""

    document: str
    field: str
    path: tuple[str, ...] = ()
    value: Json = None


def corrected(documents: Sequence[Document], corrections: Iterable[Correction]) -> tuple[Document, ...]:
    """Return *documents* with the fields as the corrections say, each read with certainty.

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
        items = tuple(replace(item, confidence=CERTAIN) for item in field.items)
        return replace(field, value=value, confidence=CERTAIN, readings=(), items=items)
    row = int(correction.path[0])
    items = tuple(replace(i, confidence=CERTAIN) if n == row else i for n, i in enumerate(field.items))
    return replace(field, value=value, readings=(), items=items)


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
