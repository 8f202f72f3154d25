"""The flow `plazos`: legal time that has passed is seen to once an hour, also by whoever runs no worker."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State

from flows.scheduled.shell import on_the_record, options
from pipeline.deadlines import see_to
from pipeline.settings import Settings
from pipeline.store import Store


@flow(**options("plazos", 1800.0))
def plazos() -> State:
    """Anota el silencio y los plazos que han pasado, y avisa de los dudosos."""
    return on_the_record(_seen_to)


def _seen_to(settings: Settings, store: Store, now: dt.datetime) -> str:
    """See to it, and tell in counts."""
    seen = see_to(settings, store, now)
    told = f"{seen.silences} silencios anotados, {seen.alarms} plazos que ha de mirar una persona"
    return f"{told}, {seen.finals} decisiones definitivas"
