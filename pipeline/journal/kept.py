"""How moments and JSON stand in the columns, so that SQL written here and SQLAlchemy read each other."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any


def moment(at: dt.datetime) -> str:
    """Return *at* as sortable UTC text with microseconds."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def local(text: str, minutes: int) -> dt.datetime:
    """Return the moment in *text* as the clock on the wall showed it, *minutes* from UTC."""
    return dt.datetime.fromisoformat(text).astimezone(dt.timezone(dt.timedelta(minutes=minutes)))


def offset_minutes(at: dt.datetime) -> int:
    """Return the offset of *at* from UTC, in minutes; *at* must have one."""
    offset = at.utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)


def packed(value: object) -> str:
    """Return *value* as JSON."""
    return json.dumps(value)


def unpacked(value: Any) -> Any:
    """Return what `packed` wrote; PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value
