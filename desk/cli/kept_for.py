"""What `ventanilla doctor` says of how long cases are kept: whether the body has decided it, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.cli.checked import Check, tried
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings

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
    yield from _unfinished(settings)


def _ring(settings: Settings) -> str:
    """Say that the ring is the one of the cases that are blocked."""
    from pipeline.retention.erase import whole
    from pipeline.retention.ring import Ring
    from pipeline.store import open_store

    ring = Ring.at(settings.retention, settings.storage.local, make=False)
    with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
        whole(store, ring)
    return str(ring.root)


def _unfinished(settings: Settings) -> Iterator[Check]:
    """Yield what a run that was stopped has left."""
    from pipeline.retention.shown import figures
    from pipeline.store import open_store

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            found = figures(store)
    except VentanillaError:
        return
    left = found.erasing + found.uncleaned + found.unpurged
    seen = f"{found.blocked} bloqueados, {found.erased} suprimidos"
    seen += f"; {left} por acabar" if left else ""
    yield Check(_WHAT, not left, seen, "ventanilla retention run", needed=False)
