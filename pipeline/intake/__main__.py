"""The counter alone, for a machine that has no more than the folders and the database.

    python -m pipeline.intake --root /srv/oficinas --office CEU01 \
        --database sqlite:////srv/ventanilla.db --blobs /srv/blobs

It takes drops in and moves their originals; receipts and the rest come from the program that works the cases.
"""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.complaints import Complaints
from pipeline.errors import VentanillaError
from pipeline.files import Files
from pipeline.intake.chosen import Folders, Storage
from pipeline.intake.counter import Means
from pipeline.intake.watcher import Watcher
from pipeline.journal.connect import open_journal
from pipeline.limits import Limits
from pipeline.logs.begin import begin
from pipeline.logs.chosen import Log
from pipeline.store.blobs import papers_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line chooses."""

    folders: Folders
    storage: Storage
    limits: Limits


def main(arguments: Sequence[str]) -> int:
    """Watch until told to stop, or as `--once` and `--until-idle` say; return the exit code."""
    begin(Log(), "watch")
    options = _options().parse_args(arguments)
    try:
        _take_in(options)
    except VentanillaError as error:
        print(f"ventanilla: {error}", file=sys.stderr)  # noqa: T201 - a command tells people
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last seam: a traceback may hold the name of a paper
        print(f"ventanilla: error interno ({type(error).__name__})", file=sys.stderr)  # noqa: T201 - as above
        return 1
    return 0


def _take_in(options: argparse.Namespace) -> None:
    """Open the journal and watch; raise EnvironmentFault if it cannot be opened."""
    zone, files = ZoneInfo(options.zone), Files()
    storage = Storage(
        database=options.database,
        blobs=options.blobs,
        reserve=options.reserve,
        endpoint=options.endpoint,
        copies=options.copies,
    )
    given = Given(folders=_folders(options), storage=storage, limits=Limits())
    with closing(open_journal(storage.database, storage.blobs, files)) as journal:
        means = Means(
            chosen=given,
            journal=journal,
            blobs=papers_in(storage.blobs, files),
            now=lambda: dt.datetime.now(zone),
            clock=time.monotonic,
            complaints=Complaints(time.monotonic),
        )
        _watch(Watcher(means), options, given.folders.scan_seconds)


def _watch(watcher: Watcher, options: argparse.Namespace, pause: float) -> None:
    """Look once, until nothing becomes ready by itself any more, or until told to stop."""
    if options.once:
        watcher.scan_once()
    elif options.until_idle:
        while (scan := watcher.scan_once()).accepted or scan.writing:
            time.sleep(0 if scan.accepted else pause)
    else:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        watcher.run(stop)


def _folders(options: argparse.Namespace) -> Folders:
    """Return the folders and times that were chosen."""
    return Folders(
        root=options.root,
        offices=tuple(options.office),
        scan_seconds=options.scan,
        stability_seconds=options.stability,
        folder_seconds=options.folder,
        patience_seconds=options.patience,
        defer_seconds=options.defer,
        verify_reads=options.verify_reads,
    )


def _options() -> argparse.ArgumentParser:
    """Return the command line; its defaults are those of the settings."""
    folders, storage = Folders(), Storage()
    parser = argparse.ArgumentParser(prog="python -m pipeline.intake", description="Recibe lo que se deja.")
    parser.add_argument("--root", type=Path, required=True, help="carpeta de las oficinas")
    parser.add_argument("--office", action="append", default=[], help="oficina cuyas carpetas se hacen")
    parser.add_argument("--database", default=storage.database, help="dirección de la base de datos")
    parser.add_argument(
        "--blobs", type=Path, default=storage.blobs, help="carpeta de los papeles, o s3://cubo/carpeta"
    )
    parser.add_argument("--endpoint", default="", help="dirección del almacén S3 de los papeles")
    parser.add_argument("--copies", type=Path, default=storage.copies, help="carpeta de copias de lectura")
    parser.add_argument("--reserve", type=int, default=storage.reserve, help="bytes que han de quedar libres")
    parser.add_argument("--scan", type=float, default=folders.scan_seconds, help="segundos entre miradas")
    parser.add_argument("--stability", type=float, default=folders.stability_seconds)
    parser.add_argument("--folder", type=float, default=folders.folder_seconds)
    parser.add_argument("--patience", type=float, default=folders.patience_seconds)
    parser.add_argument("--defer", type=float, default=folders.defer_seconds)
    parser.add_argument("--verify-reads", action="store_true", help="lee cada archivo dos veces")
    parser.add_argument("--zone", default="Europe/Madrid", help="zona horaria de las oficinas")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="mira una vez")
    how.add_argument("--until-idle", action="store_true", help="hasta que nada más quede a punto")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
