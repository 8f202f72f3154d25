"""What `doctor` says of the place of the papers."""

import dataclasses
import sqlite3

from desk.cli.record import papers
from pipeline.settings import Settings, Storage
from pipeline.store import open_store


def test_papers_that_are_away_are_named_though_the_database_opens(tmp_path):
    """A share that is not connected, or a store that is down: what is dropped waits, and nobody knew why."""
    storage = Storage(database=f"sqlite:///{tmp_path}/cases.db", blobs=tmp_path / "blobs")
    settings = dataclasses.replace(Settings(), storage=storage)
    open_store(storage.database, storage.blobs).close()
    before = papers(settings)

    with sqlite3.connect(tmp_path / "cases.db") as record:
        record.execute("INSERT INTO originals VALUES ('S', 0, 'a.pdf', ?, 1)", ("0" * 64,))

    after = papers(settings)
    assert (before.well, after.well) == (True, False)
    assert "missing" in after.seen
    assert "storage.blobs" in after.remedy
