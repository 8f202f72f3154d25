"""Prefect's server as we start it: without pages that call outside, and with a scheduler that schedules.

Prefect 3.8.8 hands its scheduled runs to SQLAlchemy with a state that is no column; SQLAlchemy 2.1 refuses
that where 2.0 passed it over, and no flow is ever scheduled. A word to SQLAlchemy that such a value is left
out makes it as before; the state is written by the statement after it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, cast

import prefect


def without_outside_pages() -> None:
    """Leave out the V2 pages, which call an outside host: what is not there is not mounted."""
    prefect.__ui_v2_static_path__ = Path("/nonexistent/v2")


def with_schedules() -> None:
    """Let values that are no columns be left out of what the server inserts at one go."""
    from prefect.server.database.orm_models import Base
    from sqlalchemy.ext.hybrid import hybrid_property

    for mapper in Base.registry.mappers:
        for found in mapper.all_orm_descriptors:
            # SQLAlchemy 2.0 has no such word, and leaves such values out by itself
            if isinstance(found, hybrid_property) and getattr(found, "bulk_dml_setter", found) is None:
                found.bulk_dml_setter = cast(Any, _left_out)


def _left_out(cls: type, row: MutableMapping[str, Any], value: object) -> None:
    """Put nothing of *value* into *row*."""
    del cls, row, value
