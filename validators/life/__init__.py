"""The life of a case after it was filed: dated events, and what the law makes of them.

    life(application, events, today, law) -> Life

Pure: nothing is kept here, and the day is given. `pipeline.life` keeps the events.
"""

from __future__ import annotations

from validators.life.answer import State
from validators.life.ending import Ended
from validators.life.events import SILENT, Event, Kind, event, plain, words
from validators.life.life import Life, life
from validators.life.payments import Quota

__all__ = ["SILENT", "Ended", "Event", "Kind", "Life", "Quota", "State", "event", "life", "plain", "words"]
