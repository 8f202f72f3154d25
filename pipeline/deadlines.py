"""Legal time that has passed, all of it at once: for a run by the clock, beside workers that go bit by bit.

    seen = see_to(settings, store, now)     # any number of processes may, at any time

Workers do the same every minute (`pipeline.reconcile`): nothing here depends on an engine that calls it.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.calendars import at_hand
from pipeline.decisions.final import Finals
from pipeline.life.sweep import Silences
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.trays.standing import Days
from pipeline.trays.tidy import MOST, tidy

_LOOKS = 40
"""Looks at one go: 50 cases each, so that a backlog of 2 000 deadlines is seen to in one run."""


class Seen(NamedTuple):
    """Cases that silence answered, deadlines that a person must look at, decisions that became final."""

    silences: int = 0
    alarms: int = 0
    finals: int = 0


def see_to(settings: Settings, store: Store, now: dt.datetime) -> Seen:
    """See to all that is due by *now*, a moment with the zone of the office, and put cases in their trays."""
    calendars = at_hand(settings.calendars)
    silences, finals = Silences(store, settings, calendars), Finals(store, settings, calendars)
    seen = Seen(finals=len(finals(now)))
    finals.overdue_notices(now)
    for _ in range(_LOOKS):
        answered = silences(now)
        seen = seen._replace(
            silences=seen.silences + len(answered.recorded), alarms=seen.alarms + len(answered.alarms)
        )
        if not answered.recorded and not answered.alarms:
            break
    days = Days(now.date(), settings.policy, calendars)
    for _ in range(_LOOKS):
        if tidy(store, days) < MOST:
            break
    return seen
