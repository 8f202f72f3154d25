"""Who has come in: a token in a cookie, its digest in the record."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import NamedTuple

import sqlalchemy as sa

from desk.people.accounts import Account, by_id
from desk.people.tables import accounts, sessions
from pipeline.store import Store

IDLE = dt.timedelta(minutes=20)
LONGEST = dt.timedelta(hours=10)
"""A session ends after so long without a sign of life, and after so long in any case."""


class Session(NamedTuple):
    """Somebody who has come in. `csrf` goes with every form."""

    id: str
    account: Account
    csrf: str


def begin(store: Store, account: Account, at: dt.datetime) -> str:
    """Let somebody in; return the token for the cookie."""
    token = secrets.token_urlsafe(32)
    row = {
        "id": _digest(token),
        "account_id": account.id,
        "csrf": secrets.token_urlsafe(32),
        "begun_at": at,
        "seen_at": at,
    }
    with store.write() as connection:
        connection.execute(sa.insert(sessions).values(**row))
        connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(last_at=at))
    return token


def current(store: Store, token: str, at: dt.datetime) -> Session | None:
    """Return the session of a cookie, None if it ended or its account is locked."""
    with store.read() as connection:
        row = connection.execute(sa.select(sessions).where(sessions.c.id == _digest(token))).first()
    if row is None or at - row.seen_at > IDLE or at - row.begun_at > LONGEST:
        return None
    account = by_id(store, row.account_id)
    if account is None or account.locked:
        return None
    if at - row.seen_at > dt.timedelta(minutes=1):
        with store.write() as connection:
            connection.execute(sa.update(sessions).where(sessions.c.id == row.id).values(seen_at=at))
    return Session(row.id, account, row.csrf)


def end(store: Store, session: Session) -> None:
    """Let somebody out."""
    with store.write() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.id == session.id))


def _digest(token: str) -> str:
    """Return what the record keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
