"""`ventanilla demo`: invented submissions of every outcome through the whole system, and where each ended."""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.errors import EnvironmentFault

if TYPE_CHECKING:
    from desk.demo.cases import Story
    from flows.machine import Machine
    from pipeline.settings import Settings
    from pipeline.store import Store
    from pipeline.store.cases import Line

PATIENCE_SECONDS = 170.0
LOGIN = "demo"
RESERVE = 64 << 20
DONE = {"routed", "returned", "hold"}


def register(app: click.Group) -> None:
    """Add `demo`."""
    app.add_command(demo)


@click.command()
@click.option("--keep", is_flag=True, help="Deja todo en marcha hasta Ctrl-C.")
def demo(*, keep: bool) -> None:
    """Deja solicitudes inventadas en una carpeta vigilada y enseña dónde acaba cada una."""
    from desk.cli.parts import told_to_stop
    from desk.demo.cases import STORIES
    from flows.machine import Machine
    from pipeline.settings import load
    from pipeline.store import open_store

    place = Path(tempfile.mkdtemp(prefix="ventanilla-demo-"))
    environment = own_settings(place)
    settings, stop = load(environ={**os.environ, **environment}, folder=place), told_to_stop()
    print(f"Carpetas de la demostración: {settings.folders.root}")
    print(f"Si se corta, sigue con: cd {place} && {Path(sys.argv[0]).absolute()} up", flush=True)
    with (
        open_store(settings.storage.database, settings.storage.blobs) as store,
        Machine.of(settings, environment) as machine,
    ):
        drop(STORIES, settings.folders.root)
        print(f"{len(STORIES)} entregas dejadas en 1_ENTRADA; el motor arranca en medio minuto.", flush=True)
        wait(machine, store, len(STORIES), stop)
        right = show(STORIES, store, settings)
        look(machine, settings)
        if keep and not stop.is_set():
            print(f"Para entrar en la mesa:  usuario {LOGIN}, contraseña {_account(store)}")
            print("Todo sigue en marcha; Ctrl-C lo para.", flush=True)
            machine.run(stop)
    raise click.exceptions.Exit(0 if right else 1)


def _account(store: Store) -> str:
    """Make an account that sees and decides everything of the demonstration; return its password."""
    from desk.people.accounts import ALL, add
    from desk.people.passwords import one_time
    from desk.people.rights import Role

    word, roles = one_time(), [Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR]
    name = "Persona de la demostración"
    add(store, LOGIN, name, roles=roles, offices=ALL, password=word, at=dt.datetime.now(dt.UTC))
    return word


def own_settings(place: Path) -> Mapping[str, str]:
    """Return settings that touch nothing outside *place*, on ports that are free.

    They are written there too: `ventanilla up` in *place* goes on after the demonstration itself was killed.
    """
    desk, engine = _free_ports(2)
    return {
        "VENTANILLA_CONFIG": str(_written(place, desk, engine)),
        "VENTANILLA_FOLDERS__ROOT": str(place / "oficinas"),
        "VENTANILLA_FOLDERS__OFFICES": "CEU01,MEL01",
        "VENTANILLA_STORAGE__DATABASE": f"sqlite:///{place}/ventanilla.db",
        "VENTANILLA_STORAGE__BLOBS": str(place / "blobs"),
        "VENTANILLA_STORAGE__RESERVE": str(RESERVE),
        "VENTANILLA_DESK__PORT": str(desk),
        "VENTANILLA_ENGINE__PORT": str(engine),
        "VENTANILLA_ENGINE__API": "",
        "VENTANILLA_RECEIPTS__KEY": str(_trial_key(place)),
        "VENTANILLA_RECEIPTS__PASSWORD": "",
        "VENTANILLA_RECEIPTS__PKCS11_MODULE": "",
        "VENTANILLA_RECEIPTS__TSA": "",
    }


def _written(place: Path, desk: int, engine: int) -> Path:
    """Write the settings of the demonstration, so that the machine's own are not read; return their file."""
    file = place / "ventanilla.toml"
    file.write_text(
        f'[folders]\nroot = "{place}/oficinas"\noffices = ["CEU01", "MEL01"]\n\n'
        f'[storage]\ndatabase = "sqlite:///{place}/ventanilla.db"\nblobs = "{place}/blobs"\n'
        f"reserve = {RESERVE}\n\n[desk]\nport = {desk}\n\n[engine]\nport = {engine}\n\n"
        f'[receipts]\nkey = "{_trial_key(place)}"\n',
        encoding="utf-8",
    )
    return file


def _trial_key(place: Path) -> Path:
    """Return a key made for this demonstration; its receipts say so."""
    from pipeline.receipts.trial import make_trial_key

    key = place / "clave_de_prueba.p12"
    if not key.exists():
        make_trial_key(key)
    return key


def _free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def drop(stories: Sequence[Story], root: Path) -> None:
    """Do what a clerk does: put each submission in the office's 1_ENTRADA."""
    for story in stories:
        folder = root / story.office / "1_ENTRADA"
        folder.mkdir(parents=True, exist_ok=True)
        story.write(folder)


def wait(machine: Machine, store: Store, count: int, stop: threading.Event) -> None:
    """Wait until every case has its queue and its flow run, as long as *PATIENCE_SECONDS*."""
    from flows.engine import answers
    from pipeline.store.cases import lines
    from pipeline.store.events import history
    from pipeline.store.runs import UNTOLD

    until = time.monotonic() + PATIENCE_SECONDS

    def over() -> bool:
        found = lines(store)
        done = len(found) >= count and all(one.stage in DONE and not one.working for one in found)
        told = all(history(store, one.id)[-1].kind != UNTOLD for one in found) if done else False
        there = machine.server is None or answers(f"{machine.server.url}/api")
        return (done and told and there) or time.monotonic() > until

    machine.run(stop, every=0.5, look=over)
    if time.monotonic() > until:
        raise EnvironmentFault(
            f"La demostración no ha terminado en {PATIENCE_SECONDS:.0f} s",
            "Mire qué falta con `ventanilla doctor`.",
        )


def show(stories: Sequence[Story], store: Store, settings: Settings) -> bool:
    """Print where each submission ended; return whether each is where it should be."""
    from pipeline.store.cases import lines

    found = {one.source_name: one for one in lines(store)}
    right = True
    print()
    for story in stories:
        one = found.get(story.name)
        well = one is not None and (one.queue, one.stage == "returned") == (story.queue, story.queue is None)
        right = right and well
        print(f"{'  ' if well else '! '}{story.told}")
        if one is not None:
            print(f"      {one.number}: {_ended(one)}")
            print(f"      {_where(one, settings.folders.root)}")
    return right


def _ended(one: Line) -> str:
    """Return the end of a case in words."""
    from desk.cli.words import QUEUES

    if one.queue is None:
        return "DEVUELTO" if one.stage == "returned" else one.stage
    deadline = f", resolver hasta el {one.resolve_by:%d/%m/%Y}" if one.resolve_by else ""
    return f"propuesta {QUEUES[one.queue]}{deadline}"


def _where(one: Line, root: Path) -> str:
    """Return the folders that hold what the case produced."""
    office = root / one.office
    found = [p for p in sorted(office.glob(f"[345]_*/{one.number}*")) if p.exists()]
    found += sorted(office.glob(f"5_DEVUELTO/*{one.source_name}*")) if one.stage == "returned" else []
    return "  ".join(str(p.relative_to(root)) for p in dict.fromkeys(found)) or "-"


def look(machine: Machine, settings: Settings) -> None:
    """Say where to look."""
    print()
    print(f"Estado de cada oficina:  {settings.folders.root}/<oficina>/ESTADO.html")
    print(f"Mesa de quienes deciden: http://{settings.desk.host}:{settings.desk.port}/")
    if machine.server is not None:
        print(f"Ejecuciones en Prefect:  {machine.server.url}/runs   (colas: {machine.server.url}/artifacts)")
        print(f"  contraseña en {machine.server.home / 'auth'}")
