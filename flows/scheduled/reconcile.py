"""The flow `repaso`: what was left half done is seen to now, whether or not a worker runs."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State

from flows.scheduled.shell import on_the_record, options
from pipeline.reconcile import Reconciler
from pipeline.settings import Settings
from pipeline.store import Store


@flow(**options("repaso", 900.0))
def repaso() -> State:
    """Devuelve a la cola lo que quedó a medias y da los acuses que falten."""
    return on_the_record(_seen_to)


def _seen_to(settings: Settings, store: Store, now: dt.datetime) -> str:
    """See to it, and tell in counts."""
    del now
    mended = Reconciler(settings, store)()
    return f"{len(mended.given_back)} expedientes devueltos a la cola, {mended.receipts} acuses dados"
