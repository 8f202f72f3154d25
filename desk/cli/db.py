"""`ventanilla db`: bring the record up to date, copy it, bring a copy back, look it over."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from pipeline.errors import EnvironmentFault, UsageError, VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store.restore import Verified

_ELSEWHERE = "Para PostgreSQL use `pg_dump` y `pg_restore`, y copie la carpeta de papeles después."


def register(app: click.Group) -> None:
    """Add `db`."""
    app.add_command(db)


@click.group()
def db() -> None:
    """La base de datos y los papeles guardados."""


@db.command()
def upgrade() -> None:
    """Pone la base de datos al día con el programa; el trabajo a medias sigue después."""
    from pipeline.settings import load
    from pipeline.store import open_store
    from pipeline.store.head import HEAD

    storage = load().storage
    open_store(storage.database, storage.blobs).close()
    print(f"La base de datos está al día (versión {HEAD}).")


@db.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copia la base de datos y todos los papeles en el archivo FILE (tar), sin parar el programa."""
    from pipeline.files import Files
    from pipeline.settings import load
    from pipeline.store.backup import back_up
    from pipeline.store.blobs import papers_in

    settings = load()
    blobs = papers_in(settings.storage.blobs, Files())
    copied = back_up(_file(settings), blobs, file, dt.datetime.now(dt.UTC))
    print(f"{file}: {copied.papers} papeles, {copied.bytes} bytes. Guárdela en otro disco.")
    if not copied.missing:
        _note_copy(settings)
    _say_missing(copied.missing)


@db.command()
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@click.option("--verify", "only_verify", is_flag=True, help="Solo comprueba la copia; no escribe nada.")
@click.option("--without-copy", is_flag=True, help="Sin copia: empieza otra base de datos tras la perdida.")
def restore(file: Path | None, *, only_verify: bool, without_copy: bool) -> None:
    """Devuelve la copia FILE a su sitio, que ha de estar libre; antes comprueba cada byte.

    Los números siguen tras el último que muestran las carpetas, para que ninguno se repita.
    """
    from pipeline.settings import load
    from pipeline.store.restore import verify

    if (file is None) != without_copy:
        raise UsageError(
            "Falta la copia", "Escriba el archivo de la copia, o --without-copy si no hay ninguna."
        )
    settings = load()
    if file is None:
        _go_on(settings)
        return
    if only_verify:
        found = verify(file)
        print(f"La copia está entera: {found.papers} papeles, hecha el {found.made_at}.")
    else:
        found = _bring_back(settings, file)
    _say_missing(found.missing)


def _note_copy(settings: Settings) -> None:
    """Keep when the last whole copy was made; a record that cannot be written now does not undo the copy."""
    from pipeline.parts.state import note_copy
    from pipeline.store import open_store

    with (
        suppress(EnvironmentFault),
        open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store,
        store.write() as connection,
    ):
        note_copy(connection, dt.datetime.now(dt.UTC))


def _bring_back(settings: Settings, file: Path) -> Verified:
    """Restore the copy and go on after it."""
    from pipeline.files import Files
    from pipeline.store.blobs import papers_in
    from pipeline.store.restore import restore as bring_back

    blobs = papers_in(settings.storage.blobs, Files())
    found = bring_back(file, _file(settings), blobs)
    print(f"Restaurada la copia del {found.made_at}: {found.papers} papeles.")
    _go_on(settings, noted=True)
    return found


def _go_on(settings: Settings, *, noted: bool = False) -> None:
    """Let numbers go on after the last one that the folders show, and say which cases are not known.

    The audit says of itself that it was begun anew, unless that is *noted* in the copy already.
    """
    from desk.cli.kept_for import came_back
    from pipeline.audit.restored import note_restored
    from pipeline.folders.continuity import continue_numbers
    from pipeline.store import open_store

    now, again = dt.datetime.now(dt.UTC), 0
    with open_store(settings.storage.database, settings.storage.blobs, anew=True) as store:
        lost = continue_numbers(store, settings.folders.root, now)
        if not noted:
            with store.writing() as transaction:
                note_restored(transaction, store.blobs.root, now)
        with suppress(VentanillaError):
            again = came_back(store, settings)
    if again:
        print(f"{again} expedientes que se habían bloqueado o suprimido vuelven a estar vivos con la copia.")
        print("Antes de abrir la mesa: `ventanilla retention run --by CUENTA`, hasta que no quede nada.")
    for number in lost:
        print(f"  {number}: está en las carpetas y no en la base de datos.")
    if lost:
        print("Vuelva a dejar en 1_ENTRADA sus originales, con su fecha de entrada en `presentacion.json`:")
        print("están en 2_EN_CURSO, o los tiene quien los presentó. Sus números no se repiten.")
    print("No se anota ningún silencio: solo se avisa. Anote otra vez lo ocurrido desde la copia")
    print("(`case record`, `case payments`) y dígalo después: `ventanilla db restored --by NOMBRE`.")


@db.command()
@click.option(
    "--by", required=True, metavar="NOMBRE", help="Cuenta de quien responde de ello; queda anotada."
)
def restored(by: str) -> None:
    """Dice que lo ocurrido desde la copia está otra vez anotado: el silencio se anota como siempre.

    Lo que el silencio responde no se puede deshacer: antes, anote cuanto se resolvió y se notificó.
    """
    from pipeline.audit.restored import note_restored
    from pipeline.life.gap import retold
    from pipeline.life.pressing import CODES, Pressing
    from pipeline.settings import load
    from pipeline.store import open_store

    settings = load()
    now = dt.datetime.now(ZoneInfo(settings.letters.zone))
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        retold(store, by, now)
        with store.writing() as transaction:
            note_restored(transaction, store.blobs.root, now, by)
        passed = [one for one in Pressing(store, settings)(now.date()) if one.code == CODES["passed"]]
    print("Anotado. Desde mañana se anotará el silencio de lo que siga sin respuesta.")
    for one in passed:
        day = f"{one.last_day:%d/%m/%Y}" if one.last_day else "no se sabe"
        print(f"  {one.number}: sin respuesta; último día para resolver y notificar, el {day}")


def _say_missing(missing: tuple[str, ...]) -> None:
    """Say which papers a copy lacks, and end as something found wrong."""
    for sha256 in missing:
        print(f"FALTA el papel {sha256}: no estaba entero en el almacén.")
    if missing:
        raise click.exceptions.Exit(1)


@db.command()
def check() -> None:
    """Comprueba la base de datos, todos los papeles (volviendo a calcular su huella) y que concuerden."""
    from pipeline.self_check import checked
    from pipeline.settings import load

    found = checked(load(), dt.datetime.now(dt.UTC))
    for one in found:
        print(f"[{'MAL  ' if one.damage else 'aviso'}] {one.what}")
    if any(one.damage for one in found):
        print("Pare el programa, aparte lo dañado sin borrarlo y restaure la última copia (`db restore`).")
        raise click.exceptions.Exit(1)
    print("La base de datos y los papeles están enteros.")


def _file(settings: Settings) -> Path:
    """Return the database's file; raise UsageError for a server's."""
    from pipeline.journal.connect import sqlite_file

    path = sqlite_file(settings.storage.database)
    if path is None:
        raise UsageError("La base de datos no es un archivo de esta máquina", _ELSEWHERE)
    return path
