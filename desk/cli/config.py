"""`ventanilla config show`: every setting, its value, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

group = typer.Typer(help="La configuración.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `config`."""
    app.add_typer(group, name="config")


@group.callback()
def config() -> None:
    """La configuración."""


@group.command()
def show(
    origin: Annotated[bool, typer.Option("--origin", help="De dónde viene cada valor.")] = False,
) -> None:
    """Imprime cada ajuste; los secretos, tapados."""
    from pipeline.settings import origins

    for setting in origins():
        print(f"{setting.key} = {setting.value}" + (f"    # {setting.origin}" if origin else ""))
