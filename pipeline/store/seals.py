"""The digest of what a row says, kept in the event that tells of it: a bit that turns on the disk is seen.

SQLite's own check sees broken pages, not a letter that became another inside a text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def seal(told: Mapping[str, Any]) -> str:
    """Return the digest of *told*: names and JSON values, dates as they are kept."""
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def entry_seal(row: Mapping[str, Any], parts: Sequence[tuple[str, str, int]]) -> str:
    """Return the seal of a row of the journal and its files: all that never changes again.

    `received_at` is the text that is kept, `said` the list that is in the JSON.
    """
    names = ("id", "case_id", "office", "kind", "name", "bytes", "sha256", "received_at", "offset_minutes")
    told = {name: row[name] for name in (*names, "said", "found_in", "placed_as")}
    return seal(told | {"folder": bool(row["folder"]), "parts": [list(part) for part in parts]})


def result_seal(row: Mapping[str, Any]) -> str:
    """Return the seal of a result: the report and the columns that lists show of it."""
    names = ("queue", "procedure", "filed_on", "resolve_by", "cure_by", "report")
    return seal({name: row[name] for name in names})
