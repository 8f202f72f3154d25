"""What `ventanilla doctor` says of the record, of the antivirus, and of the cases that wait."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.cli.checked import Check, tried
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings


def database(settings: Settings) -> Check:
    """Whether the case store is whole, opens and is at this version."""

    def ask() -> str:
        from pipeline.store import open_store

        open_store(settings.storage.database, settings.storage.blobs, migrate=False).close()
        refuse_damaged(settings)
        return "abre, está al día y entera"

    return tried("base de datos de casos", ask, "ventanilla init")


def papers(settings: Settings) -> Check:
    """Whether papers are where the settings say, as /readyz asks it: a share or a store may be away."""
    what, remedy = "papeles guardados", "compruebe la red, la carpeta o el almacén de storage.blobs"

    def ask() -> str:
        from pipeline.errors import EnvironmentFault
        from pipeline.parts.readiness import Readiness, questions
        from pipeline.store import open_store

        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            (found,) = Readiness(questions(store, settings, ("papers",)), settings.health.seconds)()
        if not found.well:
            raise EnvironmentFault(f"no están a mano ({found.why}): lo que se deja espera", remedy)
        return "a mano"

    return tried(what, ask, remedy)


def refuse_damaged(settings: Settings) -> None:
    """Raise EnvironmentFault if SQLite finds its file damaged: nothing is to be received into it."""
    from pipeline.journal.connect import sqlite_file
    from pipeline.store.check import damaged
    from pipeline.store.trouble import damaged as told

    file = sqlite_file(settings.storage.database)
    if file is not None and next(damaged(file), None) is not None:
        raise told()


def antivirus(settings: Settings) -> Check:
    """Whether the antivirus answers, and how old its signatures are."""
    from pipeline.antivirus import OLDEST_SIGNATURES_DAYS, Clamd, SilentError

    what, chosen = "antivirus", settings.antivirus
    if chosen.mode == "off":
        remedy = 'apt-get install -y clamav-daemon, y antivirus.mode = "required" en ventanilla.toml'
        return Check(what, well=False, seen="no se usa", remedy=remedy, needed=False)
    needed = chosen.mode == "required"
    try:
        version = Clamd(chosen).version()
    except SilentError:
        seen = "no responde: los expedientes esperan" if needed else "no responde: se sigue sin él"
        return Check(what, well=False, seen=seen, remedy="systemctl start clamav-daemon", needed=needed)
    if version.made is None:
        return Check(what, well=True, seen=f"{version.text}; no dice de cuándo son sus firmas")
    days = (dt.datetime.now(dt.UTC) - version.made).days
    fresh = days <= OLDEST_SIGNATURES_DAYS
    seen = f"{version.text}; firmas de hace {days} días"
    return Check(what, fresh, seen, "systemctl start clamav-freshclam", needed=False)


def waiting(settings: Settings) -> Iterator[Check]:
    """Which cases wait, and for what."""
    from pipeline.store import open_store
    from pipeline.store.cases import WAITING, lines
    from pipeline.waiting import WAITS

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            waits = Counter(one.waits_for for stage in WAITING for one in lines(store, stage=stage))
    except VentanillaError:
        return
    for why, count in sorted(waits.items(), key=str):
        told = WAITS.get(why or "")
        seen = told.what if told else "Han fallado varias veces: tiene que verlos una persona"
        remedy = told.remedy if told else "Véalos con `ventanilla case list` y `ventanilla case show`."
        yield Check(f"expedientes que esperan: {count}", well=False, seen=seen, remedy=remedy, needed=False)
