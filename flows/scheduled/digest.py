"""The flow `resumen`: the figures of the morning by mail, on working days; each receiver gets it once."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State

from flows.scheduled.shell import on_the_record, options
from pipeline.calendars import at_hand
from pipeline.digest.owed import Mornings
from pipeline.settings import Settings
from pipeline.store import Store


@flow(**options("resumen", 900.0))
def resumen() -> State:
    """Envía el resumen de la mañana a quien lo ha pedido."""
    return on_the_record(_sent)


def _sent(settings: Settings, store: Store, now: dt.datetime) -> str:
    """Send what is owed, and tell in counts; on days off nothing is."""
    sent = Mornings(store, settings, at_hand(settings.calendars)).send(now)
    return f"{sent} correos enviados"
