"""The rows of a list as the panel shows them, each by the key that corrections know it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from desk.web.case.found import Found
from desk.web.case.places import Place
from desk.web.case.values import label, told
from desk.web.visit import Visit
from pipeline.corrections.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One row of a list: its key, its cells in words, and where it stands on the page.

    `doubt` says in words that a person should look, and at which cells where that is known.
    """

    key: str
    cells: tuple[tuple[str, str], ...]
    percent: int
    doubt: str
    page: int
    box: str
    place: Place | None
    edit: str


def rows_of(
    visit: Visit,
    case: Found,
    document: Mapping[str, Any],
    name: str,
    held: Mapping[str, Any],
    shape: Shape,
) -> Iterator[RowShown]:
    """Yield the rows of a list, by the keys that corrections know them by."""
    acceptance = visit.room.settings.policy.acceptance
    for n, (key, row, item) in enumerate(keyed(held)):
        parts = item.get("parts", {})
        certainty = item["confidence"] if parts else min(item["confidence"], held["confidence"])
        unsure = [column for column, part in parts.items() if part["confidence"] < acceptance]
        yield RowShown(
            key=key,
            cells=tuple(
                (label(visit.say, f"{name}.{column}"), told(visit.say, row.get(column), cell))
                for column, cell in shape.columns.items()
                if row.get(column) is not None
            ),
            percent=int(certainty * 100),
            doubt="" if certainty >= acceptance else _doubt(visit, [f"{name}.{one}" for one in unsure]),
            page=item["page"],
            box=spelled(item["box"]),
            place=case.places.of(document["id"], name, n),
            edit=edit_address(case.number, document["id"], name, key),
        )


def _doubt(visit: Visit, columns: Sequence[str]) -> str:
    """Return that a row is doubtful, and in which *columns* where it is known."""
    names = ", ".join(label(visit.say, column).split(": ")[-1] for column in columns)
    return visit.say("mend.unsure_in", parts=names) if names else visit.say("mend.unsure")


def keyed(held: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the key, the row and the place of each row of a list as it stands."""
    keys, items = held.get("keys", ()), held.get("items", ())
    for n, row in enumerate(held["value"] or ()):
        yield keys[n] if keys else str(n), row, items[n] if n < len(items) else held


def edit_address(number: str, document: str, field: str, row: str = "") -> str:
    """Return the page on which a field, or a row of it, is set right."""
    at = f"/expedientes/{number}/campos/{document}/{quote(field)}"
    return f"{at}?fila={quote(row)}" if row else at


def spelled(box: Sequence[float]) -> str:
    """Return a box as the page marks it, nothing where nobody showed a place."""
    return " ".join(map(str, box)) if box[2] > box[0] and box[3] > box[1] else ""
