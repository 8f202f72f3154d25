"""`ventanilla case export`: the file of a case for another body, a court or an archive; and its check."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from desk.cli.case import case
from desk.cli.subject import REASONS, Wanted, of_subject
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.exchange.subject import Reason
    from pipeline.exchange.verifying import Verdict, Wrong

_NEEDS_A_PERSON = 3
WHY = ("body", "court", "archive", "person", "other")


def register(app: click.Group) -> None:
    """Add `export` to `case`."""
    del app
    case.add_command(export)


@click.command()
@click.argument("name", required=False, metavar="[NUMBER|ID]")
@click.option("--out", type=click.Path(path_type=Path), help="Archivo que se escribe; no se sobrescribe.")
@click.option(
    "--why",
    type=click.Choice(WHY),
    default="body",
    help="Para quién: otro órgano, un juzgado, un archivo, la persona interesada.",
)
@click.option("--without-codes", is_flag=True, help="Aunque falten los códigos DIR3 o SIA: se dirá.")
@click.option("--unsigned", is_flag=True, help="Sin firmar el índice: se dirá.")
@click.option(
    "--subject",
    metavar="DOCUMENTO",
    help="Los datos de una persona (RGPD, art. 15) por su número; «-» lo pide, para que nadie lo lea.",
)
@click.option("--asked-by", metavar="CUENTA", help="Con --subject: quién lo pide.")
@click.option("--approved-by", metavar="CUENTA", help="Con --subject: quién lo aprueba; otra persona.")
@click.option("--reason", type=click.Choice(REASONS), help="Con --subject: por qué.")
@click.option("--reference", metavar="REGISTRO", help="Con --subject: el número de registro de la petición.")
@click.option(
    "--verify",
    "given",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Comprueba un ZIP ya hecho, y no exporta nada.",
)
def export(  # noqa: PLR0913 - each is an option of the command
    name: str | None,
    *,
    out: Path | None,
    why: str,
    subject: str | None,
    asked_by: str | None,
    approved_by: str | None,
    reason: Reason | None,
    reference: str | None,
    given: Path | None,
    without_codes: bool,
    unsigned: bool,
) -> None:
    """Entrega el expediente entero: originales, acuses, cartas y notificaciones, con su índice firmado.

    Con --subject entrega lo de una persona: las dos cuentas dan su contraseña (o dos líneas de la entrada).
    Con --verify dice si un ZIP está como se hizo: 0 si lo está y se sabe quién lo firma, 3 si no.
    """
    if given is not None:
        _verify(given)
    elif subject is not None:
        of_subject(subject, Wanted(asked_by, approved_by, reason, reference), out)
    elif name is None:
        raise UsageError("Falta el expediente", "Escriba `ventanilla case export NÚMERO`.")
    else:
        _export(name, out, why, without_codes=without_codes, unsigned=unsigned)


def _export(name: str, out: Path | None, why: str, *, without_codes: bool, unsigned: bool) -> None:
    """Write the file of one case."""
    from pipeline.exchange.export import Order
    from pipeline.exchange.export import export as hand_over
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    order = Order(
        who=f"@{getpass.getuser()}"[:64],
        why=why,  # type: ignore[arg-type]  # click has checked the choice
        at=dt.datetime.now(dt.UTC),
        without_codes=without_codes,
        unsigned=unsigned,
    )
    target = out or Path(f"EXPEDIENTE_{Path(name).name}.zip")
    with (
        open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store,
        new_file(target) as file,
    ):
        made = hand_over(store, settings, name, order, file)
    print(f"{target}: {made.number}, {made.papers} documentos")
    for sentence in made.lacking:
        click.echo(f"ventanilla: aviso: {sentence}", err=True)


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """Give a file that gets its name when it is whole, for its owner alone; one that is there stays."""
    import contextlib
    import os
    import secrets

    if target.exists():
        raise UsageError(f"Ya existe {target}", "Dé otro nombre con --out: no se sobrescribe.")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            yield file
        part.rename(target)
    except OSError as error:
        what = f"No se puede escribir {target} ({type(error).__name__})"
        raise UsageError(what, "Dé otro con --out.") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _verify(given: Path) -> None:
    """Say what is found of a file, and end in 0 when it is proved."""
    from pipeline.audit.signature import known
    from pipeline.exchange.verifying import verify
    from pipeline.settings import load

    found = verify(given, known(load().receipts), dt.datetime.now(dt.UTC))
    for sentence in _told(found):
        print(sentence)
    raise click.exceptions.Exit(0 if found.proved else _NEEDS_A_PERSON)


def _told(found: Verdict) -> Iterator[str]:
    """Yield the answer, in lines for people."""
    from pipeline.letters.render import line

    yield f"Documentos: {found.documents}"
    yield f"Firma: {_SIGNED[found.signature]}"
    for one in found.wrong:
        yield f"  {line(one.name) or 'El archivo'}: {_wrong(one)}"
    if not found.whole:
        yield "NO VÁLIDO"
    else:
        yield "VÁLIDO" if found.proved else "SIN CAMBIOS, PERO NO SE SABE QUIÉN LO EMITIÓ"


def _wrong(one: Wrong) -> str:
    """Return in words what is wrong with a member."""
    return {
        "changed": "no es como se hizo",
        "missing": "falta",
        "strange": "no estaba cuando se hizo",
        "unreadable": "no se puede leer como expediente",
    }[one.what]


_SIGNED = {
    None: "no lleva",
    "good": "íntegra, de una clave conocida",
    "unknown": "íntegra, de una clave que aquí no se conoce",
    "broken": "rota: el índice o la lista se cambiaron después de firmar",
}
