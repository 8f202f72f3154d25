"""The corrections of a case as its administrator reads them: who, when, what, why, and what fell again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.corrections.kept import Kept, standing
from pipeline.corrections.record import of_case
from pipeline.store import Store


def corrections_told(store: Store, report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return all that was ever set right in the case of a *report*, oldest first.

    `document` is where it fits now, null where it no longer applies; `undone` what fell again.
    """
    with store.read() as connection:
        rows = of_case(connection, report["id"])
    stand = standing(rows)
    places = [one["document"] for one in report["corrections"]]
    fits = {row.seq: place for row, place in zip(stand, places, strict=False)}
    stands = {row.seq for row in stand}
    return [
        _told(row, fits.get(row.seq), undone=row.seq not in stands) for row in rows if row.what != "undone"
    ]


def _told(row: Kept, document: str | None, *, undone: bool) -> dict[str, Any]:
    """Return one correction."""
    return {
        "correction": row.seq,
        "what": row.what,
        "document": document,
        "field": row.field,
        "path": list(row.path),
        "value": row.value if row.what != "papers" else None,
        "before": row.before.value,
        "confidence": row.before.confidence,
        "who": row.who,
        "at": row.at.isoformat(timespec="seconds"),
        "why": row.why,
        "undone": undone,
    }
