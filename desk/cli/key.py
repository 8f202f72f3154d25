"""`ventanilla key` and `ventanilla webhook`: the programs of offices, who come in and are called back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store import Store

BY = click.option("--by", default="consola", metavar="CUENTA", help="Quién lo hace; queda anotado.")
OFFICES = click.option(
    "--office",
    "offices",
    multiple=True,
    required=True,
    metavar="CÓDIGO",
    help="Oficina, o * para todas; repetible.",
)


def register(app: click.Group) -> None:
    """Add `key` and `webhook`."""
    app.add_command(key)
    app.add_command(webhook)


class _Opened(NamedTuple):
    """The record, the hour, and the zone of the hours that people read."""

    store: Store
    now: dt.datetime
    settings: Settings

    def shown(self, at: dt.datetime | None) -> str:
        """Return a moment as people read it."""
        return "-" if at is None else f"{at.astimezone(self.now.tzinfo):%d/%m/%Y %H:%M}"


@contextmanager
def _opened() -> Iterator[_Opened]:
    """Give the record of this machine."""
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        yield _Opened(store, dt.datetime.now(ZoneInfo(settings.letters.zone)), settings)


@click.group()
def key() -> None:
    """Las claves de los programas de las oficinas (docs/api.md)."""


@key.command("add")
@click.argument("name", metavar="NOMBRE")
@OFFICES
@click.option(
    "--right",
    "rights",
    multiple=True,
    type=click.Choice(["submit", "status", "cases"]),
    default=("submit", "status"),
    help="Entregar, ver cómo están, ver su contenido; repetible. Por omisión, submit y status.",
)
@click.option("--per-minute", type=int, help="Llamadas por minuto que se le admiten.")
@BY
def key_add(
    name: str, offices: tuple[str, ...], rights: tuple[str, ...], per_minute: int | None, by: str
) -> None:
    """Hace una clave y la muestra, una sola vez."""
    from desk.api.keys import Right, make
    from desk.cli.codes import remark

    with _opened() as opened:
        given = [Right(one) for one in rights]
        secret = make(
            opened.store, name, offices=offices, rights=given, by=by, at=opened.now, per_minute=per_minute
        )
        remark(opened.settings, offices)
    click.echo("Guárdela ahora: no se vuelve a mostrar.", err=True)
    print(secret)


@key.command("list")
def key_list() -> None:
    """Lista las claves que ha habido: nunca enteras."""
    from desk.api.keys import keys

    with _opened() as opened:
        for one in keys(opened.store):
            state = f"revocada el {opened.shown(one.revoked_at)}" if one.revoked_at else "en vigor"
            print(
                f"{one.name:<24} {one.start}…  {','.join(sorted(one.offices)):<14} "
                f"{','.join(sorted(one.rights)):<20} {state}; último uso {opened.shown(one.last_at)}"
            )


@key.command("revoke")
@click.argument("name", metavar="NOMBRE")
@BY
def key_revoke(name: str, by: str) -> None:
    """Deja una clave sin efecto desde ahora."""
    from desk.api.keys import revoke

    with _opened() as opened:
        revoke(opened.store, name, by=by, at=opened.now)
    print(f"La clave {name} ya no abre nada.")


@click.group()
def webhook() -> None:
    """Las direcciones a las que se avisa de lo que ocurre a los expedientes (docs/api.md)."""


@webhook.command("add")
@click.argument("url")
@OFFICES
@BY
def webhook_add(url: str, offices: tuple[str, ...], by: str) -> None:
    """Añade una dirección y muestra, una sola vez, el secreto con que se firman los avisos."""
    from desk.cli.codes import remark
    from pipeline.webhooks.book import add

    with _opened() as opened:
        identifier, secret = add(opened.store, url, offices=offices, by=by, at=opened.now)
        remark(opened.settings, offices)
    click.echo(f"Dirección {identifier}. Guarde el secreto ahora: no se vuelve a mostrar.", err=True)
    print(secret)


@webhook.command("list")
def webhook_list() -> None:
    """Lista las direcciones y cómo van sus avisos."""
    from pipeline.webhooks.book import book

    with _opened() as opened:
        for one in book(opened.store):
            state = f"retirada el {opened.shown(one.ended_at)}" if one.ended_at else "en uso"
            calls = f"{one.done} avisos tomados, {one.waiting} pendientes, {one.given_up} abandonados"
            print(f"{one.id}  {','.join(one.offices):<10} {one.url}  {state}")
            print(f"  {calls}; última respuesta: {one.answered or '-'}")


@webhook.command("remove")
@click.argument("identifier", metavar="ID")
@BY
def webhook_remove(identifier: str, by: str) -> None:
    """Deja de avisar a una dirección."""
    from pipeline.webhooks.book import end

    with _opened() as opened:
        end(opened.store, identifier, by=by, at=opened.now)
    print("Ya no se avisa a esa dirección.")


@webhook.command("retry")
@click.argument("identifier", metavar="ID")
@BY
def webhook_retry(identifier: str, by: str) -> None:
    """Vuelve a enviar los avisos que se abandonaron."""
    from pipeline.webhooks.book import again

    with _opened() as opened:
        count = again(opened.store, identifier, by=by, at=opened.now)
    print(f"{count} avisos se enviarán otra vez.")
