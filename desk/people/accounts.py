"""The accounts: who may come in, as what, and to the cases of which offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.engine import Row

from desk.people.rights import Right, Role, rights
from desk.people.tables import accounts
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.ulid import ulid

EVERY = "*"
"""Every office, in `Account.offices`."""
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""Compared with where there is no such account, so that both answers take as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person of the desk. What is recorded of what they do names them by `login`."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    offices: frozenset[str]
    language: str = "es"
    shortcuts: bool = True
    locked: bool = False
    last_at: dt.datetime | None = None

    def may(self, right: Right) -> bool:
        """Whether this person may do something."""
        return right in rights(self.roles)

    def reaches(self, office: str) -> bool:
        """Whether the cases of an office are this person's to see."""
        return EVERY in self.offices or office in self.offices


def add(
    store: Store,
    login: str,
    name: str,
    *,
    roles: Collection[Role],
    offices: Collection[str],
    password: str | None,
    at: dt.datetime,
    language: str = "es",
) -> Account:
    """Make an account; raise UsageError where the login is taken."""
    values = {
        "id": ulid(at),
        "login": login,
        "name": name,
        "password": None if password is None else _HASHER.hash(password),
        "roles": sorted(roles),
        "offices": sorted(offices),
        "language": language,
        "shortcuts": True,
        "made_at": at,
    }
    with store.write() as connection:
        taken = sa.select(accounts.c.id).where(accounts.c.login == login)
        if connection.execute(taken).first() is not None:
            raise UsageError("Ya hay una cuenta con ese nombre", "Elija otro.")
        connection.execute(sa.insert(accounts).values(**values))
    found = by_login(store, login)
    assert found is not None
    return found


def by_login(store: Store, login: str) -> Account | None:
    """Return the account of that login."""
    with store.read() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.login == login)).first()
    return None if row is None else _account(row)


def by_id(store: Store, account_id: str) -> Account | None:
    """Return the account of that id."""
    with store.read() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.id == account_id)).first()
    return None if row is None else _account(row)


def checked(store: Store, login: str, password: str) -> Account | None:
    """Return the account of *login* if the *password* is its own and it is not locked."""
    with store.read() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.login == login)).first()
    kept = row.password if row is not None and row.password else _NOBODY
    try:
        _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None or row.password is None or row.locked_at is not None:
        return None
    return _account(row)


def _account(row: Row[Any]) -> Account:
    """Return a row as an account; a role that this program does not know gives no right."""
    known = set(Role)
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles if role in known),
        offices=frozenset(row.offices),
        language=row.language,
        shortcuts=row.shortcuts,
        locked=row.locked_at is not None,
        last_at=row.last_at,
    )
