"""`ventanilla receipt verify`: is this receipt as it was given out, and are these the papers it speaks of?

It ends in 0 when nothing was changed and a key that we know answers for it, else in 3: a person must look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.receipts.key import Certificate
    from pipeline.receipts.seal import Seal
    from pipeline.receipts.verify import Problem, Verdict

_NEEDS_A_PERSON = 3


def register(app: click.Group) -> None:
    """Add `receipt`."""
    app.add_command(receipt)


@click.group()
def receipt() -> None:
    """Los acuses de entrega."""


@receipt.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Certificado (PEM) de quien firma, además de los de esta máquina.",
)
@click.option(
    "--files",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Carpeta con los documentos entregados; sin ella, los que estén junto al acuse.",
)
def verify(file: Path, trust: Path | None, files: Path | None) -> None:
    """Comprueba un acuse (el ZIP o su PDF): 0 si es válido, 3 si algo cambió o no se sabe quién lo firma."""
    from pipeline.errors import UsageError
    from pipeline.receipts.verify import LARGEST, papers
    from pipeline.receipts.verify import verify as judge

    if file.stat().st_size > LARGEST:
        raise UsageError(f"{file} es demasiado grande para ser un acuse", "Dé el archivo ACUSE_<número>.zip.")
    verdict = judge(file.read_bytes(), list(_known(trust)))
    same, wrong = papers(verdict.told, files or file.parent)
    if files is None and not same and all(problem.what == "missing" for problem in wrong):
        wrong = ()  # the papers are elsewhere: nothing was claimed of them
    for line in _told(verdict, same, wrong):
        print(line)
    raise click.exceptions.Exit(0 if verdict.proved and not wrong else _NEEDS_A_PERSON)


def _known(trust: Path | None) -> Iterator[Certificate]:
    """Yield the certificates that are believed: the one given, this machine's, and those of its settings."""
    from pipeline.errors import EnvironmentFault
    from pipeline.receipts.key import certificate
    from pipeline.receipts.seal import anchors
    from pipeline.settings import load

    settings = load().receipts
    for place in (trust, settings.trust):
        if place is not None:
            yield from anchors(place)
    try:
        own = certificate(settings)
    except EnvironmentFault as fault:
        click.echo(f"ventanilla: {fault}", err=True)
        return
    if own is not None:
        yield own


def _told(verdict: Verdict, same: int, wrong: Iterable[Problem]) -> Iterator[str]:
    """Yield the answer, in lines for people."""
    from pipeline.letters.render import line

    told, problems = verdict.told, (*verdict.problems, *wrong)
    if told:
        what = "anotación" if told.get("kind") == "after" else "entrega"
        yield f"Acuse {line(told.get('number'))}, {what} {line(told.get('order'))}, {_received(told)}"
    yield f"Firma: {_signature(verdict.seal)}"
    if same or wrong:
        yield f"Documentos: {same} iguales a los entregados"
    elif told:
        yield "Documentos: no se han comprobado; indique su carpeta con --files"
    for problem in problems:
        yield f"  {line(problem.name) or 'El paquete'}: {_WHAT[problem.what]}"
    if problems or verdict.seal.state == "broken":
        yield "NO VÁLIDO"
    elif verdict.proved:
        yield "VÁLIDO"
    else:
        yield "SIN CAMBIOS, PERO NO SE SABE QUIÉN LO EMITIÓ"


_WHAT = {
    "changed": "no es como se entregó",
    "missing": "falta",
    "strange": "no es tal como se emitió",
    "unreadable": "no se puede leer como acuse",
}


def _received(told: Any) -> str:
    """Return the moment of reception, as far as it is one."""
    from pipeline.letters.render import moment

    try:
        return f"recibida el {moment(dt.datetime.fromisoformat(str(told.get('received_at'))))}"
    except ValueError:
        return "sin fecha"


def _signature(seal: Seal) -> str:
    """Return what the signature is worth, in words."""
    from pipeline.letters.render import line

    if seal.signer is None:
        return "no lleva" if seal.state == "none" else "rota: el PDF se cambió después de firmarlo"
    whose = f"íntegra, de {line(seal.signer.name)}"
    if seal.signer.test:
        whose += ", con una clave de prueba que no acredita quién lo emite"
    return whose if seal.trusted else f"{whose}; esa clave no es conocida aquí (vea --trust)"
