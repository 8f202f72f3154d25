"""The flow `conservacion`: cases whose time has come are blocked, blocked ones erased, a part each night."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State

from flows.scheduled.shell import on_the_record, options
from pipeline.calendars import at_hand
from pipeline.retention.run import retain
from pipeline.settings import Settings
from pipeline.store import Store


@flow(**options("conservacion", 3 * 3600.0))
def conservacion() -> State:
    """Bloquea y suprime lo que toca; sin plazos decididos no hace nada."""
    return on_the_record(_done)


def _done(settings: Settings, store: Store, now: dt.datetime) -> str:
    """Do what is due, and tell in counts."""
    if not settings.retention.terms:
        return "sin plazos decididos: no se bloquea ni se suprime nada"
    done = retain(store, settings, at_hand(settings.calendars), now)
    more = "; queda para otra noche" if done.more else ""
    stayed = sum(done.stayed.values())
    return f"{len(done.blocked)} bloqueados, {done.erased} suprimidos, {stayed} que han de seguir{more}"
