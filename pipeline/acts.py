"""What a person does to a case: once, on the case as that person saw it, with its line in the audit.

    with acting(store, case_id, Act(who="ana", did="value-corrected", at=now, revision=3)) as connection:
        ...                                  # the change, in the same transaction

Nobody overwrites what they did not see: an act names the revision that was looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.audit.chain import note
from pipeline.store import Store
from pipeline.store.schema import cases, handling
from pipeline.store.statements import Statements


class Stale(Exception):  # noqa: N818 - two people at one case is no error of the program
    """The act was not done: `why` says what stood in its way.

    `changed`: the case is another than was looked at; `working`: the program is reading it; `in_hand`:
    *whose* has it in hand.
    """

    def __init__(self, why: Literal["changed", "working", "in_hand"], whose: str = "") -> None:
        """Say *why*, and *whose* login has the case in hand."""
        super().__init__(why)
        self.why, self.whose = why, whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does what, when, on which revision of the case; `detail` are codes and names, no person's data."""

    who: str
    did: str
    at: dt.datetime
    revision: int
    detail: Mapping[str, object] = field(default_factory=dict)


@contextmanager
def acting(store: Store, case: str, act: Act) -> Iterator[Connection]:
    """Give the transaction in which *act* is done to the case of that id; raise Stale if it may not be."""
    with store.write() as connection:
        _refuse(connection, case, act)
        yield connection
        changed = {"revision": cases.c.revision + 1, "updated_at": act.at}
        connection.execute(sa.update(cases).where(cases.c.id == case).values(**changed))
        note(Statements(connection), act.who, act.did, act.at, case=case, **act.detail)


def _refuse(connection: Connection, case: str, act: Act) -> None:
    """Refuse an act on a case that changed, that the program reads, or that another has in hand."""
    columns = (cases.c.revision, cases.c.lease_owner, handling.c.held_by, handling.c.held_until)
    joined = cases.outerjoin(handling, handling.c.case_id == cases.c.id)
    query = sa.select(*columns).select_from(joined).where(cases.c.id == case)
    # the row is locked: no worker is lent the case while a person changes it
    row = connection.execute(query.with_for_update(of=cases)).one()
    if row.lease_owner is not None:
        raise Stale("working")
    if row.held_by not in {None, act.who} and row.held_until is not None and row.held_until > act.at:
        raise Stale("in_hand", row.held_by)
    if row.revision != act.revision:
        raise Stale("changed")
