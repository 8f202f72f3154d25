"""What every page of the desk stands on: the record, the settings, the calendars, the hour, the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from desk.people.sealing import Seals, passing, seals
from desk.people.sessions import Ends
from pipeline.calendars import at_hand
from pipeline.desk_chosen import Entrance, refuse_contradictions
from pipeline.parts.readiness import Readiness, questions
from pipeline.pictures.pictures import Pictures
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars


def _pages() -> Environment:
    """Return the templates: what is missing in one is an error, and everything put in is text."""
    return Environment(
        loader=PackageLoader("desk.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The desk of one machine. `clock` gives the moment, with a zone."""

    store: Store
    settings: Settings
    calendars: Calendars
    pictures: Pictures
    ready: Readiness
    pages: Environment = field(default_factory=_pages)
    seals: Seals = field(default_factory=passing, repr=False)
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the hours that people read."""
        return ZoneInfo(self.settings.letters.zone)

    def now(self) -> dt.datetime:
        """Return the moment as the clock on the office's wall shows it."""
        return self.clock().astimezone(self.zone)

    @property
    def ends(self) -> Ends:
        """Return after how long sessions end."""
        chosen = self.settings.desk
        return Ends(dt.timedelta(minutes=chosen.idle_minutes), dt.timedelta(hours=chosen.longest_hours))

    def engine(self) -> str:
        """Return the address of Prefect's pages."""
        chosen = self.settings.engine
        return chosen.api.removesuffix("/api") or f"http://{chosen.host}:{chosen.port}"


def fitting(chosen: Entrance) -> Seals:
    """Return the seals of a desk whose settings fit together; raise UsageError or EnvironmentFault if not."""
    found = seals(chosen)
    refuse_contradictions(chosen, lasting=found.lasting)
    return found


def room(store: Store, settings: Settings) -> Room:
    """Return the desk over *store*; raise UsageError where its settings do not fit together."""
    sealing = fitting(settings.desk)
    return Room(
        store=store,
        settings=settings,
        calendars=at_hand(settings.calendars),
        pictures=Pictures(store, settings),
        ready=Readiness(questions(store, settings), settings.health.seconds),
        seals=sealing,
    )
