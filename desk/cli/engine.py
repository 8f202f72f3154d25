"""`ventanilla engine`: Prefect's server by itself, for more machines than one; `up` brings its own."""

from __future__ import annotations

import os

import click


def register(app: click.Group) -> None:
    """Add `engine`."""
    app.add_command(engine)


@click.command()
def engine() -> None:
    """Sirve Prefect para varias máquinas (con `ventanilla up` no hace falta)."""
    from flows.environment import serving
    from pipeline.settings import load

    # Prefect reads its settings when it is first imported
    os.environ.update(serving(load()))
    from flows.serve import main

    main()
