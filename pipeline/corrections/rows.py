"""A list of rows as people set it right: each row has a key that no other row's coming or going changes.

    mended_rows(field, corrections)     # corrections of that field, in the order in which they were said

Only what somebody looked at is certain: a row of which one cell was set right stays as sure as it was read,
until each of its cells, the whole row or the whole list was seen by a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.document import Field, Item, Json, Part
from pipeline.corrections.said import CERTAIN, Correction
from pipeline.errors import UsageError

_GONE = ("La fila que se corrigió no está ya como estaba.", "Mire el documento y corríjala de nuevo.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row: its place, the cells that a person looked at and those that nobody can read."""

    key: str
    value: Mapping[str, Json]
    place: Item
    read: Json = None
    seen: frozenset[str] = frozenset()
    illegible: frozenset[str] = frozenset()

    @property
    def certain(self) -> bool:
        """Whether a person looked at all of it."""
        return self.seen >= self.value.keys()

    @property
    def item(self) -> Item:
        """Return its place with its certainty, and that of its parts: none where one cannot be read."""
        parts = {
            name: replace(part, confidence=self._sure(name, part)) for name, part in self.place.parts.items()
        }
        told = (part.confidence for part in parts.values()) if parts.keys() >= self.value.keys() else ()
        sure = CERTAIN if self.certain else min(told, default=self.place.confidence)
        return replace(self.place, confidence=0.0 if self.illegible else sure, parts=parts)

    def _sure(self, name: str, part: Part) -> float:
        """Return how sure one cell is."""
        if name in self.illegible:
            return 0.0
        return CERTAIN if name in self.seen else part.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The rows; `whole` once a person looked at all of the list."""

    rows: tuple[_Row, ...]
    whole: bool = False


def mended_rows(field: Field, corrections: Sequence[Correction]) -> tuple[Field, tuple[Correction, ...]]:
    """Return the list as the *corrections* say, and those that speak of what is not there any more."""
    found, lost = _List(rows=_as_read(field)), []
    for correction in corrections:
        try:
            found = _step(found, correction, field)
        except UsageError:
            lost.append(correction)
    if len(lost) == len(corrections):
        return field, tuple(lost)
    return _told(field, found, corrections[-1]), tuple(lost)


def _as_read(field: Field) -> tuple[_Row, ...]:
    """Return the rows that the program read."""
    rows = field.value if isinstance(field.value, list) else []
    return tuple(_Row(key=str(n), value=row, place=_place(field, n), read=row) for n, row in enumerate(rows))


def _place(field: Field, n: int) -> Item:
    """Return where a row was read."""
    if n < len(field.items):
        return field.items[n]
    return Item(page=field.page, box=field.box, confidence=field.confidence)


def _step(found: _List, said: Correction, field: Field) -> _List:
    """Return the list after one word on it; raise UsageError where it speaks of another list or row."""
    if not said.path:
        return _confirmed(found, said)
    if said.act == "row_added":
        return _added(found, said, field)
    row = next((row for row in found.rows if row.key == said.path[0]), None)
    if row is None or (row.read is not None and said.read != row.read):
        raise UsageError(*_GONE)
    if said.act == "row_removed":
        return replace(found, rows=tuple(one for one in found.rows if one is not row))
    changed = _cell(row, said) if len(said.path) > 1 else _row(row, said)
    return replace(found, rows=tuple(changed if one is row else one for one in found.rows))


def _confirmed(found: _List, said: Correction) -> _List:
    """Return the list as seen by a person, if it is the one that was seen."""
    if said.act != "confirmed" or said.value != [dict(row.value) for row in found.rows]:
        raise UsageError(*_GONE)
    return _List(rows=tuple(replace(row, seen=frozenset(row.value)) for row in found.rows), whole=True)


def _added(found: _List, said: Correction, field: Field) -> _List:
    """Return the list with a further row."""
    if not isinstance(said.value, dict) or any(row.key == said.path[0] for row in found.rows):
        raise UsageError(*_GONE)
    place = Item(page=said.page or field.page, box=said.box or field.box, confidence=CERTAIN)
    row = _Row(key=said.path[0], value=said.value, place=place, seen=frozenset(said.value))
    return replace(found, rows=(*found.rows, row))


def _row(row: _Row, said: Correction) -> _Row:
    """Return a row that a person set right, or found right, as a whole."""
    if not isinstance(said.value, dict) or (said.act == "confirmed" and said.value != row.value):
        raise UsageError(*_GONE)
    return replace(row, value=said.value, seen=frozenset(said.value), illegible=frozenset())


def _cell(row: _Row, said: Correction) -> _Row:
    """Return a row of which a person set one cell right, or cannot read it."""
    cell = said.path[1]
    if said.act == "illegible":
        value = {**row.value, cell: None}
        return replace(row, value=value, seen=row.seen | {cell}, illegible=row.illegible | {cell})
    value = {**row.value, cell: said.value}
    return replace(row, value=value, seen=row.seen | {cell}, illegible=row.illegible - {cell})


def _told(field: Field, found: _List, last: Correction) -> Field:
    """Return the list as a field."""
    rows = found.rows
    seen = found.whole or all(row.certain for row in rows)
    first = rows[0].place if rows and not field.items else field
    return replace(
        field,
        value=[dict(row.value) for row in rows],
        confidence=CERTAIN if seen else _as_sure(field, rows),
        page=first.page,
        box=first.box,
        readings=() if seen else field.readings,
        items=tuple(row.item for row in rows),
        keys=tuple(row.key for row in rows),
        state="confirmed" if last.act == "confirmed" and not last.path else "corrected",
    )


def _as_sure(field: Field, rows: Sequence[_Row]) -> float:
    """Return how sure the list is: its own doubts stay, those of rows that were set right go."""
    own = min((item.confidence for item in field.items), default=field.confidence)
    if own > field.confidence:
        return field.confidence
    return max(field.confidence, min((row.item.confidence for row in rows), default=field.confidence))
