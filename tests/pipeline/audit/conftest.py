"""A record with a chain in it, on both databases, and an office's key."""

import datetime as dt

import pytest

from pipeline.audit.chain import note
from pipeline.audit.heads import seal_day
from pipeline.audit.verify import verify
from pipeline.receipts.trial import make_trial_key
from pipeline.settings import Receipts, Settings, Storage
from pipeline.store import open_store

DAY = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def trial_key(tmp_path_factory):
    """Return the file of a key."""
    path = tmp_path_factory.mktemp("key") / "clave.p12"
    make_trial_key(path)
    return path


class Chain:
    """A chain in a store, written to and tampered with."""

    def __init__(self, url, folder, key):
        self.settings = Settings(
            storage=Storage(database=url, blobs=folder / "blobs"), receipts=Receipts(key=key)
        )
        self.store = open_store(url, folder / "blobs", anew=True)

    def write(self, count, day=DAY):
        """Add rows, of three people."""
        with self.store.writing() as transaction:
            for n in range(count):
                note(transaction, f"persona{n % 3}", "case-seen", day, case=f"caso{n}", page=n)

    def seal(self, days=0):
        """Seal as a worker does, some days later."""
        return seal_day(self.store, self.settings, DAY + dt.timedelta(days=days))

    def verify(self, since=None):
        """Look it over."""
        return verify(self.store, self.settings.receipts, since)

    def faults(self, since=None):
        """Return what is wrong, as pairs of code and row."""
        return [tuple(one) for one in self.verify(since).faults]

    def tamper(self, *statements):
        """Do what an administrator of the database can do who takes the triggers away first."""
        with self.store.write() as connection:
            if connection.dialect.name == "sqlite":
                rows = connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
                )
                drops = [f"DROP TRIGGER {row.name}" for row in rows.all()]
            else:
                drops = [
                    f"ALTER TABLE {name} DISABLE TRIGGER USER"
                    for name in ("audit", "audit_heads", "audit_tip")
                ]
            for statement in (*drops, *statements):
                connection.exec_driver_sql(statement)


@pytest.fixture
def chain(database, tmp_path, trial_key):
    """Return a chain of ten rows."""
    one = Chain(database, tmp_path, trial_key)
    one.write(10)
    yield one
    one.store.close()
