"""The flow `informes`: the tables that managers find in Prefect, brought up to date also when none works."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State

from flows.reports import report
from flows.scheduled.shell import on_the_record, options
from pipeline.settings import Settings
from pipeline.store import Store


@flow(**options("informes", 600.0))
def informes() -> State:
    """Pone al día los informes: colas, plazos de la semana, devueltos, calidad de la lectura."""
    return on_the_record(_published)


def _published(settings: Settings, store: Store, now: dt.datetime) -> str:
    """Publish what changed, and tell how many."""
    return f"{report(settings, store, now)} informes al día"
