"""A case judged with an antivirus beside it."""

import datetime as dt
import json
from dataclasses import replace

import time_machine

from pipeline.limits import Limits
from pipeline.store.cases import lines, report
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.store.results import Result, finish, release
from pipeline.work import held_up, work
from validators.calendar import Calendars

NUMBER = "CEU01-2026-000001"


class Desk:
    """One office with an antivirus."""

    def __init__(self, office, sandbox, settings):
        self.office, self.sandbox = office, sandbox
        self.trust(settings)

    def trust(self, antivirus, **limits):
        self.settings = replace(self.office.settings, antivirus=antivirus, limits=Limits(**limits))

    def hand_in(self, name, data, word=None):
        if word:
            self.office.drop(f"{name}.presentacion.json", json.dumps(word).encode())
        self.office.drop(name, data)
        assert len(self.office.take()) == 1

    def work(self):
        """Take the next case as a worker does, however long it was to wait, and return how it ended."""
        claimed = claim(self.office.store, "a", 60, dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
        if claimed is None:
            return None
        if held_up(claimed, self.settings, self.office.store):
            return "held-up"
        ended = work(claimed, self.settings, self.office.store, self.sandbox, Calendars.shipped())
        return ended.outcome

    def at(self, hour, minute=0, day=16):
        """Claim the next case at that hour and tell whether it is free to go on; then it is done with."""
        moment = dt.datetime(2026, 3, day, hour, minute, tzinfo=self.office.now().tzinfo)
        with time_machine.travel(moment, tick=False):
            claimed = claim(self.office.store, "a", 60, moment)
            if claimed is None:
                return None
            if held_up(claimed, self.settings, self.office.store):
                return "held-up"
            finish(self.office.store, claimed, Result(stage="routed", queue="review"), moment)
            release(self.office.store, claimed, moment)
            return "free"

    @property
    def case(self):
        (line,) = lines(self.office.store)
        return line

    @property
    def told(self):
        return [event.kind for event in history(self.office.store, self.case.id)]

    @property
    def documents(self):
        found = report(self.office.store, NUMBER)["documents"]
        return {one["file"]: (one["kind"], one["flags"][:1]) for one in found}
