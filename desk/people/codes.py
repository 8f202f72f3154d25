"""One-time codes of a telephone (TOTP, RFC 6238) and the codes for who loses it.

The secret lies in the record sealed for its account alone; each code is good once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

import pyotp
import segno
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.people.accounts import Account
from desk.people.rights import Role
from desk.people.sealing import Seals
from desk.people.tables import accounts
from pipeline.desk_chosen import Entrance
from pipeline.store import Store

STEP_SECONDS = 30
SPARE = 10
"""How many codes are given for who loses the telephone."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_DRIFT = 1
"""How many steps the clock of a telephone may be before or behind."""


def required(chosen: Entrance, account: Account) -> bool:
    """Whether somebody may not come in by password alone."""
    roles: set[Role | str] = set(account.roles)
    return chosen.totp == "required" and (not chosen.totp_roles or bool(roles & set(chosen.totp_roles)))


def new_secret() -> str:
    """Return a secret for a telephone, in base 32."""
    return pyotp.random_base32()


def picture(secret: str, login: str, issuer: str) -> str:
    """Return the secret as a square of dots that a telephone reads: SVG, without style or script."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
    square = segno.make(address, error="m")
    return str(
        square.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="dots", lineclass=None)
    )


def step_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """Return the step of time whose code this is, None if it is none of about now."""
    plain = "".join(code.split())
    now = int(at.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret)
    if not (plain.isascii() and plain.isdigit()):
        return None
    steps = range(now - _DRIFT, now + _DRIFT + 1)
    return next(
        (step for step in steps if secrets.compare_digest(codes.at(step * STEP_SECONDS), plain)), None
    )


def set_up(store: Store, seals: Seals, account: Account, secret: str, step: int) -> tuple[str, ...]:
    """Ask for codes of this secret from now on, after the one of *step*; return the spare codes."""
    spare = tuple(_spare() for _ in range(SPARE))
    values = {
        "totp": seals.seal(_purpose(account), secret.encode()),
        "totp_step": step,
        "recovery": [_digest(code) for code in spare],
    }
    with store.write() as connection:
        connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(**values))
    return spare


def used(store: Store, seals: Seals, account: Account, code: str, at: dt.datetime) -> bool:
    """Use up a code or a spare one; return whether it was good."""
    with store.write() as connection:
        return _code(connection, seals, account, code, at) or _spare_used(connection, account, code)


def _code(connection: Connection, seals: Seals, account: Account, code: str, at: dt.datetime) -> bool:
    """Use up a code of the telephone: only one of a later step than the last one that was used."""
    row = connection.execute(_row(account)).one()
    secret = seals.opened(_purpose(account), row.totp or "")
    step = None if secret is None else step_of(secret.decode(), code, at)
    if step is None or (row.totp_step is not None and step <= row.totp_step):
        return False
    connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(totp_step=step))
    return True


def _spare_used(connection: Connection, account: Account, code: str) -> bool:
    """Use up a spare code."""
    left = list(connection.execute(_row(account)).one().recovery)
    given = _digest(code)
    if given not in left:
        return False
    left.remove(given)
    connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(recovery=left))
    return True


def _row(account: Account) -> sa.Select[tuple[str | None, int | None, list[str]]]:
    """Return the query of what is kept of somebody's codes."""
    columns = (accounts.c.totp, accounts.c.totp_step, accounts.c.recovery)
    return sa.select(*columns).where(accounts.c.id == account.id)


def _purpose(account: Account) -> str:
    """Return what a secret is sealed for: moved to another account it does not open."""
    return f"totp:{account.id}"


def _spare() -> str:
    """Return a spare code: 79 bits, in four groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _digest(code: str) -> str:
    """Return what the record keeps of a spare code, however it was typed: it is too long to be guessed."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
