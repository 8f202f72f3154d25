"""What `ventanilla doctor` says of how long cases are kept: whether the body has decided it, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desk.cli.checked import Check, tried
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store import Store

_WHAT = "conservación de los expedientes"
_KEYS = "revise retention.keys; si es nueva, hágala: mkdir -m 700 CARPETA"


def kept_for(settings: Settings) -> Iterator[Check]:
    """Yield whether periods are chosen, the ring of keys is apart and whole, and copies have an end."""
    chosen = settings.retention
    if not chosen.terms:
        seen = "sin plazos: no se bloquea ni se suprime nada; los ha de decidir el organismo"
        remedy = "cuando estén decididos, escríbalos en retention.terms (docs/retention.md)"
        yield Check(_WHAT, well=False, seen=seen, remedy=remedy, needed=False)
        return
    yield tried("claves de los expedientes bloqueados", lambda: _ring(settings), _KEYS)
    if not chosen.copies_days:
        seen = "no se ha dicho cuántos días se guardan las copias: en ellas sigue lo que se bloquea"
        yield Check(_WHAT, well=False, seen=seen, remedy="escriba retention.copies_days", needed=False)
    yield from _apart(settings)
    yield from _unfinished(settings)


def _apart(settings: Settings) -> Iterator[Check]:
    """Yield that the keys lie where copies of the record, or the people of an office, find them too."""
    keys = settings.retention.keys
    if keys is None or not keys.is_dir():
        return
    beside = [settings.folders.root, *_record(settings)]
    if any(keys.resolve().is_relative_to(one.resolve()) for one in beside):
        seen = "las claves están en una carpeta de la oficina, o en la de la base de datos o las copias"
        remedy = "mueva la carpeta aparte y corrija retention.keys"
        yield Check(
            "claves de los expedientes bloqueados", well=False, seen=seen, remedy=remedy, needed=False
        )


def _record(settings: Settings) -> Iterator[Path]:
    """Yield the folders that are copied with the record."""
    from pipeline.journal.connect import sqlite_file

    yield settings.storage.local
    file = sqlite_file(settings.storage.database)
    if file is not None:
        yield file.absolute().parent


def _ring(settings: Settings) -> str:
    """Say that the ring is the one of the cases that are blocked."""
    from pipeline.retention.erase import whole
    from pipeline.retention.ring import Ring
    from pipeline.store import open_store

    ring = Ring.at(settings.retention, settings.storage.local, make=False)
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        whole(store, ring)
    return str(ring.root)


def came_back(store: Store, settings: Settings) -> int:
    """Return how many cases are live in the record that the ring of this machine knows as blocked."""
    from pipeline.retention.ring import Ring
    from pipeline.retention.shown import returned

    keys = settings.retention.keys
    if keys is None or not keys.is_dir():
        return 0
    return returned(store, Ring.at(settings.retention, settings.storage.local, make=False))


def _unfinished(settings: Settings) -> Iterator[Check]:
    """Yield what a run that was stopped has left."""
    from pipeline.retention.shown import figures
    from pipeline.store import open_store

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found = figures(store)
            again = came_back(store, settings)
    except VentanillaError:
        return
    left = found.erasing + found.uncleaned + found.unpurged
    seen = f"{found.blocked} bloqueados, {found.erased} suprimidos"
    seen += f"; {left} por acabar" if left else ""
    if again:
        what = f"{again} expedientes que se bloquearon están vivos otra vez: los trajo una copia"
        yield Check(_WHAT, well=False, seen=what, remedy="ventanilla retention run", needed=False)
    yield Check(_WHAT, not left, seen, "ventanilla retention run", needed=False)
