"""`ventanilla case export --subject`: the data of one person; somebody asks, and another approves."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from desk.people.accounts import Account
    from desk.people.rights import Right
    from pipeline.exchange.subject import Reason, Source
    from pipeline.settings import Settings
    from pipeline.store import Store

REASONS = ("access", "portability", "authority")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}")


class Wanted(NamedTuple):
    """What was said of a request on the command line."""

    asked_by: str | None
    approved_by: str | None
    why: Reason | None
    reference: str | None


def of_subject(number: str, wanted: Wanted, out: Path | None) -> None:
    """Write what is one person's; *number* may be `-`, and is then typed where nobody reads it."""
    from desk.cli.export import new_file
    from pipeline.exchange.of_person import asked
    from pipeline.exchange.subject import Request, gather
    from pipeline.settings import load
    from pipeline.store import open_store

    asked_by, approved_by, why, reference = _whole(wanted)
    person = asked(_typed("Número de documento") if number == "-" else number)
    settings, at = load(), dt.datetime.now(dt.UTC)
    target = out or Path(f"DATOS_{at:%Y%m%d-%H%M%S}.zip")
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        asks, approves = _two(store, settings, asked_by, approved_by, at)
        request = Request(
            asked_by=asks.login, approved_by=approves.login, why=why, reference=reference, at=at
        )
        try:
            with new_file(target) as file:
                made = gather(_source(store, settings), person, request, file, asks.reaches)
        except PermissionError:
            what = f"{asks.login} no ve todas las oficinas en las que figura la persona"
            raise UsageError(what, "Lo ha de pedir quien las vea todas.") from None
    print(f"{target}: {len(made.cases)} expedientes, {made.own} papeles propios")
    if made.look:
        click.echo(f"ventanilla: aviso: {made.look} papeles de por-mirar nombran también a otros", err=True)


def _whole(wanted: Wanted) -> tuple[str, str, Reason, str]:
    """Return what was said; raise UsageError where something is missing."""
    asked_by, approved_by, why, reference = wanted
    if not (asked_by and approved_by and why and reference and _REFERENCE.fullmatch(reference)):
        what = "Faltan datos de la petición"
        remedy = (
            "Dé --asked-by, --approved-by, --reason y --reference (el número de registro de la petición)."
        )
        raise UsageError(what, remedy)
    return asked_by, approved_by, why, reference


def _source(store: Store, settings: Settings) -> Source:
    """Return where papers are taken from."""
    from pipeline.exchange.subject import Source
    from pipeline.pictures.pictures import Pictures

    shelf = Pictures(store, settings).shelf
    return Source(store=store, limits=settings.limits, shelf=shelf)


def _typed(what: str) -> str:
    """Return what is typed where nobody reads it, or the next line of the input; never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(what, hide_input=True, err=True))


def _two(
    store: Store, settings: Settings, asked_by: str, approved_by: str, at: dt.datetime
) -> tuple[Account, Account]:
    """Return who asks and who approves, each of whom has shown who they are."""
    from desk.people.both import apart
    from desk.people.rights import Right

    asks = _came(store, settings, asked_by, (Right.CASES,), at)
    approves = _came(store, settings, approved_by, (Right.AUDIT, Right.CONFIRM), at)
    apart(asks, approves)
    return asks, approves


def _came(
    store: Store, settings: Settings, login: str, rights: tuple[Right, ...], at: dt.datetime
) -> Account:
    """Ask for somebody's password, and for the code of their telephone where they have one."""
    from desk.people.accounts import by_login
    from desk.people.both import Given, came
    from desk.people.sealing import seals

    password = _typed(f"Contraseña de {login}")
    known = by_login(store, login)
    code = _typed(f"Código del teléfono de {login}") if known is not None and known.totp else ""
    return came(store, seals(settings.desk), Given(login=login, password=password, code=code), rights, at)
