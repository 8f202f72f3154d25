"""`ventanilla retention`: what is to be blocked and erased, legal holds, cases opened for a court."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.retention.run import Done, Plan
    from pipeline.settings import Settings
    from pipeline.store import Store

_WHYS = ("appeal", "court", "audit", "liability", "person", "other")
_SHOWN = 20
_NOBODY = "No hay plazos de conservación: no se bloquea ni se suprime nada. Los decide el organismo."
_STAYED = {
    "changed": "han cambiado mientras tanto: en la próxima ejecución",
    "papers": "tienen un papel que falta o está dañado: `ventanilla db check`",
    "packet": "no se han leído bien del disco: `ventanilla db check`",
}
_HOLDING = ("accounts", "audit", "confirm")
"""Rights of which one suffices to hold a case back and to end that: administrators, auditors, supervisors."""
BY = click.option("--by", required=True, metavar="CUENTA", help="Quién responde de ello; queda anotado.")


class _Opened(NamedTuple):
    """The record, the settings and the hour."""

    store: Store
    settings: Settings
    now: dt.datetime


def register(app: click.Group) -> None:
    """Add `retention`."""
    app.add_command(retention)


@contextmanager
def _opened() -> Iterator[_Opened]:
    """Give the record of this machine."""
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        yield _Opened(store, settings, dt.datetime.now(ZoneInfo(settings.letters.zone)))


def _vouched(opened: _Opened, login: str, *names: str) -> str:
    """Return the login of who has shown that it is theirs, and has a right of one of these *names*.

    Raises:
        AccountError: the password or the code is not theirs, or they have none of the rights.
    """
    from desk.cli.vouched import vouched
    from desk.people.rights import Right

    rights = [Right(name) for name in names]
    return vouched(opened.store, opened.settings, login, rights, dt.datetime.now(dt.UTC)).login


@click.group()
def retention() -> None:
    """La conservación: expedientes vivos, bloqueados (LOPDGDD, art. 32) y suprimidos (docs/retention.md)."""


@retention.command()
@click.option("--folders", is_flag=True, help="Lista lo que queda de los bloqueados en las carpetas.")
@click.argument("number", metavar="NÚMERO", required=False)
def show(number: str | None, *, folders: bool) -> None:
    """Enseña cómo está la conservación, o qué queda de un expediente bloqueado."""
    from pipeline.retention.shown import every, lying

    with _opened() as opened:
        if number is not None:
            _one(opened, number)
        elif folders:
            for path in lying(opened.settings.folders.root, every(opened.store)):
                print(path)
        else:
            _all(opened)


def _one(opened: _Opened, number: str) -> None:
    """Say what is left of one case."""
    from pipeline.retention.shown import of_number

    row = of_number(opened.store, number)
    if row is None:
        raise UsageError("No hay ningún expediente bloqueado con ese número", "Vea `retention show`.")
    erased = f"suprimido el {row.erased_at:%d/%m/%Y}" if row.erased_at else "bloqueado"
    print(f"{row.number}  {erased}")
    print(f"  {row.procedure}, {row.outcome}; recibido el {row.received_on:%d/%m/%Y}")
    print(f"  lo último que le ocurrió, el {row.closed_on:%d/%m/%Y}; bloqueado el {row.blocked_at:%d/%m/%Y}")
    print(f"  {len(row.papers)} papeles; paquete {row.packet[:12]}, de {row.bytes} bytes")


def _all(opened: _Opened) -> None:
    """Say how many cases are where, what a run would do, and which are on hold."""
    from pipeline.calendars import at_hand
    from pipeline.retention.holds import WHYS
    from pipeline.retention.run import planned
    from pipeline.retention.shown import figures, held

    store, settings, now = opened
    found = figures(store)
    print(f"Vivos: {found.live}. Bloqueados: {found.blocked}. Suprimidos: {found.erased}.")
    for count, what in (
        (found.erasing, "a medio suprimir"),
        (found.uncleaned, "con papeles por quitar del almacén"),
        (found.unpurged, "por quitar del todo del archivo de la base de datos"),
    ):
        if count:
            print(f"  {count} {what}: repita `ventanilla retention run`.")
    if not settings.retention.terms:
        print(_NOBODY)
    else:
        _tell_plan(planned(store, settings, at_hand(settings.calendars), now))
    for hold in held(store):
        print(f"Retenido: {hold.number}, {WHYS[hold.why]}, {hold.reference}; {hold.by}, {hold.at:%d/%m/%Y}")


def _tell_plan(plan: Plan) -> None:
    """Say what a run would do."""
    for what, numbers in (
        ("Por bloquear", [one.number for one in plan.block]),
        ("Por suprimir", [one.number for one in plan.erase]),
    ):
        print(f"{what} en la próxima ejecución: {len(numbers)}.")
        for number in numbers[:_SHOWN]:
            print(f"  {number}")
        if len(numbers) > _SHOWN:
            print(f"  y {len(numbers) - _SHOWN} más")


@retention.command()
@click.option("--dry-run", is_flag=True, help="Solo dice lo que haría.")
@BY
def run(by: str, *, dry_run: bool) -> None:
    """Bloquea y suprime lo que toca. Haga antes --dry-run: lo suprimido no vuelve.

    Pide la contraseña de CUENTA, que ha de ser de quien administra; --dry-run, no.
    """
    from pipeline.calendars import at_hand
    from pipeline.retention.run import planned, retain

    with _opened() as opened:
        store, settings, now = opened
        calendars = at_hand(settings.calendars)
        if not settings.retention.terms:
            print(_NOBODY)
        elif dry_run:
            _tell_plan(planned(store, settings, calendars, now))
        else:
            who = _vouched(opened, by, "accounts")
            _tell_done(retain(store, settings, calendars, now, by=who), settings)


def _tell_done(done: Done, settings: Settings) -> None:
    """Say what was done, and what is left for others to do."""
    from pipeline.retention.shown import lying

    print(f"Bloqueados: {len(done.blocked)}. Suprimidos: {done.erased}. Papeles quitados: {done.papers}.")
    for why, count in sorted(done.stayed.items()):
        print(f"  {count} siguen vivos: {_STAYED[why]}")
    left = list(lying(settings.folders.root, done.blocked))
    if left:
        print("En las carpetas de la oficina quedan, y los quita quien responde de ellas:")
        _some(str(path) for path in left)
    if done.blocked and not done.rewritten:
        print("Alguien leía la base de datos: se acaba de limpiar en la próxima ejecución.")
    if done.more:
        print("Queda más por hacer: repita la orden.")


def _some(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(f"  {line}")


@retention.command()
@click.argument("number", metavar="NÚMERO")
@click.option("--why", required=True, type=click.Choice(_WHYS), help="Recurso, proceso, auditoría...")
@click.option("--reference", required=True, help="El número de ese procedimiento; sin nombres.")
@BY
def hold(number: str, *, why: str, reference: str, by: str) -> None:
    """Retiene un expediente: ni se bloquea ni se suprime mientras dure. Pide la contraseña de CUENTA."""
    from pipeline.retention.holds import place

    with _opened() as opened:
        who = _vouched(opened, by, *_HOLDING)
        place(opened.store, number, why, reference, by=who, at=opened.now)
    print(f"{number}: retenido.")


@retention.command()
@click.argument("number", metavar="NÚMERO")
@click.option("--reason", required=True, help="Por qué acaba; sin nombres.")
@BY
def release(number: str, *, reason: str, by: str) -> None:
    """Deja de retener un expediente; sus años se cuentan desde hoy. Pide la contraseña de CUENTA."""
    from pipeline.retention.holds import release as end

    with _opened() as opened:
        who = _vouched(opened, by, *_HOLDING)
        end(opened.store, number, reason, by=who, at=opened.now)
    print(f"{number}: ya no está retenido.")


@retention.command(name="open")
@click.argument("number", metavar="NÚMERO")
@click.argument("folder", metavar="CARPETA", type=click.Path(path_type=Path))
@click.option("--reference", required=True, help="Quién lo pide y con qué número; sin nombres.")
@BY
@click.option("--second", required=True, metavar="CUENTA", help="La segunda persona que lo autoriza.")
def open_(number: str, folder: Path, *, reference: str, by: str, second: str) -> None:
    """Saca un expediente bloqueado a una CARPETA, para un juez o quien sea competente; sigue bloqueado.

    Pide la contraseña de las dos personas: quien administra, y quien audita o supervisa.
    """
    from pipeline.retention.open import unpack
    from pipeline.retention.ring import Ring

    with _opened() as (store, settings, now):
        people = _both(store, settings, by, second)
        ring = Ring.at(settings.retention, settings.storage.local)
        count = unpack(store, ring, number, folder, reference=reference, people=people, at=now)
    print(f"{folder}: {count} archivos. Entréguelos y borre la carpeta: sigue bloqueado.")


def _both(store: Store, settings: Settings, by: str, second: str) -> tuple[str, str]:
    """Return the logins of two people who have shown that they are who they say, and may do this together."""
    from desk.cli.vouched import vouched
    from desk.people.both import apart
    from desk.people.rights import Right

    at = dt.datetime.now(dt.UTC)
    one = vouched(store, settings, by, (Right.ACCOUNTS,), at)
    other = vouched(store, settings, second, (Right.AUDIT, Right.CONFIRM), at)
    apart(one, other)
    return one.login, other.login
