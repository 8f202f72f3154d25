"""`ventanilla user`: the accounts of the desk, from a terminal of the machine."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from desk.people.accounts import Account
    from desk.people.changing import By, Reach
    from pipeline.store import Store

ROLES = ("clerk", "reviewer", "supervisor", "manager", "administrator", "auditor")
_MANY = "se puede repetir"


def register(app: click.Group) -> None:
    """Add `user`."""
    app.add_command(user)


@click.group()
def user() -> None:
    """Las cuentas de quienes entran en la mesa."""


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="Nombre y apellidos.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help=f"Función; {_MANY}."
)
@click.option(
    "--office", "offices", multiple=True, help=f"Oficina cuyos expedientes ve; {_MANY}. Todas: '*'."
)
@click.option("--queue", "queues", multiple=True, help=f"Solo esta cola; {_MANY}.")
@click.option("--procedure", "procedures", multiple=True, help=f"Solo este procedimiento; {_MANY}.")
@click.option(
    "--language", type=click.Choice(["es", "gl", "en"]), default="es", help="Idioma de sus páginas."
)
@click.option(
    "--ask",
    "--password",
    "ask",
    is_flag=True,
    help="Pide la contraseña, en vez de hacer una para la primera vez.",
)
def add(login: str, name: str, *, language: str, ask: bool, **reach: tuple[str, ...]) -> None:
    """Hace la cuenta LOGIN e imprime una contraseña que se cambia al entrar."""
    from desk.people.accounts import speak
    from desk.people.changing import choose_password, make

    with _store() as store:
        made, word = make(store, _by(), login, name, _reach(**reach))
        _remark(reach["offices"])
        speak(store, made, language)
        if ask:
            choose_password(store, _by(), made, _asked())
            print(f"{made.login}: cuenta hecha.")
        else:
            print(f"{made.login}: cuenta hecha. Contraseña para la primera vez: {word}")


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON.")
def list_(*, as_json: bool) -> None:
    """Enseña las cuentas."""
    from desk.people.accounts import everybody

    with _store() as store:
        found = everybody(store)
    if as_json:
        print(
            json.dumps({"schema_version": 1, "accounts": [_told(one) for one in found]}, ensure_ascii=False)
        )
        return
    for one in found:
        state = " BLOQUEADA" if one.locked else ""
        offices = ", ".join(sorted(one.offices)) or "-"
        print(f"{one.login:<24} {', '.join(sorted(one.roles)):<28} {offices}{state}")


@user.command()
@click.argument("login")
@click.option("--name", help="Nombre y apellidos.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    help=f"Funciones, todas las que tendrá; {_MANY}.",
)
@click.option("--office", "offices", multiple=True, help=f"Oficinas, todas las que verá; {_MANY}.")
@click.option("--queue", "queues", multiple=True, help=f"Solo esta cola; {_MANY}. Todas: '*'.")
@click.option(
    "--procedure", "procedures", multiple=True, help=f"Solo este procedimiento; {_MANY}. Todos: '*'."
)
def change(login: str, name: str | None, **reach: tuple[str, ...]) -> None:
    """Cambia lo que se diga de la cuenta LOGIN; lo demás queda como estaba."""
    from desk.people import changing

    with _store() as store:
        account = _found(store, login)
        kept = {part: reach[part] or tuple(getattr(account, part)) for part in reach}
        changing.change(store, _by(), account, name or account.name, _reach(**kept))
        _remark(reach["offices"])
    print(f"{account.login}: cambiada.")


@user.command()
@click.argument("login")
def lock(login: str) -> None:
    """Bloquea la cuenta LOGIN y cierra sus sesiones."""
    from desk.people import changing

    with _store() as store:
        changing.lock(store, _by(), _found(store, login))
    print(f"{login}: bloqueada.")


@user.command()
@click.argument("login")
def unlock(login: str) -> None:
    """Deja entrar otra vez a la cuenta LOGIN."""
    from desk.people import changing

    with _store() as store:
        changing.unlock(store, _by(), _found(store, login))
    print(f"{login}: desbloqueada.")


@user.command()
@click.argument("login")
@click.option("--ask", is_flag=True, help="Pide la contraseña (o la lee de la entrada), en vez de hacer una.")
@click.option("--no-codes", is_flag=True, help="Además, deja de pedir los códigos del teléfono perdido.")
def password(login: str, *, ask: bool, no_codes: bool) -> None:
    """Da a la cuenta LOGIN una contraseña que se cambia al entrar, y cierra sus sesiones."""
    from desk.people import changing

    with _store() as store:
        account = _found(store, login)
        word = changing.give_password(store, _by(), account, _asked() if ask else None)
        if no_codes:
            changing.without_codes(store, _by(), account)
    print(f"{account.login}: contraseña cambiada." + ("" if ask else f" Para la primera vez: {word}"))


@user.command(name="rights")
def rights_() -> None:
    """Imprime docs/rights.md: qué puede hacer cada función, y por qué puerta."""
    from desk.web.rights_page import page

    sys.stdout.write(page())


@contextmanager
def _store() -> Iterator[Store]:
    """Give the record of the settings."""
    from pipeline.settings import load
    from pipeline.store import open_store

    storage = load().storage
    with open_store(storage.database, storage.blobs) as store:
        yield store


def _remark(offices: tuple[str, ...]) -> None:
    """Say which of the offices that were typed are not here."""
    from desk.cli.codes import remark
    from pipeline.settings import load

    remark(load(), offices)


def _found(store: Store, login: str) -> Account:
    """Return the account; raise UsageError where there is none."""
    from desk.people.accounts import by_login

    account = by_login(store, login)
    if account is None:
        raise UsageError("No hay una cuenta con ese nombre", "Vea las que hay con `ventanilla user list`.")
    return account


def _by() -> By:
    """Say who types the command: the account of the machine, marked so that it is none of the desk's."""
    from desk.people.changing import By

    return By(who=f"@{getpass.getuser()}"[:64], at=dt.datetime.now(dt.UTC))


def _reach(
    roles: tuple[str, ...], offices: tuple[str, ...], queues: tuple[str, ...], procedures: tuple[str, ...]
) -> Reach:
    """Return what the options say of roles and reach."""
    from desk.people.accounts import ALL
    from desk.people.changing import Reach
    from desk.people.rights import Role

    return Reach(
        roles=frozenset(Role(role) for role in roles),
        offices=frozenset(offices),
        queues=frozenset(queues) or ALL,
        procedures=frozenset(procedures) or ALL,
    )


def _asked() -> str:
    """Return a password from the terminal, typed twice, or the first line of the input; never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Contraseña", hide_input=True, confirmation_prompt="La misma otra vez", err=True))


def _told(account: Account) -> dict[str, Any]:
    """Return an account for a program."""
    parts = ("roles", "offices", "queues", "procedures")
    return {
        "login": account.login,
        "name": account.name,
        **{part: sorted(getattr(account, part)) for part in parts},
        "language": account.language,
        "locked": account.locked,
        "codes": account.totp,
        "must_change": account.must_change,
        "last_at": account.last_at.isoformat() if account.last_at else None,
    }
