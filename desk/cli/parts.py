"""`watch`, `worker`, `desk`: the parts of one machine, each a process that runs until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import click

from flows.parent import outlived


def register(app: click.Group) -> None:
    """Add the parts."""
    app.add_command(watch)
    app.add_command(worker)
    app.add_command(desk)


def told_to_stop() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set, so that the work in hand is finished first.

    The end of the machine that this process is a part of sets it too.
    """
    stop = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    signal.signal(signal.SIGINT, tell)
    signal.signal(signal.SIGTERM, tell)
    outlived()
    return stop


@click.command()
def watch() -> None:
    """Vigila las carpetas de las oficinas y recibe lo que se deja en ellas."""
    from desk.cli.record import refuse_damaged
    from pipeline.logs.begin import begin
    from pipeline.settings import load
    from pipeline.store import open_store
    from pipeline.watch import Watcher

    stop, settings = told_to_stop(), load()
    begin(settings.log, "watch")
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        refuse_damaged(settings)
        Watcher(settings, store).run(stop)


@click.command()
@click.option("--until-idle", is_flag=True, help="Termina cuando no queda nada.")
@click.option("--pool", is_flag=True, help="Suma esta máquina a las que reparte Prefect (antes: `deploy`).")
def worker(*, until_idle: bool, pool: bool) -> None:
    """Trabaja los expedientes que esperan, uno tras otro."""
    if pool:
        _join_pool()
        return
    from flows.machine import clients
    from pipeline.logs.begin import begin
    from pipeline.settings import load

    stop, settings = told_to_stop(), load()
    begin(settings.log, "worker")
    if "PREFECT_API_URL" not in os.environ:
        # of `up` a worker has it already; Prefect reads its settings when it is first imported
        os.environ.update(clients(settings))
    from flows.beside import beside
    from flows.drain import drain

    # what Prefect set up for itself on the way in goes the way of all lines too
    begin(settings.log, "worker")
    beside(lambda: drain(settings, stop, until_idle=until_idle))


def _join_pool() -> None:
    """Run this machine as one of the pool until it is told to stop."""
    from flows.machine import clients
    from pipeline.logs.begin import begin
    from pipeline.settings import load
    from pipeline.store import open_store

    stop, settings = told_to_stop(), load()
    begin(settings.log, "pool")
    engine = clients(settings)
    os.environ.update(engine)
    from flows.pool import PoolMachine

    with (
        open_store(settings.storage.database, settings.storage.blobs) as store,
        PoolMachine(settings, store, engine) as machine,
    ):
        machine.run(stop)


@click.command()
def desk() -> None:
    """Sirve la mesa de quienes deciden, en esta máquina."""
    import uvicorn

    from desk.web.app import application
    from desk.web.fence import LINE
    from desk.web.room import room
    from pipeline.logs.begin import begin
    from pipeline.settings import load
    from pipeline.store import open_store

    outlived()
    settings = load()
    begin(settings.log, "desk")
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        uvicorn.run(
            application(room(store, settings)),
            host=settings.desk.host,
            port=settings.desk.port,
            # the server speaks as all do; requests are told by the desk, if asked for
            log_config=None,
            access_log=False,
            **LINE,
        )
