"""`ventanilla figures`: the figures of managers looked over and made right again."""

from __future__ import annotations

import click


def register(app: click.Group) -> None:
    """Add `figures`."""
    app.add_command(figures)


@click.command()
@click.option("--anew", is_flag=True, help="Además, vuelve a contar cada expediente, poco a poco.")
def figures(*, anew: bool) -> None:
    """Comprueba las cifras de gestión y corrige las que no cuadran; el trabajo no se interrumpe."""
    from pipeline.figures.anew import count_anew, mend
    from pipeline.settings import load
    from pipeline.store import open_store

    storage = load().storage
    with open_store(storage.database, storage.blobs, migrate=False) as store:
        wrong = mend(store)
        print(f"Sumas corregidas: {wrong}." if wrong else "Las sumas cuadran con los expedientes.")
        if anew:
            marked = count_anew(store)
            print(f"Expedientes que se volverán a contar mientras el programa trabaja: {marked}.")
