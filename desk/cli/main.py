"""`ventanilla`: gathers the commands, and turns every end into the contract's exit code."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import traceback

import typer

import desk.cli
from pipeline.errors import VentanillaError

app = typer.Typer(
    name="ventanilla",
    help="La ventanilla de la asistencia sanitaria: lee cada papel, aplica la ley y propone una cola.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def gather() -> typer.Typer:
    """Let every module of this package that has a `register` add its commands."""
    for module in sorted(m.name for m in pkgutil.iter_modules(desk.cli.__path__)):
        register = getattr(importlib.import_module(f"desk.cli.{module}"), "register", None)
        if register is not None:
            register(app)
    return app


def main() -> None:
    """Run the command line; no traceback reaches a person unless VENTANILLA_DEBUG is set."""
    try:
        gather()(standalone_mode=True)
    except VentanillaError as error:
        print(f"ventanilla: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last seam before the person at the counter
        if os.environ.get("VENTANILLA_DEBUG"):
            traceback.print_exc()
        print(f"ventanilla: error interno ({type(error).__name__}). Nada se ha perdido;", end=" ", file=sys.stderr)
        print("repita la orden con VENTANILLA_DEBUG=1 y envíe la salida a soporte.", file=sys.stderr)
        sys.exit(1)
