"""`ventanilla init`: folders, database, settings and a key to try with, each left alone where it is there."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import UsageError

SETTINGS = Path("ventanilla.toml")
ROOT = Path("ventanilla/oficinas")
OFFICES = ("CEU01", "MEL01")
"""Whose folders are made where neither the command nor the settings name any."""
KEY = "clave_de_prueba.p12"


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
    """Prepara una máquina: ajustes, carpetas de cada oficina, base de datos y una clave de prueba."""
    from pipeline.configuration import masked
    from pipeline.settings import load
    from pipeline.store import open_store

    _write_settings(root, office or OFFICES)
    settings = load()
    offices = office or settings.folders.offices or OFFICES
    signing = _test_key(settings.receipts.key)
    _make_folders(settings.folders.root, offices)
    open_store(settings.storage.database, settings.storage.blobs).close()
    print(f"Ajustes:  {SETTINGS.resolve()}")
    print(f"Carpetas: {settings.folders.root.resolve()} ({', '.join(offices)})")
    print(f"Base:     {masked(settings.storage.database)}")
    print(f"Firma:    {signing}")
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
        f'[receipts]\nkey = "{base}/{KEY}"\n',
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


def _make_folders(root: Path, offices: tuple[str, ...]) -> None:
    """Make the five folders of every office."""
    from pipeline.folders.places import make

    for code in offices:
        make(root, code)
