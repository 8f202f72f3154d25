"""A record made by hand: cases that came, were read, decided and set right on days that a test says."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from pipeline.corrections.table import corrections
from pipeline.decisions.tables import decisions, ends
from pipeline.figures.asked import Asked
from pipeline.figures.board import board
from pipeline.store import open_store
from pipeline.store.schema import cases, handling, submissions
from pipeline.trays.standing import Days
from pipeline.trays.tidy import pending, tidy
from validators.calendar import Calendars
from validators.policy import Policy

MADRID = ZoneInfo("Europe/Madrid")
TODAY = dt.date(2026, 3, 23)
"""A Monday."""
NOW = dt.datetime.combine(TODAY, dt.time(9, 30), MADRID)


def moment(day, hour=9):
    """Return an hour of a day."""
    return dt.datetime.combine(dt.date.fromisoformat(str(day)), dt.time(hour), MADRID)


def paper(name="d1", kind="padron_certificate", reader="text", pages=(1,), flags=(), **fields):
    """Return a paper as reports tell it; `fields` are certainties by name."""
    told = {key: {"value": "x", "text": "x", "confidence": sure} for key, sure in fields.items()}
    about = {"id": name, "kind": kind, "reader": reader, "pages": list(pages), "flags": list(flags)}
    return about | {"sha256": name * 32, "fields": told, "file": "a.pdf"}


def spoke(rule, outcome, document="d1", field="municipality"):
    """Return a finding that stands on a field of a paper."""
    return {"rule": rule, "outcome": outcome, "evidence": [{"document": document, "field": field}]}


class Record:
    """What a test puts into the record, and what figures come out."""

    def __init__(self, store):
        self.store, self.made = store, iter(range(1, 200_000))

    def came(self, on=TODAY, office="CEU01", queue="approve", stage="routed", resolve_by=None, **other):
        """Have a case come on a day; return its id. `papers` and `findings` are those of its report."""
        n = next(self.made)
        case, at = f"case{n:022d}", moment(on)
        due = dt.date.fromisoformat(str(resolve_by)) if resolve_by else None
        returned = other.pop("returned", None)
        report = {
            "status": "returned" if returned else "routed",
            "queue": queue,
            "documents": other.pop("papers", []),
            "findings": other.pop("findings", []),
            "returned": {"code": returned} if returned else None,
        }
        row = {
            "id": case,
            "number": f"{office}-2026-{n:06d}",
            "office": office,
            "source_name": "a",
            "source_sha256": "",
            "received_at": at,
            "offset_minutes": 60,
            "stage": "returned" if returned else stage,
            "procedure": "convenio_especial",
            "queue": None if returned else queue,
            "resolve_by": due,
            "report": report,
            "attempts": 0,
            "updated_at": at,
        }
        handed = {"id": case, "case_id": case, "office": office, "kind": "new", "name": "a", "folder": False}
        handed |= {"bytes": 1, "sha256": "", "received_at": at, "offset_minutes": 60, "said": {}}
        handed |= {"found_in": "", "stamp": "", "placed_as": case}
        with self.store.write() as connection:
            connection.execute(sa.insert(cases).values(**row | other))
            connection.execute(sa.insert(submissions).values(**handed))
        return case

    def decided(self, case, kind="grant", on=TODAY, queue=None, *, final=True, turn=1, awaits="done"):
        """Have somebody decide a case on a day."""
        at = moment(on)
        with self.store.write() as connection:
            row = connection.execute(sa.select(cases).where(cases.c.id == case)).one()
            told = {"id": f"{case[4:]}{turn:04d}", "case_id": case, "turn": turn, "kind": kind, "by": "ana"}
            told |= {"at": at, "dated_on": at.date(), "final_at": at, "reason": None, "text": "", "seen": []}
            told |= {"proposal": {"queue": queue or row.queue}, "letter": {}, "confirm": False}
            connection.execute(sa.insert(decisions).values(**told, sampled=False))
            if final:
                end = {"decision": told["id"], "how": "final", "by": "ana", "at": at, "text": ""}
                connection.execute(sa.insert(ends).values(**end))
            stand = {"case_id": case, "awaits": awaits, "level": 1}
            connection.execute(sa.delete(handling).where(handling.c.case_id == case))
            connection.execute(sa.insert(handling).values(**stand))
            if awaits == "done":
                done = {"stage": "resolved", "decided_at": at}
                connection.execute(sa.update(cases).where(cases.c.id == case).values(**done))
        return told["id"]

    def undone(self, decision):
        """Have a decision taken back."""
        end = {"decision": decision, "how": "undone", "by": "ana", "at": NOW, "text": ""}
        with self.store.write() as connection:
            connection.execute(sa.insert(ends).values(**end))

    def mended(self, case, field, before, what="corrected", document="d1", kind="padron_certificate"):
        """Have somebody set a value right that was read as surely as *before*."""
        said = {"value": "y", "before": {"value": "x", "confidence": before, "read": None}}
        row = {"case_id": case, "what": what, "sha256": document * 32, "pages": [1], "kind": kind}
        row |= {
            "field": field,
            "path": [],
            "said": said | {"where": None, "why": ""},
            "who": "ana",
            "at": NOW,
        }
        with self.store.write() as connection:
            connection.execute(sa.insert(corrections).values(**row))
            changed = {"revision": cases.c.revision + 1}
            connection.execute(sa.update(cases).where(cases.c.id == case).values(**changed))

    def tidy(self, today=TODAY):
        """Place what moved."""
        days = Days(today, Policy(), Calendars.shipped())
        while pending(self.store):
            tidy(self.store, days)
        return self

    def board(self, days=7, today=TODAY, **asked):
        """Return the figures of the last *days*."""
        self.tidy(today)
        wanted = Asked.lately(today, days, **asked)
        return board(self.store, wanted, Calendars.shipped(), moment(today))


@pytest.fixture
def record(database, tmp_path):
    """Return an empty record to be filled by hand."""
    with open_store(database, tmp_path / "blobs") as store:
        yield Record(store)
