"""Somebody who shows at a terminal who they are: their password, and the code of their telephone."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from desk.people.accounts import Account
    from desk.people.rights import Right
    from pipeline.settings import Settings
    from pipeline.store import Store


def typed(what: str) -> str:
    """Return what is typed where nobody reads it, or the next line of the input; never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(what, hide_input=True, err=True))


def vouched(
    store: Store, settings: Settings, login: str, rights: Collection[Right], at: dt.datetime
) -> Account:
    """Ask for somebody's password, and for a code where they have a telephone; return their account.

    Raise AccountError where they do not give them, or have none of *rights*; failed tries are counted.
    """
    from desk.people.accounts import by_login
    from desk.people.both import Given, came
    from desk.people.sealing import seals

    password = typed(f"Contraseña de {login}")
    known = by_login(store, login)
    code = typed(f"Código del teléfono de {login}") if known is not None and known.totp else ""
    return came(store, seals(settings.desk), Given(login=login, password=password, code=code), rights, at)
