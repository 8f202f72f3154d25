"""What `ventanilla doctor` says of the audit, and of programs that are called back and do not answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.cli.checked import Check
from pipeline.errors import VentanillaError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store import Store


def audited(settings: Settings) -> Iterator[Check]:
    """Yield whether the audit is whole since its last head, and the addresses that take no calls."""
    from pipeline.store import open_store

    try:
        with open_store(settings.storage.database, settings.storage.blobs, migrate=False) as store:
            yield _whole(store, settings)
            yield from _calls(store)
    except VentanillaError:
        return


def _whole(store: Store, settings: Settings) -> Check:
    """Whether the rows since the last head are as they were written."""
    from pipeline.audit.verify import verify

    today = dt.datetime.now(ZoneInfo(settings.letters.zone)).date()
    found = verify(store, settings.receipts, today)
    seen = f"entero desde el último sello, hasta la fila {found.last}"
    if not found.whole:
        seen = next(found.sentences())
    return Check("registro de accesos", found.whole, seen, "ventanilla audit verify")


def _calls(store: Store) -> Iterator[Check]:
    """Which addresses have calls that were given up."""
    from pipeline.webhooks.book import book

    for one in book(store):
        if one.given_up and one.ended_at is None:
            seen = f"{one.given_up} avisos abandonados; última respuesta: {one.answered or 'ninguna'}"
            remedy = f"arréglelo allí y `ventanilla webhook retry {one.id}`, o `webhook remove`"
            yield Check(f"avisos a {one.url}", well=False, seen=seen, remedy=remedy, needed=False)
