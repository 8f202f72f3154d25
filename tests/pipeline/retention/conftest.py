"""An office with a case full of words of a person, ended long ago, and periods that the body has decided."""

import copy
import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from pipeline.after_filing.record import After
from pipeline.after_filing.record import Kind as AfterKind
from pipeline.after_filing.record import add as add_after
from pipeline.corrections.kept import Kept, Paper
from pipeline.corrections.record import add as correct
from pipeline.decisions.handling import put
from pipeline.folders.places import Place
from pipeline.folders.publish import clear
from pipeline.journal.rows import uncleared
from pipeline.life.record import add as happened
from pipeline.pictures.pictures import Pictures
from pipeline.retention.chosen import Retention, Term
from pipeline.retention.run import planned, retain
from pipeline.store.attached import attach, attaching
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from pipeline.store.statements import Statements
from pipeline.trays.standing import Days
from pipeline.trays.tidy import tidy
from pipeline.trays.turns import let_go_ahead
from validators.life import Event, Kind

MADRID = ZoneInfo("Europe/Madrid")
MARKS = {
    "name": "ZURBANO",
    "given": "HERMENEGILDA",
    "number": "Y7654321Q",
    "iban": "ES9121000418450200051332",
    "street": "Calle del Acebuche Torcido",
    "file": "acebuche-de-zurbano",
    "paper": "%MARCA-EN-EL-PAPEL-7f3e",
    "attached": "%MARCA-EN-LA-CARTA-91ab",
}
"""Words of a person that stand nowhere else in the program."""


@pytest.fixture
def marks():
    """Return words of a person that stand nowhere else in the program."""
    return MARKS


class KeptCases:
    """What a test needs of an office and of the run of retention over it."""

    def __init__(self, office, desk, calendars, told, pdf, path):
        self.office, self.desk, self.calendars = office, desk, calendars
        self.told, self.pdf = told, pdf
        self.keys = path / "keys"
        terms = (Term(procedure="*", outcome="*", block_years=5, erase_years=10),)
        self.settings = replace(office.settings, retention=Retention(terms=terms, keys=self.keys))

    @property
    def store(self):
        return self.office.store

    def at(self, day):
        """Return nine in the morning of a day."""
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), MADRID)

    def run(self, day="2040-01-01", **chosen):
        """Run retention on a day."""
        settings = replace(self.settings, retention=replace(self.settings.retention, **chosen))
        return retain(self.store, settings, self.calendars, self.at(day), by="ana")

    def plan(self, day="2040-01-01"):
        """Return what a run on a day would do."""
        return planned(self.store, self.settings, self.calendars, self.at(day))

    def judged(self, data, name="solicitud.pdf", change=None):
        """Put a case that was judged into the record, its original out of the folders; return its number."""
        self.office.drop(name, data)
        self.office.take()
        claimed = claim(self.store, "w", 60, self.office.now())
        report = copy.deepcopy(self.told) | {"id": claimed.case.id, "number": claimed.case.number}
        (change or (lambda _: None))(report)
        result = Result(
            stage="routed",
            queue=report["queue"],
            procedure=report["procedure"],
            filed_on=dt.date(2026, 3, 16),
            resolve_by=dt.date(2026, 4, 30),
            report=report,
            person=MARKS["number"],
        )
        assert finish(self.store, claimed, result, self.office.now())
        release(self.store, claimed, self.office.now())
        for entered in uncleared(self.store, claimed.case.id):
            clear(self.store, Place(self.settings.folders.root, "CEU01"), entered, self.office.now())
        return claimed.case.number

    def granted(self, number, text=""):
        """Grant a case and tell it: a convenio that is to be signed."""
        self.desk.decide(number, text=text)
        self.desk.finals()
        self.desk.tell(number, "in_person", "delivered", "2026-03-23", text=text)
        self.desk.finals(dt.timedelta(minutes=1))

    def ends(self, number):
        """Let the convenio of a case be signed, and end."""
        case = self.desk.id(number)
        with self.store.writing() as transaction:
            for kind, day in ((Kind.SIGNED, "2026-03-27"), (Kind.DIED, "2027-01-05")):
                event = Event(kind=kind, on=dt.date.fromisoformat(day))
                assert happened(transaction, case, event, "ana", self.at("2027-01-10"))

    def row(self, number):
        return self.desk.row(number)


@pytest.fixture
def kept(office, desk, calendars, told, pdf, tmp_path):
    """Return the office with its periods: blocked after five years, erased after ten."""
    return KeptCases(office, desk, calendars, told, pdf, tmp_path)


def personal(report):
    """Put words of a person into every field that holds one, and into the names of files."""
    report["source"]["name"] = f"{MARKS['file']}.pdf"
    for document in report["documents"]:
        document["file"] = f"{MARKS['file']}.pdf"
        for field in document["fields"].values():
            field["text"] = f"{MARKS['given']} {MARKS['name']}, {MARKS['street']} {MARKS['iban']}"


@pytest.fixture
def told_of(kept, policy):
    """Return the number of a case whose every table holds words of a person, ended in January 2027."""
    number = kept.judged(kept.pdf + MARKS["paper"].encode(), f"{MARKS['file']}.pdf", personal)
    case, at = kept.desk.id(number), kept.at("2026-03-20")
    spoken = " ".join(MARKS[one] for one in ("given", "name", "number", "street"))
    paper = Paper("a" * 64, (1,), "padron_certificate")
    said = Kept(seq=0, what="corrected", who="ana", at=at, why=spoken, paper=paper, field="x", value=spoken)
    asked = After(
        kind=AfterKind.NOTICE_ADDRESS,
        entered_on=at.date(),
        who="ana",
        at=at,
        said={"text": spoken, "once": "1"},
    )
    with (
        attaching(kept.store, kept.pdf + MARKS["attached"].encode()) as page,
        kept.store.write() as connection,
    ):
        correct(connection, case, said)
        add_after(connection, case, asked)
        put(connection, case, note=spoken, noted_by="ana")
        let_go_ahead(connection, case, spoken, "ana", at)
        attach(connection, case, page, f"{MARKS['file']}.pdf", at)
    Pictures(kept.store, kept.settings).shelf.put("b" * 64, "papel", spoken.encode())
    kept.granted(number, spoken)
    kept.ends(number)
    while tidy(kept.store, Days(kept.desk.now.date(), policy, kept.calendars)):
        pass
    with kept.store.read() as connection:
        assert Statements(connection).all("SELECT word FROM case_words")
    return SimpleNamespace(number=number, case=case)
