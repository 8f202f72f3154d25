"""`ventanilla config show`: every setting, its value, and where it comes from."""

from __future__ import annotations

import click


def register(app: click.Group) -> None:
    """Add `config`."""
    app.add_command(config)


@click.group()
def config() -> None:
    """La configuración."""


@config.command()
@click.option("--origin", is_flag=True, help="De dónde viene cada valor.")
def show(*, origin: bool) -> None:
    """Imprime cada ajuste; los secretos, tapados."""
    from pipeline.settings import origins

    for setting in origins():
        print(f"{setting.key} = {setting.value}" + (f"    # {setting.origin}" if origin else ""))
