"""People at work on the judged cases of an office: they decide, confirm, tell and let time pass."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pipeline.acts import Act, acting
from pipeline.decisions.decide import By, confirm, decide, undo
from pipeline.decisions.final import Finals
from pipeline.decisions.kept import decisions_of
from pipeline.decisions.possible import Choice
from pipeline.decisions.situation import Surroundings
from pipeline.life.lived import lived
from pipeline.notices.longer import make_longer
from pipeline.notices.tell import Told, annul, tell
from pipeline.store.schema import cases, handling

MADRID = ZoneInfo("Europe/Madrid")


class Desk:
    """People at work on the judged cases of an office, at an hour that the test sets."""

    def __init__(self, office, calendars):
        self.office, self.now = office, dt.datetime(2026, 3, 23, 9, 30, tzinfo=MADRID)
        self.around = Surroundings(settings=office.settings, calendars=calendars)

    @property
    def store(self):
        """The record as the program opened it last."""
        return self.office.store

    def chosen(self, **settings):
        """Set something of the desk."""
        desk = replace(self.around.settings.desk, **settings)
        self.around = replace(self.around, settings=replace(self.around.settings, desk=desk))

    def id(self, number):
        """Return the id of a case."""
        with self.store.read() as connection:
            return connection.execute(sa.select(cases.c.id).where(cases.c.number == number)).scalar_one()

    def row(self, number):
        """Return the row of a case with how it stands at the desk."""
        with self.store.read() as connection:
            joined = sa.select(cases, handling).outerjoin(handling, handling.c.case_id == cases.c.id)
            return connection.execute(joined.where(cases.c.number == number)).mappings().one()

    @contextmanager
    def acting(self, number, who="ana"):
        """Give the transaction in which somebody acts on a case as it is now."""
        act = Act(who=who, did="decided", at=self.now, revision=self.row(number)["revision"])
        with acting(self.store, self.id(number), act) as connection:
            yield connection

    def decide(self, number, kind="grant", who="ana", supervisor=False, **said):
        """Take a decision as somebody."""
        choice = Choice(kind=kind, signer=f"{who.title()} Prueba", **said)
        with self.acting(number, who) as connection:
            return decide(connection, self.id(number), choice, By(who, supervisor), self.now, self.around)

    def undo(self, number, who="ana", supervisor=False):
        """Take the last decision back."""
        with self.acting(number, who) as connection:
            return undo(connection, self.id(number), By(who, supervisor), self.now, self.around)

    def confirm(self, number, kind, who="eva"):
        """Say as the second person what one would decide."""
        with self.acting(number, who) as connection:
            return confirm(connection, self.id(number), kind, "", By(who), self.now, self.around)

    def tell(self, number, way, step, on, who="ana", **said):
        """Record one step of telling what was decided."""
        told = Told(way=way, step=step, on=dt.date.fromisoformat(on), **said)
        with self.acting(number, who) as connection:
            return tell(connection, self.id(number), told, who, self.now, self.around)

    def make_longer(self, number, days, who="ana"):
        """Give the person more days to answer."""
        with self.acting(number, who) as connection:
            make_longer(connection, self.id(number), days, who, self.now, self.around)

    def annul(self, number, notice, who="ana"):
        """Annul a step that was recorded wrongly."""
        with self.acting(number, who) as connection:
            annul(connection, self.id(number), notice, "mal anotado", who, self.now, self.around)

    def finals(self, after=dt.timedelta(minutes=6)):
        """Let time pass, and make final what is due."""
        self.now += after
        return Finals(self.store, self.around.settings, self.around.calendars)(self.now)

    def at(self, day, hour=9, minute=30):
        """Go to an hour of a day."""
        self.now = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour, minute), MADRID)

    def decided(self, number):
        """Return the decisions on a case."""
        with self.store.read() as connection:
            return decisions_of(connection, self.id(number))

    def life(self, number):
        """Return how a case stands by the law on the day."""
        policy, calendars = self.around.settings.policy, self.around.calendars
        return lived(self.store, number, self.now.date(), policy, calendars).life

    def told(self, number):
        """Return what the life of a case tells and counts, by day."""
        return [(event.kind.value, event.on.isoformat()) for event in self.life(number).events]
