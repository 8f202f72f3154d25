"""A case blocked and erased whose papers lie in a store that speaks S3."""

import datetime as dt
import shutil

from pipeline.handed import Source
from pipeline.intake.chosen import Folders, Storage
from pipeline.journal.entry import enter
from pipeline.journal.records import Drop, Part
from pipeline.journal.rows import mark_cleared
from pipeline.retention.chosen import Retention, Term
from pipeline.retention.open import unpack
from pipeline.retention.ring import Ring
from pipeline.retention.run import retain
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release
from pipeline.ulid import ulid
from validators.calendar import Calendars

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
LATER = AT.replace(year=2032)


def returned(store, data):
    """Put a case that was returned into the record; return its number."""
    kept = store.blobs.pour([data])
    part = Part("solicitud.pdf", kept.sha256, kept.bytes)
    drop = Drop(
        office="CEU01",
        found_in="",
        folder=False,
        stamp="",
        source=Source(*part),
        parts=(part,),
        id=ulid(AT),
    )
    entered = enter(store, drop, AT, lambda: True)
    store.blobs.settle(kept)
    claimed = claim(store, "w", 60, AT)
    assert finish(store, claimed, Result(stage="returned", report={"returned": {"code": "corrupt"}}), AT)
    release(store, claimed, AT)
    mark_cleared(store, entered, AT)
    return entered.number


def test_packets_go_to_the_store_and_papers_leave_it(bucket, tmp_path, empty_database):
    """What is opened is what was handed in; once it is erased nothing is left there, nor in the copies."""
    shutil.copy(empty_database, tmp_path / "v.db")
    settings = Settings(
        folders=Folders(root=tmp_path / "share"),
        storage=Storage(database=f"sqlite:///{tmp_path}/v.db", blobs=bucket, copies=bucket.copies, reserve=0),
        retention=Retention(
            terms=(Term(procedure="*", block_years=5, erase_years=7),), keys=tmp_path / "claves"
        ),
    )
    paper = b"%PDF-1.4 de la persona"
    with open_store(settings.storage.database, bucket) as store:
        number = returned(store, paper)
        retain(store, settings, Calendars.shipped(), LATER)
        (packet,) = store.blobs.all()
        ring = Ring.at(settings.retention, settings.storage.local)
        said = {"reference": "PO 1/2032", "people": ("ana", "eva"), "at": LATER}
        unpack(store, ring, number, tmp_path / "juez", **said)
        in_copies = [paper in one.read_bytes() for one in bucket.copies.rglob("*") if one.is_file()]
        retain(store, settings, Calendars.shipped(), LATER.replace(year=2034))

        assert packet not in list(store.blobs.all())
    assert not any(in_copies)
    assert [one.read_bytes() for one in (tmp_path / "juez" / "papers").iterdir()] == [paper]
