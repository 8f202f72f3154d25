"""One call of a program: its key, what it may do, and the line in the audit that it leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Row
from starlette.requests import Request

from desk.api.keys import Key, Right, by_secret
from desk.api.pace import Pace
from desk.api.problems import Problem
from desk.web.room import Room
from pipeline.audit.chain import note
from pipeline.store.cases import row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that may be answered; `at` is its moment as the office's clock shows it."""

    room: Room
    key: Key
    at: dt.datetime

    def needs(self, *rights: Right) -> None:
        """Raise Problem unless the key has one of *rights*."""
        if not self.key.may(*rights):
            raise Problem("no-right")

    def audit(self, did: str, case: str | None = None, **detail: object) -> None:
        """Keep that this program did something."""
        with self.room.store.writing() as transaction:
            note(transaction, self.key.who, did, self.at, case=case, **detail)

    def case(self, number: str, did: str) -> Row[Any]:
        """Return the row of a case and keep the look at it; raise Problem where this key has none such."""
        row = row_of(self.room.store, number)
        # of another office, or of none: both answer alike
        if row is None or not self.key.reaches(row.office):
            raise Problem("no-case")
        self.audit(did, row.id)
        return row


def called(room: Room, pace: Pace, request: Request, credentials: str | None) -> Call:
    """Return the call; raise Problem without a key in force, or where it asks too often."""
    at = room.now()
    key = by_secret(room.store, credentials, at) if credentials else None
    if key is None:
        raise Problem("no-key")
    if wait := pace.wait(key.id, key.per_minute):
        raise Problem("too-many-calls", retry=wait)
    call = Call(room=room, key=key, at=at)
    request.state.call = call
    return call


def links(number: str) -> Mapping[str, str]:
    """Return where a case, its findings and its receipt are."""
    base = f"/api/v1/cases/{number}"
    return {"case": base, "findings": f"{base}/findings", "receipt": f"{base}/receipt"}
