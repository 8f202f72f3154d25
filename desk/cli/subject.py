"""`ventanilla case export --subject`: the data of one person; somebody asks, and another approves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from desk.cli.vouched import typed, vouched
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from desk.people.accounts import Account
    from pipeline.exchange.subject import Place, Reason, Source
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
    person = asked(typed("Número de documento") if number == "-" else number)
    settings, at = load(), dt.datetime.now(dt.UTC)
    target = out or Path(f"DATOS_{at:%Y%m%d-%H%M%S}.zip")
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        asks, approves = _two(store, settings, asked_by, approved_by, at)
        request = Request(
            asked_by=asks.login, approved_by=approves.login, why=why, reference=reference, at=at
        )
        try:
            with new_file(target) as file:
                made = gather(_source(store, settings), person, request, file, _may(asks, approves))
        except PermissionError:
            what = "Quien pide o quien aprueba no ve todos los expedientes en los que figura la persona"
            raise UsageError(what, "Lo han de pedir y aprobar quienes los vean todos.") from None
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


def _two(
    store: Store, settings: Settings, asked_by: str, approved_by: str, at: dt.datetime
) -> tuple[Account, Account]:
    """Return who asks and who approves, each of whom has shown who they are."""
    from desk.people.both import apart
    from desk.people.rights import Right

    asks = vouched(store, settings, asked_by, (Right.CASES,), at)
    approves = vouched(store, settings, approved_by, (Right.AUDIT, Right.CONFIRM), at)
    apart(asks, approves)
    return asks, approves


def _may(asks: Account, approves: Account) -> Callable[[Place], bool]:
    """Return what tells whether both may see a case: nobody approves what they could not look at."""

    def may(place: Place) -> bool:
        """Whether whoever asks sees it among their cases, and whoever approves reaches its office."""
        return asks.sees(*place) and approves.reaches(place.office)

    return may
