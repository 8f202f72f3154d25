"""`ventanilla init`: folders, database, settings, keys, first accounts, each left alone where it is there."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.store import Store

SETTINGS = Path("ventanilla.toml")
OFFICES = ("CEU01", "MEL01")
"""Whose folders are made where neither the command nor the settings name any."""
KEY = "clave_de_prueba.p12"
SEALING = "secreto_de_la_mesa"


def register(app: click.Group) -> None:
    """Add `init`."""
    app.add_command(init)


@click.command()
@click.option("--office", multiple=True, help="Código de oficina, p. ej. CEU01; se puede repetir.")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default="ventanilla/oficinas",
    help="Carpeta raíz de las oficinas.",
)
def init(office: tuple[str, ...], root: Path) -> None:
    """Prepara una máquina: ajustes, carpetas, base de datos, una clave de prueba y las primeras cuentas."""
    from pipeline.configuration import masked
    from pipeline.settings import load
    from pipeline.store import open_store

    _write_settings(root, office or OFFICES)
    settings = load()
    offices = office or settings.folders.offices or OFFICES
    signing = _test_key(settings.receipts.key)
    _make_folders(settings.folders.root, offices)
    _secret(settings.desk.key)
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        people = _people(store)
    print(f"Ajustes:  {SETTINGS.resolve()}")
    print(f"Carpetas: {settings.folders.root.resolve()} ({', '.join(offices)})")
    print(f"Base:     {masked(settings.storage.database)}")
    print(f"Firma:    {signing}")
    for line in people:
        print(line)
    print("Compruebe con `ventanilla doctor`; arranque con `ventanilla up`.")


def _write_settings(root: Path, offices: tuple[str, ...]) -> None:
    """Write the settings file unless there is one."""
    if SETTINGS.exists():
        return
    for code in offices:
        if not code.isalnum() or not code.isascii():
            raise UsageError(f"El código de oficina {code!r} no vale", "Use letras y cifras, p. ej. CEU01.")
    codes = ", ".join(f'"{code}"' for code in offices)
    base = root.parent.as_posix()
    SETTINGS.write_text(
        "# Ajustes de Ventanilla. `ventanilla config show --origin` los imprime todos.\n"
        f'[folders]\nroot = "{root.as_posix()}"\noffices = [{codes}]\n\n'
        f'[storage]\ndatabase = "sqlite:///{base}/ventanilla.db"\nblobs = "{base}/blobs"\n\n'
        f'[calendars]\nfolder = "{base}/calendarios"\n\n'
        "# La clave de prueba firma los acuses y lo dice en ellos; en producción, la del organismo.\n"
        f'[receipts]\nkey = "{base}/{KEY}"\n\n'
        "# Sin este secreto no valen los códigos de los teléfonos: guárdelo con las copias de seguridad.\n"
        f'[desk]\nkey = "{base}/{SEALING}"\n',
        encoding="utf-8",
    )


def _test_key(key: Path | None) -> str:
    """Make the test key where the settings look for it in vain; say what receipts are signed with."""
    from pipeline.receipts.trial import make_trial_key

    if key is None:
        return "ninguna clave; los acuses salen sin firmar (vea receipts.key en la documentación)"
    if key.name == KEY and not key.exists():
        make_trial_key(key)
    return f"{key}{' (de prueba)' if key.name == KEY else ''}"


def _secret(key: Path | None) -> None:
    """Make the desk's secret where the settings look for it in vain."""
    from desk.people.sealing import make_key

    if key is not None and key.name == SEALING and not key.exists():
        make_key(key)


def _people(store: Store) -> list[str]:
    """Make the first accounts of a new desk; return what is to be told of them, once."""
    from desk.people.changing import By
    from desk.people.first import first_people

    at = dt.datetime.now(dt.UTC)
    made = first_people(store, By(who=f"@{getpass.getuser()}"[:64], at=at))
    return [f"Cuenta:   {login}, contraseña para la primera vez: {word}" for login, word in made]


def _make_folders(root: Path, offices: tuple[str, ...]) -> None:
    """Make the five folders of every office."""
    from pipeline.folders.places import make

    for code in offices:
        make(root, code)
