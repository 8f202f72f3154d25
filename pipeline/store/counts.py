"""How many cases stand where: figures only."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import BLOCKED, cases

NAMES = {
    "waiting": "En curso",
    "paused": "Esperan al antivirus o al día siguiente",
    "approve": "Propuesta: aprobar",
    "cure": "Subsanar",
    "review": "Revisar",
    "refer": "Derivar",
    "refuse": "Propuesta: denegar",
    "returned": "Devueltos",
    "hold": "Parados: los ha de ver una persona",
}
"""What people read of each place in which `counts` counts, in the order in which it is listed."""


def counts(store: Store) -> Mapping[tuple[str, str], int]:
    """Return the number of undecided cases by office and queue.

    Others count under how they stand: `waiting` (accepted, not yet judged), `paused` (not to be judged for
    now), `hold` (for a person), `returned`.
    """
    where = sa.func.coalesce(
        sa.case(
            (cases.c.stage == "accepted", "waiting"),
            (cases.c.stage == "waiting", "paused"),
            (cases.c.stage.in_(("returned", "hold")), cases.c.stage),
        ),
        cases.c.queue,
    )
    query = (
        sa.select(cases.c.office, where, sa.func.count())
        .where(cases.c.decided_at.is_(None), cases.c.stage != BLOCKED)
        .group_by(cases.c.office, where)
    )
    with store.read() as connection:
        return {(office, place): number for office, place, number in connection.execute(query)}
