"""The keys of the offices' programs: shown once, kept as a digest, each for some offices and some rights."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from desk.api.tables import api_keys
from pipeline.audit.chain import note
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.store.statements import Statements
from pipeline.ulid import ulid

LEAD = "vk_"
EVERY = "*"
"""Every office."""
PER_MINUTE, MOST_PER_MINUTE = 120, 100_000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,47}")
_OFFICE = re.compile(r"[A-Z][A-Z0-9]{1,15}|\*")
_BETWEEN_LOOKS = dt.timedelta(minutes=1)


class NotMadeError(UsageError):
    """The key was not made; `why` is `name`, `office`, `right`, `pace`, `taken` or `again`."""

    def __init__(self, why: str, what: str, remedy: str) -> None:
        """Say *why* in a word, and as any error of a command."""
        super().__init__(what, remedy)
        self.why = why


class Right(StrEnum):
    """What a program may do."""

    SUBMIT = "submit"
    """Hand papers in, and have the receipts."""
    STATUS = "status"
    """See how cases stand: nothing of a person's."""
    CASES = "cases"
    """See all that was read and judged, as in `process --json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One program's key. What is recorded of what it does names it as `who`."""

    id: str
    name: str
    start: str
    offices: frozenset[str]
    rights: frozenset[Right]
    per_minute: int
    made_by: str
    made_at: dt.datetime
    revoked_at: dt.datetime | None
    last_at: dt.datetime | None

    @property
    def who(self) -> str:
        """The name in the audit: no account has a colon in its own."""
        return f"programa:{self.name}"

    def may(self, *rights: Right) -> bool:
        """Whether it has one of *rights*."""
        return not self.rights.isdisjoint(rights)

    def reaches(self, office: str) -> bool:
        """Whether the cases of an office are this program's."""
        return EVERY in self.offices or office in self.offices


def make(
    store: Store,
    name: str,
    *,
    offices: Collection[str],
    rights: Collection[Right],
    by: str,
    at: dt.datetime,
    per_minute: int | None = None,
    once: str | None = None,
) -> str:
    """Make a key and return it: it is never seen again.

    Raises:
        NotMadeError: the name is taken or none, no office or right is given, or the form was sent before.
    """
    _refuse(name, offices, rights, per_minute)
    secret = LEAD + secrets.token_urlsafe(32)
    values = {
        "id": ulid(at),
        "name": name,
        "digest": _digest(secret),
        "start": secret[: len(LEAD) + 6],
        "offices": sorted(offices),
        "rights": sorted(rights),
        "per_minute": per_minute,
        "made_by": by,
        "made_at": at,
        "once": once or None,
    }
    with store.write() as connection:
        _taken(connection, name, once)
        connection.execute(sa.insert(api_keys).values(**values))
        told: dict[str, Any] = {"key": name, "offices": sorted(offices), "rights": sorted(rights)}
        note(Statements(connection), by, "key-made", at, **told)
    return secret


def _refuse(name: str, offices: Collection[str], rights: Collection[Right], per_minute: int | None) -> None:
    """Raise NotMadeError unless all is as it must be."""
    if not _NAME.fullmatch(name):
        remedy = "De 2 a 48 letras minúsculas, cifras, punto o guion."
        raise NotMadeError("name", "El nombre de la clave no sirve", remedy)
    if not offices or not all(_OFFICE.fullmatch(office) for office in offices):
        what = "Falta la oficina de la clave, o no es un código"
        raise NotMadeError("office", what, "Escríbalo como CEU01.")
    if not rights:
        raise NotMadeError("right", "La clave no permite nada", f"Elija entre {', '.join(Right)}.")
    if per_minute is not None and not 1 <= per_minute <= MOST_PER_MINUTE:
        what = "El límite por minuto no sirve"
        raise NotMadeError("pace", what, f"Escriba un número, de 1 a {MOST_PER_MINUTE}.")


def _taken(connection: Connection, name: str, once: str | None) -> None:
    """Raise NotMadeError where the form was sent before, or there is a key of that name."""
    if once and connection.execute(sa.select(api_keys.c.id).where(api_keys.c.once == once)).first():
        what = "Ese formulario ya se envió, y su clave ya se mostró"
        raise NotMadeError("again", what, "Si no la guardó, revóquela y haga otra.")
    if connection.execute(sa.select(api_keys.c.id).where(api_keys.c.name == name)).first():
        raise NotMadeError("taken", "Ya hay una clave con ese nombre", "Elija otro, o revoque la que hay.")


def keys(store: Store) -> tuple[Key, ...]:
    """Return all keys that were ever made, the newest first."""
    with store.read() as connection:
        return tuple(
            _key(row) for row in connection.execute(sa.select(api_keys).order_by(api_keys.c.id.desc()))
        )


def by_secret(store: Store, secret: str, at: dt.datetime) -> Key | None:
    """Return the key that was shown as *secret*, None where there is none or it was revoked."""
    if not secret.startswith(LEAD):
        return None
    # found by its digest: how long that takes tells nothing of the secret
    mine = (api_keys.c.digest == _digest(secret), api_keys.c.revoked_at.is_(None))
    with store.read() as connection:
        row = connection.execute(sa.select(api_keys).where(*mine)).first()
    if row is None:
        return None
    if row.last_at is None or at - row.last_at > _BETWEEN_LOOKS:
        with store.write() as connection:
            connection.execute(sa.update(api_keys).where(api_keys.c.id == row.id).values(last_at=at))
    return _key(row)


def revoke(store: Store, name: str, *, by: str, at: dt.datetime) -> None:
    """Let a key open nothing any more; raise UsageError where there is none of that name in force."""
    mine = (api_keys.c.name == name, api_keys.c.revoked_at.is_(None))
    with store.write() as connection:
        done = connection.execute(sa.update(api_keys).where(*mine).values(revoked_at=at)).rowcount
        if not done:
            raise UsageError("No hay ninguna clave en vigor con ese nombre", "Vea `ventanilla key list`.")
        note(Statements(connection), by, "key-revoked", at, key=name)


def _key(row: Row[Any]) -> Key:
    """Return a row as a key; a right that this program does not know gives none."""
    known = set(Right)
    return Key(
        id=row.id,
        name=row.name,
        start=row.start,
        offices=frozenset(row.offices),
        rights=frozenset(Right(one) for one in row.rights if one in known),
        per_minute=row.per_minute or PER_MINUTE,
        made_by=row.made_by,
        made_at=row.made_at,
        revoked_at=row.revoked_at,
        last_at=row.last_at,
    )


def _digest(secret: str) -> str:
    """Return what the record keeps of a key: of 256 random bits, no slow digest is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
