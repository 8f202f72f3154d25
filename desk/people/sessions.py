"""Who has come in: a token in a cookie, its digest in the record.

Each step of coming in begins a session of its own with a new token: one that somebody had before, or made
another take over, opens nothing afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Row

from desk.people.accounts import Account, account_of
from desk.people.tables import accounts, sessions
from pipeline.store import Store

Way = Literal["password", "oidc", "proxy"]
Owed = Literal["", "code", "password", "totp"]
_SIGN_OF_LIFE = dt.timedelta(minutes=1)
_KEPT = dt.timedelta(days=1)
"""For how long a session that ended is remembered, to know whose text was sent after its end."""


class Ends(NamedTuple):
    """A session ends after so long without a sign of life, and after so long in any case."""

    idle: dt.timedelta = dt.timedelta(minutes=20)
    longest: dt.timedelta = dt.timedelta(hours=10)


class Session(NamedTuple):
    """Somebody who has come in. `csrf` goes with every form.

    `owes` is the step that is left before somebody is in, empty for who is. `before_at` and `before_from`
    tell of the account's access before this one, if there was any.
    """

    id: str
    account: Account
    csrf: str
    begun_at: dt.datetime
    seen_at: dt.datetime
    way: Way = "password"
    owes: Owed = ""
    address: str = ""
    agent: str = ""
    before_at: dt.datetime | None = None
    before_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How somebody comes in: when, by which *way*, from which address, with which browser."""

    at: dt.datetime
    way: Way = "password"
    owes: Owed = ""
    address: str = ""
    agent: str = ""


def begin(store: Store, account: Account, coming: Coming) -> str:
    """Let somebody in, or one step further; return the token for the cookie."""
    token = secrets.token_urlsafe(32)
    row = {
        "id": _digest(token),
        "account_id": account.id,
        "csrf": secrets.token_urlsafe(32),
        "begun_at": coming.at,
        "seen_at": coming.at,
        "way": coming.way,
        "owes": coming.owes,
        "address": coming.address[:64],
        "agent": coming.agent[:200],
        "before_at": account.last_at,
        "before_from": account.last_from,
    }
    with store.write() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.seen_at < coming.at - _KEPT))
        connection.execute(sa.insert(sessions).values(**row))
        if not coming.owes:
            seen = {"last_at": coming.at, "last_from": coming.address[:64]}
            connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(**seen))
    return token


def current(
    store: Store,
    token: str,
    at: dt.datetime,
    ends: Ends = Ends(),  # noqa: B008 - frozen
    *,
    alive: bool = True,
) -> Session | None:
    """Return the session of a cookie, None if it ended or its account is locked.

    What a page asks by itself is no sign of life: *alive* is False then, and the session ends in its time.
    """
    found = known(store, token)
    if found is None or found.account.locked or not _lasts(found, at, ends):
        return None
    if alive and at - found.seen_at > _SIGN_OF_LIFE:
        with store.write() as connection:
            connection.execute(sa.update(sessions).where(sessions.c.id == found.id).values(seen_at=at))
    return found


def known(store: Store, token: str) -> Session | None:
    """Return the session of a cookie, also one that ended less than a day ago by time alone."""
    query = _joined().where(sessions.c.id == _digest(token))
    with store.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else _session(row)


def open_ones(store: Store, account: Account, at: dt.datetime, ends: Ends) -> tuple[Session, ...]:
    """Return the sessions of somebody that are not over, the newest first."""
    query = _joined().where(sessions.c.account_id == account.id).order_by(sessions.c.begun_at.desc())
    with store.read() as connection:
        found = [_session(row) for row in connection.execute(query)]
    return tuple(one for one in found if not one.owes and _lasts(one, at, ends))


def end(store: Store, session: Session) -> bool:
    """Let somebody out; return whether they were in."""
    with store.write() as connection:
        return connection.execute(sa.delete(sessions).where(sessions.c.id == session.id)).rowcount > 0


def end_all(store: Store, account_id: str, but: str = "") -> int:
    """End every session of an account *but* the one of that id; return how many."""
    query = sa.delete(sessions).where(sessions.c.account_id == account_id, sessions.c.id != but)
    with store.write() as connection:
        return connection.execute(query).rowcount


def _joined() -> sa.Select[Any]:
    """Return the query of sessions with their accounts."""
    columns = [column.label(f"session_{column.name}") for column in sessions.c]
    return sa.select(accounts, *columns).join(sessions, sessions.c.account_id == accounts.c.id)


def _session(row: Row[Any]) -> Session:
    """Return a row of `_joined` as a session."""
    told = {name: getattr(row, f"session_{name}") for name in Session._fields if name != "account"}
    return Session(account=account_of(row), **told)


def _lasts(session: Session, at: dt.datetime, ends: Ends) -> bool:
    """Whether a session is not over; one of a time to come was begun before the clock was set back."""
    return abs(at - session.seen_at) <= ends.idle and abs(at - session.begun_at) <= ends.longest


def _digest(token: str) -> str:
    """Return what the record keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
