"""`ventanilla case` and `ventanilla queue`: what stands where, one case whole, once more from the start."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from desk.cli.today import look
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.store import Store
    from pipeline.store.cases import Line


def register(app: click.Group) -> None:
    """Add `case` and `queue`."""
    app.add_command(case)
    app.add_command(queue)


@click.group()
def case() -> None:
    """Los expedientes."""


@click.group()
def queue() -> None:
    """Las colas."""


@contextmanager
def _store() -> Iterator[Store]:
    """Open the record of this machine's settings."""
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        yield store


@case.command("list")
@click.option("--office", help="Solo los de esta oficina.")
@click.option("--queue", "cola", help="Solo los de esta cola.")
@click.option("--json", "as_json", is_flag=True, help="Un documento JSON.")
def list_cases(office: str | None, cola: str | None, *, as_json: bool) -> None:
    """Lista los expedientes por orden de entrada, con su cola y su plazo; antes, los plazos de hoy."""
    from pipeline.after_filing.shown import ends, given_up
    from pipeline.store.cases import lines

    with _store() as store:
        today = look(store, office)
        found = lines(store, office=office, queue=cola)
        ended = ends(store, [one.id for one in found if one.stage == "closed"]) | given_up(store, found)
    if as_json:
        rows = [_row(one, ended.get(one.id)) for one in found]
        print(json.dumps({"schema_version": 1, "cases": rows} | today.as_json(), indent=2))
        return
    print("".join(f"{line}\n" for line in today.lines()), end="")
    for one in found:
        due = _iso(one.resolve_by) or "-"
        print(f"{one.number:<20} {one.stage:<9} {one.queue or '-':<8} resolver hasta el {due}")
        print("".join(f"    {said}\n" for said in _said(one, ended.get(one.id))), end="")


def _row(one: Line, ended: str | None) -> dict[str, object]:
    """Return a case as other programs read it."""
    return {
        "id": one.id,
        "number": one.number,
        "office": one.office,
        "stage": one.stage,
        "queue": one.queue,
        "filed_on": _iso(one.filed_on),
        "resolve_by": _iso(one.resolve_by),
        "waits_for": one.waits_for,
        "before": one.before,
        "silence": one.silence,
        "ended": ended,
        "decided": one.decided,
        "awaits": one.awaits,
    }


def _said(one: Line, ended: str | None) -> Iterator[str]:
    """Yield what is to be said of a case besides its queue and its day."""
    from pipeline.folders.status import DECIDED, NEXT, SILENCES
    from pipeline.waiting import remedy, sentence

    if one.waits_for is not None:
        yield f"{sentence(one.waits_for)}. {remedy(one.waits_for)}"
    if one.decided is not None:
        yield f"{DECIDED[one.decided]}{NEXT.get(one.awaits or '', '')}."
    if one.silence is not None:
        yield f"{SILENCES[one.silence]}."
    if ended is not None:
        yield f"{ended}."
    if one.before is not None:
        yield f"El mismo paquete vino antes: {one.before}."


def _iso(day: dt.date | None) -> str | None:
    """Return the day as ISO text."""
    return day.isoformat() if day else None


@case.command("show")
@click.argument("number")
def show_case(number: str) -> None:
    """Imprime el último informe de un expediente, con lo que se corrigió en él y lo que vino después."""
    from pipeline.after_filing.shown import as_json
    from pipeline.corrections.told import corrections_told
    from pipeline.decisions.told import decisions_told
    from pipeline.store.cases import report

    with _store() as store:
        found = report(store, number)
        if found and "corrections" in found:
            found["corrections"] = corrections_told(store, found)
        if found and (after := as_json(store, found["id"])):
            found = found | {"after_filing": after}
        if found:
            with store.read() as connection:
                decided = decisions_told(connection, found["id"])
            found = found | {name: told for name, told in decided.items() if told}
    print(json.dumps({"schema_version": 1, "cases": [found] if found else []}, ensure_ascii=False, indent=2))


@case.command("requeue")
@click.argument("number")
def requeue_case(number: str) -> None:
    """Vuelve a leer y valorar un expediente que no está decidido."""
    from pipeline.store.results import requeue

    with _store() as store:
        done = requeue(store, number, dt.datetime.now(dt.UTC))
    if not done:
        raise UsageError(
            "No hay expediente sin decidir con ese número", "Vea los que hay con `ventanilla case list`."
        )
    print(f"{number}: se volverá a leer en cuanto haya un trabajador libre")


@queue.command("list")
def list_queues() -> None:
    """Cuenta los expedientes de cada cola, por oficina."""
    from pipeline.store.counts import counts

    with _store() as store:
        found = counts(store)
    for (office, place), number in sorted(found.items()):
        print(f"{office:<10} {place:<9} {number:>6}")
