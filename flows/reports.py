"""The reports that managers find in Prefect at /artifacts: asked of the record, counts and case numbers only.

report(settings, store, at)      # how many changed; called by drains and by the scheduled flow
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from flows.shown import lying, terms, week
from flows.shown.publish import Shown, publish
from pipeline.calendars import at_hand
from pipeline.desk_chosen import public_address
from pipeline.figures.asked import Asked
from pipeline.figures.board import board
from pipeline.figures.open import laid
from pipeline.figures.soon import soon
from pipeline.settings import Settings
from pipeline.store import Store

AHEAD = dt.timedelta(days=7)
"""How far ahead last days are listed one by one."""
MOST_CASES = 200
"""Cases listed one by one at most; the board counts the rest."""


def report(settings: Settings, store: Store, at: dt.datetime) -> int:
    """Bring every report up to date as of a moment; return how many changed.

    Raise what Prefect's client raises where the server is away.
    """
    return publish(reports(settings, store, at), at)


def reports(settings: Settings, store: Store, at: dt.datetime) -> list[Shown]:
    """Return every report as of a moment, read from the record alone."""
    zone = ZoneInfo(settings.letters.zone)
    today = at.astimezone(zone).date()
    desk, asked, calendars = public_address(settings.desk), Asked.lately(today), at_hand(settings.calendars)
    page = f"{desk}/gestion"
    told = board(store, asked, calendars, at)
    near = soon(store, asked, calendars, today + AHEAD, MOST_CASES)
    with store.read() as connection:
        lies = laid(connection, asked)
    tables = (
        lying.queues(lies, today, page),
        lying.stuck(told, desk, page, zone),
        lying.waits(told, today, page),
        terms.deadlines(near, desk, page),
        terms.forecast(told, page),
        week.sent_back(told, page),
        week.reading(told, page),
        week.changes(told, page),
    )
    words = "De cada cien casos de esta semana, los que ya se han leído."
    read = Shown("avance", "progress", f"# Lectura al día\n\n{words}", lying.progress(told))
    return [*(Shown.of(table) for table in tables), read]
