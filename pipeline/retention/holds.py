"""Legal holds: while one stands, a case is neither blocked nor erased, whatever period has passed.

place(store, "CEU01-2026-000001", "court", "PO 123/2031", by="ana", at=now)
release(store, "CEU01-2026-000001", "sentencia firme", by="ana", at=now)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.audit.chain import note
from pipeline.errors import UsageError
from pipeline.retention.tables import holds, retained
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.store.statements import Statements
from pipeline.ulid import ulid

WHYS: Mapping[str, str] = MappingProxyType(
    {
        "appeal": "recurso administrativo",
        "court": "proceso judicial",
        "audit": "control o auditoría",
        "liability": "responsabilidad patrimonial o sancionadora",
        "person": "lo pide la persona interesada (RGPD, art. 18.1.c)",
        "other": "otro motivo",
    }
)
"""Why a case must stay as it is, and what people read."""
LONGEST = 80


def place(store: Store, number: str, why: str, reference: str, *, by: str, at: dt.datetime) -> None:
    """Put a case on hold; raise UsageError where there is none, it is erased, or on hold for that already."""
    _said(by, reference)
    if why not in WHYS:
        raise UsageError("Ese motivo no está en la lista", f"Uno de: {', '.join(WHYS)}.")
    with store.write() as connection:
        case = _case(connection, number)
        if any((one.why, one.reference) == (why, reference) for one in standing(connection, case)):
            raise UsageError("El expediente ya está retenido por eso", "No hace falta repetirlo.")
        row = {"id": ulid(at), "case_id": case, "why": why, "reference": reference, "by": by, "at": at}
        connection.execute(sa.insert(holds).values(**row))
        note(Statements(connection), by, "hold-placed", at, case=case, why=why)


def release(store: Store, number: str, reason: str, *, by: str, at: dt.datetime) -> int:
    """End the holds of a case; return how many stood. Raise UsageError where none did."""
    _said(by, reason)
    with store.write() as connection:
        case = _case(connection, number)
        ended = {"ended_by": by, "ended_at": at, "ended_for": reason}
        mine = (holds.c.case_id == case, holds.c.ended_at.is_(None))
        count = connection.execute(sa.update(holds).where(*mine).values(**ended)).rowcount
        if not count:
            raise UsageError("Ese expediente no está retenido", "Vea los que lo están: `retention show`.")
        note(Statements(connection), by, "hold-released", at, case=case, count=count)
    return count


def standing(connection: Connection, case: str) -> list[Row[Any]]:
    """Return the holds that stand on a case."""
    mine = (holds.c.case_id == case, holds.c.ended_at.is_(None))
    return list(connection.execute(sa.select(holds).where(*mine).order_by(holds.c.at)))


def _said(by: str, text: str) -> None:
    """Refuse a hold that nobody answers for, or that says nothing."""
    if not by.strip() or not text.strip() or len(text) > LONGEST:
        raise UsageError(
            "Falta quién responde, o la referencia o el motivo",
            f"Escríbalos; hasta {LONGEST} letras, sin nombres.",
        )


def _case(connection: Connection, number: str) -> str:
    """Return the id of a case that can be held; raise UsageError for any other."""
    gone = sa.exists().where(retained.c.case_id == cases.c.id, retained.c.erasing_at.is_not(None))
    query = sa.select(cases.c.id, gone.label("gone")).where(cases.c.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise UsageError("No existe ese expediente", "Compruebe el número.")
    if row.gone:
        raise UsageError("Ese expediente está suprimido: ya no hay nada que retener", "Compruebe el número.")
    return str(row.id)
