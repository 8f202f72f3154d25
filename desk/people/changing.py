"""What is changed of accounts, each with its line in the audit. The last administrator stays one.

Nobody changes their own roles, offices or trays: who may give rights cannot give them to himself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.people import passwords
from desk.people.accounts import Account, AccountError, account_of, add
from desk.people.rights import Role
from desk.people.tables import accounts, sessions
from pipeline.audit.chain import note
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.store.statements import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who changes an account, and when: a login, or the system's account at a terminal."""

    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody is and sees; `*` among offices, queues or procedures is every one."""

    roles: frozenset[Role]
    offices: frozenset[str]
    queues: frozenset[str]
    procedures: frozenset[str]

    def columns(self) -> dict[str, list[str]]:
        """Return it as the record keeps it."""
        return {
            "roles": sorted(self.roles),
            "offices": sorted(self.offices),
            "queues": sorted(self.queues),
            "procedures": sorted(self.procedures),
        }


def make(store: Store, by: By, login: str, name: str, reach: Reach) -> tuple[Account, str]:
    """Make an account with a password for its first day; return both."""
    word = passwords.one_time()
    made = add(
        store,
        login,
        name,
        roles=reach.roles,
        offices=reach.offices,
        queues=reach.queues,
        procedures=reach.procedures,
        password=word,
        at=by.at,
        must_change=True,
    )
    with store.write() as connection:
        _note(connection, by, "account-made", made, **reach.columns())
    return made, word


def change(store: Store, by: By, account: Account, name: str, reach: Reach) -> None:
    """Change the name, roles and reach of an account; raise AccountError for what nobody may."""
    with store.write() as connection:
        now = _fresh(connection, account)
        _not_own(by, now, reach)
        if Role.ADMINISTRATOR not in reach.roles:
            _not_last(connection, now)
        values: dict[str, Any] = {"name": name.strip()[:128] or now.name, **reach.columns()}
        connection.execute(sa.update(accounts).where(accounts.c.id == now.id).values(**values))
        _note(connection, by, "account-changed", now, **reach.columns())


def lock(store: Store, by: By, account: Account) -> None:
    """Let somebody in no more, and out at once."""
    with store.write() as connection:
        if by.who == account.login:
            what = "Nadie bloquea su propia cuenta"
            raise AccountError("own_lock", what, "Pídaselo a otra persona administradora.")
        _not_last(connection, _fresh(connection, account))
        _set(connection, account, {"locked_at": by.at})
        connection.execute(sa.delete(sessions).where(sessions.c.account_id == account.id))
        _note(connection, by, "account-locked", account)


def unlock(store: Store, by: By, account: Account) -> None:
    """Let somebody in again."""
    with store.write() as connection:
        _set(connection, account, {"locked_at": None})
        _note(connection, by, "account-unlocked", account)


def give_password(store: Store, by: By, account: Account, password: str | None = None) -> str:
    """Give a password to be changed at once, by default one made here; end every session; return it."""
    word = password or passwords.one_time()
    _refuse_weak(word, account)
    kept = passwords.digest(word)
    with store.write() as connection:
        _set(connection, account, {"password": kept, "must_change": True})
        connection.execute(sa.delete(sessions).where(sessions.c.account_id == account.id))
        _note(connection, by, "password-given", account)
    return word


def choose_password(store: Store, by: By, account: Account, password: str) -> None:
    """Keep the password that somebody chose; raise UsageError for one that is too easy."""
    _refuse_weak(password, account)
    kept = passwords.digest(password)
    with store.write() as connection:
        _set(connection, account, {"password": kept, "must_change": False})
        _note(connection, by, "password-chosen", account)


def without_codes(store: Store, by: By, account: Account) -> None:
    """Ask for no one-time codes any more: the telephone was lost, or they are given up."""
    with store.write() as connection:
        _set(connection, account, {"totp": None, "totp_step": None, "recovery": []})
        _note(connection, by, "codes-taken-away", account)


def prefer(store: Store, account: Account, *, language: str, shortcuts: bool) -> None:
    """Keep the language and the shortcuts that somebody likes."""
    with store.write() as connection:
        _set(connection, account, {"language": language, "shortcuts": shortcuts})


def mapped(store: Store, by: By, account: Account, roles: Collection[Role], offices: Collection[str]) -> None:
    """Keep what a provider says of somebody, if it says another thing than before."""
    values = {"roles": sorted(roles), "offices": sorted(offices)}
    if (set(roles), set(offices)) == (set(account.roles), set(account.offices)):
        return
    with store.write() as connection:
        _set(connection, account, values)
        _note(connection, by, "account-mapped", account, **values)


def _refuse_weak(password: str, account: Account) -> None:
    """Refuse a password that is too easy."""
    why = passwords.weakness(password, login=account.login, name=account.name)
    if why is not None:
        raise WeakPasswordError(why)


class WeakPasswordError(UsageError):
    """A password that somebody else would find; `why` is the word for it."""

    def __init__(self, why: passwords.Weakness) -> None:
        """Say *why*."""
        super().__init__(
            "Esa contraseña no vale",
            f"Elija una frase de {passwords.SHORTEST} a {passwords.LONGEST} caracteres que nadie adivine: "
            "ni su nombre ni las que prueba todo el mundo.",
        )
        self.why = why


def _not_own(by: By, account: Account, reach: Reach) -> None:
    """Refuse that somebody changes what they may do or see themselves."""
    own = Reach(
        roles=account.roles, offices=account.offices, queues=account.queues, procedures=account.procedures
    )
    if by.who == account.login and own != reach:
        remedy = "Pídaselo a otra persona administradora; quedará anotado."
        raise AccountError("own_rights", "Nadie cambia sus propios permisos", remedy)


def _not_last(connection: Connection, account: Account) -> None:
    """Refuse to lose the last account that may give rights."""
    rows = connection.execute(sa.select(accounts).where(accounts.c.locked_at.is_(None)))
    left = [one for one in map(account_of, rows) if Role.ADMINISTRATOR in one.roles]
    if [one.id for one in left] == [account.id]:
        raise AccountError("last", "Es la última cuenta administradora", "Nombre antes a otra persona.")


def _fresh(connection: Connection, account: Account) -> Account:
    """Return the account as it is now."""
    return account_of(connection.execute(sa.select(accounts).where(accounts.c.id == account.id)).one())


def _set(connection: Connection, account: Account, values: Mapping[str, Any]) -> None:
    """Keep *values* of an account."""
    connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(**values))


def _note(connection: Connection, by: By, did: str, account: Account, **detail: object) -> None:
    """Add the line of the audit."""
    told = {"account": account.login, **detail}
    note(Statements(connection), by.who, did, by.at, case=None, **told)
