"""`ventanilla digest`: the mail of the morning, shown or sent."""

from __future__ import annotations

import datetime as dt

import click

from pipeline.errors import UsageError


def register(app: click.Group) -> None:
    """Add `digest`."""
    app.add_command(digest)


@click.command()
@click.option("--show", is_flag=True, help="Solo lo escribe, con las cifras de ahora; no envía nada.")
@click.option(
    "--language", type=click.Choice(["es", "gl", "en"]), default="es", help="En qué lengua, con --show."
)
@click.option(
    "--office", "offices", multiple=True, metavar="CODE", help="De qué oficinas, con --show; todas si no."
)
@click.option("--html", is_flag=True, help="Con --show, como lo ve un programa de correo.")
def digest(*, show: bool, language: str, offices: tuple[str, ...], html: bool) -> None:
    """Envía el correo de cifras a quien aún no lo tiene hoy; a cada dirección, uno por día hábil."""
    from pipeline.calendars import at_hand
    from pipeline.digest.chosen import Receiver
    from pipeline.digest.owed import Mornings
    from pipeline.digest.written import html as as_html
    from pipeline.digest.written import text
    from pipeline.settings import load
    from pipeline.store import open_store

    settings, now = load(), dt.datetime.now(dt.UTC)
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        mornings = Mornings(store, settings, at_hand(settings.calendars))
        if show:
            receiver = Receiver(address="nadie@example.org", offices=offices, language=language)  # type: ignore[arg-type] # click gives one of the three
            told = mornings.mail(receiver, now)
            print(as_html(told, language) if html else f"{told.subject}\n\n{text(told)}", end="")
            return
        if not settings.digest.wanted:
            remedy = "Ponga digest.host y digest.receivers en ventanilla.toml, o use --show."
            raise UsageError("No se ha dicho a quién ni por dónde se envía", remedy)
        print(f"Enviados: {mornings.send(now)}")
