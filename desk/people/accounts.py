"""The accounts: who may come in, as what, and to which cases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from desk.people.passwords import digest, matches, outdated
from desk.people.rights import Right, Role, rights
from desk.people.tables import accounts
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.ulid import ulid

EVERY = "*"
"""Every office, queue or procedure, in `Account.offices`, `.queues` and `.procedures`."""
ALL = frozenset({EVERY})
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


class AccountError(UsageError):
    """An account that cannot be made or changed so; `why` is the word for it."""

    def __init__(self, why: str, what: str, remedy: str) -> None:
        """Say *why* in one word, *what* that means, and the *remedy*."""
        super().__init__(what, remedy)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person of the desk. What is recorded of what they do names them by `login`."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    offices: frozenset[str]
    queues: frozenset[str] = ALL
    procedures: frozenset[str] = ALL
    language: str = "es"
    shortcuts: bool = True
    locked: bool = False
    last_at: dt.datetime | None = None
    last_from: str | None = None
    password: bool = True
    """Whether a password is kept; without one somebody else must vouch."""
    must_change: bool = False
    totp: bool = False
    """Whether one-time codes are asked for."""

    def may(self, right: Right) -> bool:
        """Whether this person may do something."""
        return right in rights(self.roles)

    def reaches(self, office: str) -> bool:
        """Whether the cases of an office are this person's to see."""
        return EVERY in self.offices or office in self.offices

    def sees(self, office: str, queue: str | None, procedure: str | None) -> bool:
        """Whether a case is this person's: of their offices, and of their trays where these are limited."""
        return (
            self.reaches(office)
            and (EVERY in self.queues or queue in self.queues)
            and (EVERY in self.procedures or procedure in self.procedures)
        )


def add(  # noqa: PLR0913 - each is one line of the form
    store: Store,
    login: str,
    name: str,
    *,
    roles: Collection[Role],
    offices: Collection[str],
    password: str | None,
    at: dt.datetime,
    language: str = "es",
    queues: Collection[str] = ALL,
    procedures: Collection[str] = ALL,
    must_change: bool = False,
) -> Account:
    """Make an account; raise AccountError where the login is taken or is none."""
    values = {
        "id": ulid(at),
        "login": as_login(login),
        "name": name.strip()[:128] or login,
        "password": None if password is None else digest(password),
        "roles": sorted(roles),
        "offices": sorted(offices),
        "queues": sorted(queues),
        "procedures": sorted(procedures),
        "language": language,
        "shortcuts": True,
        "made_at": at,
        "must_change": must_change,
        "recovery": [],
    }
    with store.write() as connection:
        taken = sa.select(accounts.c.id).where(accounts.c.login == values["login"])
        if connection.execute(taken).first() is not None:
            raise AccountError("taken", "Ya hay una cuenta con ese nombre", "Elija otro.")
        connection.execute(sa.insert(accounts).values(**values))
    found = by_login(store, login)
    assert found is not None
    return found


def as_login(text: str) -> str:
    """Return the login that somebody typed, as it is kept; raise AccountError where it cannot be one."""
    login = text.strip().casefold()
    if _LOGIN.fullmatch(login) is None:
        remedy = "De 2 a 64 letras sin tilde, cifras, punto, guion o arroba."
        raise AccountError("login", "Ese nombre de cuenta no vale", remedy)
    return login


def by_login(store: Store, login: str) -> Account | None:
    """Return the account of that login, however it is typed."""
    with store.read() as connection:
        return _one(connection.execute(_where(accounts.c.login == login.strip().casefold())).first())


def by_id(store: Store, account_id: str) -> Account | None:
    """Return the account of that id."""
    with store.read() as connection:
        return _one(connection.execute(_where(accounts.c.id == account_id)).first())


def everybody(store: Store) -> tuple[Account, ...]:
    """Return all accounts by login."""
    with store.read() as connection:
        rows = connection.execute(sa.select(accounts).order_by(accounts.c.login)).all()
    return tuple(account_of(row) for row in rows)


def names(store: Store, logins: Collection[str]) -> dict[str, str]:
    """Return the names of people by their logins."""
    query = sa.select(accounts.c.login, accounts.c.name).where(accounts.c.login.in_(logins))
    with store.read() as connection:
        return {row.login: row.name for row in connection.execute(query)}


def checked(store: Store, login: str, password: str) -> Account | None:
    """Return the account of *login* if the *password* is its own and it is not locked.

    A digest made with less work than is asked for today is made anew.
    """
    with store.read() as connection:
        row = connection.execute(_where(accounts.c.login == login.strip().casefold())).first()
    right = matches(None if row is None else row.password, password)
    if row is None or not right or row.locked_at is not None:
        return None
    if outdated(row.password):
        with store.write() as connection:
            renewed = sa.update(accounts).where(accounts.c.id == row.id, accounts.c.password == row.password)
            connection.execute(renewed.values(password=digest(password)))
    return account_of(row)


def speak(store: Store, account: Account, language: str) -> None:
    """Let the pages of somebody be in another language from now on."""
    with store.write() as connection:
        chosen = sa.update(accounts).where(accounts.c.id == account.id).values(language=language)
        connection.execute(chosen)


def account_of(row: Row[Any]) -> Account:
    """Return a row as an account; a role that this program does not know gives no right."""
    known = set(Role)
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles if role in known),
        offices=frozenset(row.offices),
        queues=frozenset(row.queues),
        procedures=frozenset(row.procedures),
        language=row.language,
        shortcuts=row.shortcuts,
        locked=row.locked_at is not None,
        last_at=row.last_at,
        last_from=row.last_from,
        password=row.password is not None,
        must_change=row.must_change,
        totp=row.totp is not None,
    )


def _where(clause: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return the query of the account of which *clause* is true."""
    return sa.select(accounts).where(clause)


def _one(row: Row[Any] | None) -> Account | None:
    """Return the account of a row that may not be there."""
    return None if row is None else account_of(row)
