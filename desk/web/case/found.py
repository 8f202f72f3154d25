"""A case that somebody asks for: found, within reach, and the look at it kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Row

from desk.web.case.places import Places
from desk.web.visit import Refused, Visit
from pipeline.store.cases import row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A case as the record has it; `report` is empty while nobody has judged it."""

    id: str
    number: str
    office: str
    stage: str
    queue: str | None
    procedure: str | None
    filed_on: dt.date | None
    resolve_by: dt.date | None
    cure_by: dt.date | None
    received_at: dt.datetime
    waits_for: str | None
    revision: int
    working: bool
    report: dict[str, Any]

    @property
    def places(self) -> Places:
        """Return the places of its papers."""
        return Places(self.number, tuple(self.report.get("documents", ())))


def within_reach(visit: Visit, number: str) -> bool:
    """Whether there is a case of that number that this person may see."""
    return _row(visit, number) is not None


def _row(visit: Visit, number: str) -> Row[Any] | None:
    """Return the row of a case, None where there is none, or none that this person may see."""
    row = row_of(visit.room.store, number)
    if row is None or not visit.account.sees(row.office, row.queue, row.procedure):
        return None
    return row


def found(visit: Visit, *, look: str | None = "case-seen") -> Found:
    """Return the case named in the address; *look* is what the audit says, None where it says it itself.

    Raises:
        Refused: 404 where there is none, or none that this person may see: both answer alike.
    """
    row = _row(visit, visit.path("number"))
    if row is None:
        raise Refused(404, "no_case")
    if look is not None:
        visit.audit(look, row.id)
    return Found(
        id=row.id,
        number=row.number,
        office=row.office,
        stage=row.stage,
        queue=row.queue,
        procedure=row.procedure,
        filed_on=row.filed_on,
        resolve_by=row.resolve_by,
        cure_by=row.cure_by,
        received_at=row.received_at.astimezone(visit.room.zone),
        waits_for=row.waits_for,
        revision=row.revision,
        working=row.lease_owner is not None,
        report=row.report or {},
    )
