"""A drop is taken only where it leaves the reserve of every disk free."""

import os
from dataclasses import replace

from pipeline.intake.chosen import Storage
from pipeline.intake.room import room


def test_the_reserve_is_asked_of_the_disk_of_the_journal_too(tmp_path, monkeypatch):
    """Papers on a large disk and a journal on a full one: nothing could be accepted."""
    full = os.statvfs_result((1, 1, 9, 9, 0, 9, 9, 9, 0, 255))
    statvfs, journal = os.statvfs, tmp_path / "small"
    journal.mkdir()
    monkeypatch.setattr(os, "statvfs", lambda disk: full if disk == journal else statvfs(disk))

    papers = Storage(blobs=tmp_path / "large", database="postgresql+psycopg://elsewhere/v", reserve=1)
    assert room(papers, 0)
    assert not room(replace(papers, database=f"sqlite:///{journal}/v.db"), 0)
