"""`ventanilla deploy`: what Prefect is to run, and when, put on its server."""

from __future__ import annotations

import os

import click

_SAID = {
    "new": "se ha creado",
    "changed": "se ha puesto al día",
    "same": "sin cambios",
    "gone": "se ha retirado",
}
_PLANNED = {
    "new": "se crearía",
    "changed": "se pondría al día",
    "same": "sin cambios",
    "gone": "se retiraría",
}


def register(app: click.Group) -> None:
    """Add `deploy`."""
    app.add_command(deploy)


@click.command()
@click.option("--dry-run", is_flag=True, help="Solo dice lo que haría.")
def deploy(*, dry_run: bool) -> None:
    """Da de alta en Prefect lo que se ejecuta y a qué horas; repetirlo no cambia nada."""
    from flows.machine import clients
    from pipeline.errors import EnvironmentFault
    from pipeline.settings import load

    settings = load()
    engine = clients(settings)
    # Prefect reads its settings once, when it is first imported
    os.environ.update(engine)
    from flows.deploying import ServerRefused, deployed

    address = engine["PREFECT_API_URL"]
    try:
        done = deployed(settings, dry_run=dry_run)
    except ServerRefused as refused:
        remedy = (
            "Arránquelo (`ventanilla engine`) o corrija engine.api y engine.auth; después repita la orden."
        )
        raise EnvironmentFault(
            f"El servidor de Prefect no atiende en {address} ({refused})", remedy
        ) from None
    said = _PLANNED if dry_run else _SAID
    print(f"Servidor de Prefect: {address}")
    for one in done:
        print(f"  {one.what}: {said[one.change]}")
    print("Las máquinas se suman con `ventanilla worker --pool`.")
