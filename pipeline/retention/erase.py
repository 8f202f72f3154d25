"""Blocked cases erased: the intention is written, the keys are destroyed, then the record says so.

Stopped anywhere, the next run goes on: a key is destroyed once, and what is left of the case stays for ever,
its number, days and digests. A record brought back from a copy learns from the ring what was destroyed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.audit.chain import note
from pipeline.errors import EnvironmentFault
from pipeline.retention.chosen import Retention
from pipeline.retention.clean import remove, wanted
from pipeline.retention.ring import Ring
from pipeline.retention.tables import holds, retained
from pipeline.retention.years import years_after
from pipeline.store import Store
from pipeline.store.attached import attached
from pipeline.store.events import record
from pipeline.store.statements import Statements

NOTED = "erased"
_PAGE = 500


class Due(NamedTuple):
    """A blocked case whose time to be erased has come."""

    id: str
    number: str
    office: str


def due(store: Store, chosen: Retention, today: dt.date, most: int) -> list[Due]:
    """Return the blocked cases to be erased, at most so many, those that ended first."""
    found: list[Due] = []
    years = [term.erase_years for term in chosen.terms if term.erase_years is not None]
    if not years:
        return found
    held = sa.exists().where(holds.c.case_id == retained.c.case_id, holds.c.ended_at.is_(None))
    blocked = (
        retained.c.erased_at.is_(None),
        retained.c.closed_on <= years_after(today, -min(years)),
        sa.not_(held),
    )
    with store.read() as connection:
        query = sa.select(retained).where(*blocked).order_by(retained.c.closed_on)
        for row in connection.execution_options(yield_per=_PAGE).execute(query):
            term = chosen.term(row.procedure, row.outcome)
            if term is None or term.erase_years is None or len(found) >= most:
                continue
            if years_after(row.closed_on, term.erase_years) <= today:
                found.append(Due(row.case_id, row.number, row.office))
    return found


def erase(store: Store, ring: Ring, cases: Sequence[Due], *, by: str, at: dt.datetime) -> int:
    """Erase blocked cases, and finish what a run before began; return how many are erased.

    Raise EnvironmentFault where the ring is not whole, or not that of these cases: nothing is destroyed then.
    """
    _own(ring, [one.id for one in cases])
    _intend(store, [one.id for one in cases], by, at)
    with store.read() as connection:
        mine = (retained.c.erasing_at.is_not(None), retained.c.erased_at.is_(None))
        begun = list(connection.execute(sa.select(retained.c.case_id).where(*mine)).scalars())
    _own(ring, begun)
    ring.destroy(begun, at)
    for case in begun:
        _finish(store, case, by, at)
    return len(begun)


def _own(ring: Ring, cases: Collection[str]) -> None:
    """Raise EnvironmentFault where the key of a case is not here, and was not destroyed here."""
    if set(cases) - ring.has(cases) - ring.destroyed():
        raise EnvironmentFault(
            "En la carpeta de claves faltan las de expedientes bloqueados: no es la suya, o no está entera",
            "Corrija retention.keys, o restaure la copia de la carpeta de claves.",
        )


def _intend(store: Store, cases: Collection[str], by: str, at: dt.datetime) -> None:
    """Write that the keys of *cases* are about to be destroyed; one that came to be held meanwhile stays."""
    for case in cases:
        held = sa.exists().where(holds.c.case_id == retained.c.case_id, holds.c.ended_at.is_(None))
        mine = (retained.c.case_id == case, retained.c.erasing_at.is_(None), sa.not_(held))
        with store.write() as connection:
            intended = sa.update(retained).where(*mine).values(erasing_at=at, erased_by=by)
            if connection.execute(intended).rowcount:
                note(Statements(connection), by, "case-erasing", at, case=case)


def _finish(store: Store, case: str, by: str, at: dt.datetime) -> None:
    """Write that a case is erased, and remove its packet, which nobody can read."""
    with store.write() as connection:
        row = connection.execute(sa.select(retained.c.packet).where(retained.c.case_id == case)).one()
        connection.execute(sa.delete(attached).where(attached.c.case_id == case))
        erased = sa.update(retained).where(retained.c.case_id == case).values(erased_at=at, erased_by=by)
        connection.execute(erased)
        record(connection, case, at, NOTED)
        note(Statements(connection), by, "case-erased", at, case=case)
        if not wanted(store, Statements(connection), row.packet):
            remove(store, row.packet)


def whole(store: Store, ring: Ring) -> None:
    """Raise EnvironmentFault where this is not the ring of the case that was blocked last."""
    query = sa.select(retained.c.case_id).where(retained.c.erasing_at.is_(None))
    with store.read() as connection:
        last = connection.execute(query.order_by(retained.c.blocked_at.desc()).limit(1)).scalar()
    _own(ring, [last] if last else [])


def learnt(store: Store, ring: Ring, at: dt.datetime) -> int:
    """Let a record from a copy know which of its blocked cases have no key any more; return how many."""
    gone = ring.destroyed()
    if not gone:
        return 0
    mine = (retained.c.erased_at.is_(None), retained.c.erasing_at.is_(None))
    with store.write() as connection:
        standing = connection.execute(sa.select(retained.c.case_id).where(*mine)).scalars()
        candidates = [case for case in standing if case in gone]
        known = sorted(set(candidates) - ring.has(candidates))
        for case in known:
            done = sa.update(retained).where(retained.c.case_id == case)
            connection.execute(done.values(erasing_at=at, erased_by="ventanilla"))
            note(Statements(connection), "ventanilla", "case-erasing", at, case=case)
    return len(known)
