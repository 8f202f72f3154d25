"""`ventanilla audit`: whether what people did and saw stands as it was written."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from pipeline.audit.verdict import Verdict

_NEEDS_A_PERSON = 3


def register(app: click.Group) -> None:
    """Add `audit`."""
    app.add_command(audit)


@click.group()
def audit() -> None:
    """El registro de accesos: quién vio y quién hizo qué."""


@audit.command()
@click.option(
    "--since",
    type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]),
    help="Empieza por el último sello de ese día o anterior, en vez de por la primera fila.",
)
@click.option("--json", "as_json", is_flag=True, help="Un solo documento JSON.")
def verify(since: dt.datetime | None, *, as_json: bool) -> None:
    """Comprueba la cadena: 0 si está entera, 3 si falta, sobra o cambió algo. No cambia nada."""
    from pipeline.audit.verify import verify as look
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    storage = settings.storage
    with open_store(storage.database, storage.blobs, migrate=False) as store:
        found = look(store, settings.receipts, since.date() if since else None)
    if as_json:
        print(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        _tell(found)
    raise click.exceptions.Exit(0 if found.whole else _NEEDS_A_PERSON)


def _as_json(found: Verdict) -> dict[str, Any]:
    """Return what was found as a document."""
    from pipeline.audit.verdict import NOTICED, SAID

    head = found.sealed
    return {
        "schema_version": 1,
        "whole": found.whole,
        "rows": found.rows,
        "last_row": found.last,
        "first_bad_row": found.first_bad,
        "last_head": {"n": head.n, "day": head.day, "row": head.seq, "signed": head.signature is not None}
        if head
        else None,
        "faults": [one._asdict() | {"message": SAID[one.code].format(seq=one.seq)} for one in found.faults],
        "notices": [
            one._asdict() | {"message": NOTICED[one.code].format(seq=one.seq)} for one in found.notices
        ],
    }


def _tell(found: Verdict) -> None:
    """Say it in lines for people."""
    print(f"{found.rows} filas comprobadas, hasta la {found.last}.")
    if found.sealed:
        day = dt.date.fromisoformat(found.sealed.day)
        signed = "firmado" if found.sealed.signature else "sin firmar"
        print(f"Último sello: el {found.sealed.n}, del {day:%d/%m/%Y}, {signed}.")
        print(f"  Responde de las filas hasta la {found.sealed.seq}.")
    else:
        print("Todavía no hay ningún sello: se hace el primero en la primera revisión de un trabajador.")
    for line in found.sentences():
        print(f"  {line}.")
    print("ENTERA" if found.whole else "NO ESTÁ COMO SE ESCRIBIÓ: guarde copia de todo antes de tocar nada.")


@audit.command()
def seal() -> None:
    """Sella la cadena hasta ahora, si hoy no lo ha hecho ya un trabajador."""
    from pipeline.audit.heads import seal_day
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        head = seal_day(store, settings, dt.datetime.now(ZoneInfo(settings.letters.zone)))
    print("No había nada nuevo que sellar." if head is None else f"Sello {head.n}, hasta la fila {head.seq}.")
