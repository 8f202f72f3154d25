"""`ventanilla up`: everything for one office machine; Ctrl-C stops all of it."""

from __future__ import annotations

import click


def register(app: click.Group) -> None:
    """Add `up`."""
    app.add_command(up)


@click.command()
def up() -> None:
    """Arranca carpetas vigiladas, servidor de Prefect, trabajadores y lista; Ctrl-C lo para todo."""
    from desk.cli.parts import told_to_stop
    from flows.machine import Machine
    from pipeline.isolation import isolation
    from pipeline.settings import load

    settings, stop = load(), told_to_stop()
    with Machine.of(settings) as machine:
        print(f"Carpetas:   {settings.folders.root.resolve()}")
        print(f"Lista:      http://{settings.desk.host}:{settings.desk.port}/")
        if machine.server is not None:
            print(f"Prefect:    {machine.server.url}/runs  (arranca en medio minuto)")
            print(f"            contraseña en {machine.server.home / 'auth'}")
        print(f"Lectura:    {isolation(settings.sandbox.level).seen}")
        print("Ctrl-C lo para todo.", flush=True)
        machine.run(stop)
        print("Parando: cada parte termina lo que tiene en la mano.", flush=True)
