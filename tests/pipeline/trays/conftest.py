"""A record with cases that lie in trays, on both databases; nothing is read for it."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.store import open_store
from pipeline.store.schema import cases
from pipeline.trays.tables import standings, words
from pipeline.trays.wanted import Reach, Wanted

NOW = dt.datetime(2026, 3, 23, 8, 30, tzinfo=dt.UTC)
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def store(database, tmp_path):
    """Return a record that is up to date and empty."""
    with open_store(database, tmp_path / "blobs") as one:
        yield one


@pytest.fixture
def lay(store):
    """Return a function that lays a case into a tray and returns its number."""
    made = iter(range(1, 1000))

    def put(tray="approve", due="2026-04-30", office="CEU01", said=(), entry=None, **other):
        n = next(made)
        number, case = f"{office}-2026-{n:06d}", f"case{n:022d}"
        row = {"id": case, "number": number, "office": office, "source_name": "a", "source_sha256": ""}
        row |= {"received_at": NOW, "offset_minutes": 60, "stage": "routed", "attempts": 0, "updated_at": NOW}
        day = dt.date.fromisoformat(due)
        lying = {"case_id": case, "entry": entry or n, "number": number, "office": office, "stage": "routed"}
        lying |= {"queue": tray.partition("-")[0], "tray": tray, "reasons": "", "rules": ""}
        lying |= {"received_on": NOW.date(), "resolve_by": day, "order_on": day, "provisional": False}
        lying |= {"calendars": "ceuta", "saturdays": False, "turn": 1, "alarm": False, "sample": False}
        with store.write() as connection:
            connection.execute(sa.insert(cases).values(**row))
            connection.execute(sa.insert(standings).values(**lying | other))
            for word in said:
                told = {"case_id": case, "word": word, "entry": entry or n}
                connection.execute(sa.insert(words).values(**told))
        return number

    return put


@pytest.fixture
def want():
    """Return a function that says what somebody wants to see of a tray."""

    def ask(tray="approve", who="ana", at=NOW, **other):
        narrowed = {name: other.pop(name) for name in ("office", "procedure") if name in other}
        return Wanted(tray=tray, reach=Reach(**other), who=who, at=at, **narrowed)

    return ask
