"""The reports of the cases that were judged, one after the other, as text: however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import cases

PAGE = 200
"""Reports taken from the database at a time."""


def reports(store: Store, *, since: dt.date | None = None, until: dt.date | None = None) -> Iterator[str]:
    """Yield the report of each judged case filed from *since* to *until* (both included), as JSON text.

    Cases come in the order of their ids, that of their reception. One that is judged anew meanwhile is seen
    once, as it stood when its turn came.
    """
    judged: list[sa.ColumnElement[bool]] = [cases.c.queue.is_not(None), cases.c.report.is_not(None)]
    judged += [cases.c.filed_on >= since] if since else []
    judged += [cases.c.filed_on <= until] if until else []
    # as text: it is handed to another process, and parsed there
    query = sa.select(cases.c.id, sa.cast(cases.c.report, sa.Text)).where(*judged).order_by(cases.c.id)
    last = ""
    while True:
        with store.read() as connection:
            rows = connection.execute(query.where(cases.c.id > last).limit(PAGE)).all()
        if not rows:
            return
        yield from (text for _, text in rows)
        last = rows[-1].id
