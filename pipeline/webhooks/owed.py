"""What is owed to each address, made from the journal's events after those that were looked at before.

The event is written in the transaction of what it tells of, so nothing that happened is ever not told; the
place up to which they were looked at moves in the transaction that notes what they owe, so nothing is owed
twice. Reading them costs the cases nothing: no worker waits for whoever is called.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.decisions.tables import decisions
from pipeline.journal.kept import moment, unpacked
from pipeline.store import Store
from pipeline.store.schema import cases, events, life
from pipeline.webhooks.kinds import BY_DECISION, FINAL, JOURNAL, LIFE, LIVED, REQUIRE, Kind
from pipeline.webhooks.tables import calls, webhooks

EVERY = "*"
_PIECE = 500
_CASE: tuple[sa.Column[Any], ...] = (
    cases.c.id,
    cases.c.number,
    cases.c.office,
    cases.c.queue,
    cases.c.stage,
    cases.c.procedure,
)


class Told(NamedTuple):
    """One event of a case, and what it is called."""

    event: int
    at: dt.datetime
    kind: Kind
    case: Row[*tuple[Any, ...]]


def note_owed(store: Store, at: dt.datetime) -> int:
    """Note what every address is owed and has not been; return how many calls were noted."""
    with store.read() as connection:
        if connection.execute(_behind().limit(1)).first() is None:
            return 0
    noted = 0
    with store.write() as connection:
        for hook in connection.execute(_behind()).all():
            noted += _note(connection, hook, at)
    return noted


def _behind() -> sa.Select[Any]:
    """Return the query for the addresses that some event was not looked at for."""
    last = sa.select(sa.func.max(events.c.seq)).scalar_subquery()
    return sa.select(webhooks).where(webhooks.c.ended_at.is_(None), webhooks.c.seen < last)


def _note(connection: Connection, hook: Row[Any], at: dt.datetime) -> int:
    """Note what one address is owed of the next events."""
    after = sa.select(events).where(events.c.seq > hook.seen).order_by(events.c.seq).limit(_PIECE)
    rows = connection.execute(after).all()
    mine = [told for row in rows if (told := _told(connection, row)) and _reaches(hook, told.case.office)]
    for told in mine:
        body = json.dumps(_body(hook, told), ensure_ascii=False)
        values = {"webhook": hook.id, "event": told.event, "case_id": told.case.id, "kind": told.kind}
        connection.execute(sa.insert(calls).values(**values, body=body, owed_at=at, not_before=at, tries=0))
    seen = sa.update(webhooks).where(webhooks.c.id == hook.id).values(seen=rows[-1].seq)
    connection.execute(seen)
    return len(mine)


def _reaches(hook: Row[Any], office: str) -> bool:
    """Whether the cases of an office are told there."""
    return EVERY in hook.offices or office in hook.offices


def _told(connection: Connection, row: Row[Any]) -> Told | None:
    """Return what an event is told as, None if it is not told."""
    kind = _kind(connection, row) if row.case_id is not None else None
    if kind is None:
        return None
    case = connection.execute(sa.select(*_CASE).where(cases.c.id == row.case_id)).one()
    return Told(row.seq, row.at, kind, case)


def _kind(connection: Connection, row: Row[Any]) -> Kind | None:
    """Return what an event is called."""
    if row.kind == FINAL:
        return "case.required" if unpacked(row.detail).get("decided") == REQUIRE else "case.decided"
    return _lived(connection, row) if row.kind == LIFE else JOURNAL.get(row.kind)


def _lived(connection: Connection, row: Row[Any]) -> Kind | None:
    """Return what an event of the life of a case is called; None where its decision is what is told."""
    same = unpacked(row.detail).get("same")
    mine = sa.select(life.c.kind).where(life.c.case_id == row.case_id, life.c.same == same)
    kind = LIVED.get(connection.execute(mine).scalar() or "")
    if kind is None or kind not in BY_DECISION:
        return kind
    requires = decisions.c.kind == REQUIRE if BY_DECISION[kind] else decisions.c.kind != REQUIRE
    taken = sa.select(decisions.c.id).where(decisions.c.case_id == row.case_id, requires).limit(1)
    return None if connection.execute(taken).first() is not None else kind


def _body(hook: Row[Any], told: Told) -> dict[str, Any]:
    """Return what is sent: numbers, codes and links, nothing of a person's."""
    case, base = told.case, f"/api/v1/cases/{told.case.number}"
    return {
        "schema_version": 1,
        "id": call_id(hook.id, told.event),
        "type": told.kind,
        "at": moment(told.at),
        "case": {
            "id": case.id,
            "number": case.number,
            "office": case.office,
            "status": "waiting" if case.stage == "hold" else case.stage,
            "queue": case.queue,
            "procedure": case.procedure,
            "links": {"case": base, "findings": f"{base}/findings", "receipt": f"{base}/receipt"},
        },
    }


def call_id(hook: str, event: int) -> str:
    """Return what a call is known by: the same each time that it is made."""
    return f"{hook}-{event}"
