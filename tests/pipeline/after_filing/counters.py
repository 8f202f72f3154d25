"""An office whose cases are changed after filing."""

import datetime as dt
import io

import sqlalchemy as sa

from pipeline.acts import Act
from pipeline.after_filing.asking import Asked, ask
from pipeline.after_filing.parting import papers
from pipeline.after_filing.record import of_case
from pipeline.after_filing.told import Telling
from pipeline.calendars import at_hand
from pipeline.folders.places import make
from pipeline.intake.handing import Parcel, Sent, hand_in
from pipeline.store.check import look_over
from pipeline.store.claims import claim
from pipeline.store.schema import cases
from pipeline.work import work


class Counter:
    """One office, a second one, and their only worker."""

    def __init__(self, office, sandbox):
        self.office, self.store, self.settings = office, office.store, office.settings
        self._sandbox = sandbox
        self.calendars = at_hand(self.settings.calendars)
        make(self.settings.folders.root, "MEL01")

    def take(self, *files, answers=None, office="CEU01", **said):
        self.office.seconds += 60
        sent = [Sent(name, io.BytesIO(data)) for name, data in files]
        from pipeline.handed import Presentation

        word = Presentation(said_by="office", **said) if said else None
        parcel = Parcel(office=office, files=sent, once=str(self.office.seconds), answers=answers, said=word)
        entered = hand_in(self.store, self.settings, parcel, self.office.now())
        self.read()
        return entered.number

    def read(self):
        """Read whatever waits, and tidy the folders up."""
        while claimed := claim(self.store, "w", 900, dt.datetime.now(dt.UTC)):
            work(claimed, self.settings, self.store, self._sandbox, self.calendars)
        Telling(self.store, self.settings)(self.office.now())
        self.office.look()

    def restart(self, files=None):
        """Start the program anew, on a disk that may fail."""
        self.office.start(files)
        self.store = self.office.store

    def row(self, number):
        with self.store.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.number == number)).one()

    def act(self, number, did="tried"):
        return Act(who="ana", did=did, at=self.office.now(), revision=self.row(number).revision)

    def keys(self, number, *names):
        return frozenset(key for key, name in papers(self.row(number).report).items() if name in names)

    def files(self, number):
        return [document["file"] for document in self.row(number).report["documents"]]

    def kinds(self, number):
        return [one.kind for one in of_case(self.store, self.row(number).id)]

    def sound(self):
        """Whether the check of the record finds nothing."""
        return [one.what for one in look_over(self.store, self.office.now()) if one.damage] == []

    def asked(self, number, kind, **more):
        day = more.pop("entered_on", self.office.now().date())
        asked = Asked(kind=kind, entered_on=day, once=more.pop("once", "1"), **more)
        case = self.row(number).id
        return ask(self.store, self.settings, self.calendars, case, asked, self.act(number))
