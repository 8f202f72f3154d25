"""Searches behind an address: those that somebody keeps under a name, and the passing one.

What was typed of a person stands in the record under a name that says nothing, never in an address; a
passing search goes after a day. One that is kept under a name holds no person's name or number at all.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

import sqlalchemy as sa

from desk.web.trays.tables import searches
from desk.web.visit import Refused, Visit

LASTS = dt.timedelta(days=1)
LONGEST, MOST = 80, 30
"""Letters of a name; names of one account."""


class Kept(NamedTuple):
    """A search that somebody keeps: its id, its name, and the address that it opens."""

    id: str
    name: str
    address: str


def kept(visit: Visit) -> tuple[Kept, ...]:
    """Return the searches that this person keeps, by name."""
    query = (
        sa.select(searches)
        .where(searches.c.account_id == visit.account.id, searches.c.name.is_not(None))
        .order_by(searches.c.name)
    )
    with visit.room.store.read() as connection:
        return tuple(Kept(row.id, row.name, _address(row.id, row.said)) for row in connection.execute(query))


def keep(visit: Visit, said: Mapping[str, str], name: str | None = None) -> str:
    """Write a search and return its id; without a *name* it passes.

    Raises:
        Refused: this person keeps as many as may be.
    """
    row = {
        "id": secrets.token_urlsafe(24),
        "account_id": visit.account.id,
        "name": name.strip()[:LONGEST] if name else None,
        "said": {key: value for key, value in said.items() if value and not (name and key == "text")},
        "made_at": visit.at,
    }
    mine = sa.and_(searches.c.account_id == visit.account.id, searches.c.name.is_not(None))
    with visit.room.store.write() as connection:
        passed = sa.delete(searches).where(searches.c.name.is_(None), searches.c.made_at < visit.at - LASTS)
        connection.execute(passed)
        many = connection.execute(sa.select(sa.func.count()).select_from(searches).where(mine)).scalar_one()
        if name and many >= MOST:
            raise Refused(422, "too_many_kept", most=MOST)
        connection.execute(sa.insert(searches).values(**row))
    return str(row["id"])


def said(visit: Visit, search: str) -> Mapping[str, str]:
    """Return what this person asked for under an id; raise Refused where there is none."""
    mine = (searches.c.id == search, searches.c.account_id == visit.account.id)
    with visit.room.store.read() as connection:
        row = connection.execute(sa.select(searches).where(*mine)).first()
    if row is None:
        raise Refused(404, "not_here")
    found: Mapping[str, str] = row.said
    return found


def forget(visit: Visit, search: str) -> None:
    """Take a search of this person away."""
    gone = sa.delete(searches).where(searches.c.id == search, searches.c.account_id == visit.account.id)
    with visit.room.store.write() as connection:
        connection.execute(gone)


def _address(search: str, told: Mapping[str, str]) -> str:
    """Return the address of a search: that of a tray narrowed, or its own."""
    if "tray" not in told:
        return f"/buscar/{search}"
    narrowed = {key: told[key] for key in ("oficina", "tramite") if told.get(key)}
    return f"/bandejas/{told['tray']}" + (f"?{urlencode(narrowed)}" if narrowed else "")
