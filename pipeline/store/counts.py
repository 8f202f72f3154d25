"""How many cases stand where: figures only."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import cases


def counts(store: Store) -> Mapping[tuple[str, str], int]:
    """Return the number of undecided cases by office and queue.

    Cases without a queue count under their stage: `waiting` (accepted, not yet judged), `returned`, `hold`.
    """
    where = sa.func.coalesce(
        sa.case(
            (cases.c.stage == "accepted", "waiting"),
            (cases.c.stage.in_(("returned", "hold")), cases.c.stage),
        ),
        cases.c.queue,
    )
    query = (
        sa.select(cases.c.office, where, sa.func.count())
        .where(cases.c.decided_at.is_(None))
        .group_by(cases.c.office, where)
    )
    with store.read() as connection:
        return {(office, place): number for office, place, number in connection.execute(query)}
