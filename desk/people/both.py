"""Two people for one act at a terminal of the machine: one asks, another approves, each with their password.

asks = came(store, seals, Given(login="ana", password="...", code=""), (Right.CASES,), at)
approves = came(store, seals, Given(...), (Right.AUDIT,), at)
apart(asks, approves)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from desk.people.accounts import Account, AccountError, checked
from desk.people.codes import used
from desk.people.rights import Right
from desk.people.sealing import Seals
from desk.people.tries import begun, counted, for_code, succeeded
from pipeline.store import Store

TERMINAL = "terminal"
"""What stands for the address of whoever types at the machine itself, where failed tries are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody typed to show who they are; `code` is empty where none is asked for."""

    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


def came(store: Store, seals: Seals, given: Given, rights: Collection[Right], at: dt.datetime) -> Account:
    """Return the account of who gave its password, and its code where it has one, and has one of *rights*.

    Raises:
        AccountError: they did not, or may not; after some that failed, for a while nobody may try.
    """
    by = counted(given.login, TERMINAL, None)
    pause = begun(store, by, at)
    if pause is not None:
        seconds = int(pause.total_seconds()) + 1
        raise AccountError("wait", "Demasiados intentos", f"Espere {seconds} segundos y repita la orden.")
    account = checked(store, given.login, given.password)
    if account is None:
        raise AccountError("wrong", "Cuenta o contraseña no valen", "Compruébelas y repita la orden.")
    if account.must_change:
        remedy = "Entre antes en la mesa y elija una suya."
        raise AccountError("must_change", f"{account.login}: la contraseña es la de la primera vez", remedy)
    if account.totp:
        _coded(store, seals, account, given.code, at)
    succeeded(store, by, at)
    if not any(account.may(one) for one in rights):
        raise AccountError("no_right", f"{account.login} no tiene permiso para esto", "Véase docs/rights.md.")
    return account


def _coded(store: Store, seals: Seals, account: Account, code: str, at: dt.datetime) -> None:
    """Use up a code of somebody's telephone; raise AccountError where it is none."""
    by = for_code(account.id)
    if begun(store, by, at) is not None or not used(store, seals, account, code, at):
        raise AccountError("code", f"{account.login}: el código no vale", "Repita la orden con el siguiente.")
    succeeded(store, by, at)


def apart(one: Account, other: Account) -> None:
    """Refuse that one person does both parts."""
    if one.id == other.id:
        what = "Quien pide y quien aprueba son la misma cuenta"
        raise AccountError("same", what, "Lo ha de aprobar otra persona.")
