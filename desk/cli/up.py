"""`ventanilla up`: everything for one office machine; Ctrl-C stops all of it."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.settings import Settings

FREED_SECONDS = 5.0
"""What the parts of a machine that was killed may need to end, before their ports are said to be taken."""


def register(app: click.Group) -> None:
    """Add `up`."""
    app.add_command(up)


@click.command()
def up() -> None:
    """Arranca carpetas vigiladas, servidor de Prefect, trabajadores y lista; Ctrl-C lo para todo."""
    from desk.cli.parts import told_to_stop
    from desk.web.room import fitting
    from flows.machine import Machine
    from pipeline.isolation import isolation
    from pipeline.settings import load

    settings, stop = load(), told_to_stop()
    fitting(settings.desk)
    _tell_taken_ports(settings)
    with Machine.of(settings) as machine:
        print(f"Carpetas:   {settings.folders.root.resolve()}")
        print(f"Mesa:       http://{settings.desk.host}:{settings.desk.port}/")
        if machine.server is not None:
            print(f"Prefect:    {machine.server.url}/runs  (arranca en medio minuto)")
            print(f"            contraseña en {machine.server.home / 'auth'}")
        print(f"Lectura:    {isolation(settings.sandbox.level).seen}")
        print("Ctrl-C lo para todo.", flush=True)
        machine.run(stop)
        print("Parando: cada parte termina lo que tiene en la mano.", flush=True)


def _tell_taken_ports(settings: Settings) -> None:
    """Say which port another program has: list or engine try again until it is free, cases do not wait."""
    ports = {"desk.port": (settings.desk.host, settings.desk.port)}
    if not settings.engine.api:
        ports["engine.port"] = ("127.0.0.1", settings.engine.port)
    until = time.monotonic() + FREED_SECONDS
    while (taken := [name for name, at in ports.items() if _answers(at)]) and time.monotonic() < until:
        time.sleep(0.2)
    for name in taken:
        print(f"Aviso:      el puerto {ports[name][1]} ({name}) está ocupado: ¿otro `ventanilla up`?")
        print("            Párelo, o escriba otro puerto en los ajustes y arranque de nuevo.")


def _answers(at: tuple[str, int]) -> bool:
    """Tell whether somebody listens there."""
    try:
        socket.create_connection(at, timeout=1).close()
    except OSError:
        return False
    return True
