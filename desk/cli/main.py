"""`ventanilla`: gathers the commands, and turns every end into the contract's exit code."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from pathlib import Path

import click

from pipeline.errors import EnvironmentFault, VentanillaError

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}


@click.group()
def app() -> None:
    """La ventanilla de la asistencia sanitaria: lee cada papel, aplica la ley y propone una cola."""


def gather() -> click.Group:
    """Let every module of this package that has a `register` add its commands."""
    for module in _with_commands():
        importlib.import_module(f"desk.cli.{module}").register(app)
    return app


def _with_commands() -> list[str]:
    """Return the modules that have a `register`, by their text: the others are slow to import for nothing."""
    texts = Path(__file__).parent.glob("*.py")
    return sorted(one.stem for one in texts if b"\ndef register(" in one.read_bytes())


def main() -> None:
    """Run the command line; no traceback reaches a person unless VENTANILLA_DEBUG is set."""
    sys.exit(_run())


def _run() -> int:
    """Run the command and return the exit code of docs/contract/README.md."""
    try:
        return int(gather()(prog_name="ventanilla", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except VentanillaError as error:
        print(f"ventanilla: {error}", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        # The reader of our output went away: nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last seam before the person at the counter
        return _unexpected(error)


def _no_disk(error: OSError) -> int:
    """Say that the machine, not the program, stands in the way; the error's own text may hold a name."""
    told = errno.errorcode[error.errno or 0]
    print(f"ventanilla: El disco no deja escribir o leer ({told})", file=sys.stderr)
    print("  Compruebe el espacio y los permisos. Lo entregado sigue en su sitio.", file=sys.stderr)
    return EnvironmentFault.exit_code


def _unexpected(error: Exception) -> int:
    """Say that the program failed, without the text of the error: it may hold what a paper says."""
    if os.environ.get("VENTANILLA_DEBUG"):
        traceback.print_exc()
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        return _no_disk(error)
    print(
        f"ventanilla: error interno ({type(error).__name__}). Lo entregado sigue en su sitio.",
        file=sys.stderr,
    )
    print("  Repita la orden con VENTANILLA_DEBUG=1 y envíe la salida a soporte.", file=sys.stderr)
    return 1
