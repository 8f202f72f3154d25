"""`ventanilla init`: folders, database and a settings file, each left alone where it is already there."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import UsageError

SETTINGS = Path("ventanilla.toml")
ROOT = Path("ventanilla/oficinas")


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
    """Prepara una máquina: escribe ventanilla.toml, crea las carpetas de cada oficina y la base de datos."""
    from pipeline.settings import load
    from pipeline.store import open_store

    offices = office or ("CEU01", "MEL01")
    _write_settings(root, offices)
    settings = load()
    _make_folders(settings.folders.root, offices)
    open_store(settings.storage.database, settings.storage.blobs).close()
    print(f"Ajustes:  {SETTINGS.resolve()}")
    print(f"Carpetas: {settings.folders.root.resolve()} ({', '.join(offices)})")
    print(f"Base:     {settings.storage.database}")
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
        f'[storage]\ndatabase = "sqlite:///{base}/ventanilla.db"\nblobs = "{base}/blobs"\n',
        encoding="utf-8",
    )


def _make_folders(root: Path, offices: tuple[str, ...]) -> None:
    """Make the five folders of every office."""
    from pipeline.folders.places import make

    for code in offices:
        make(root, code)
