"""Papers carried from one case to another: the new entry has them under the hour at which they came.

What was handed in stays as it is in the journal; the first case only counts those papers no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from pipeline.after_filing.open import NotDone
from pipeline.case import Member, Unpacked
from pipeline.handed import Presentation, Source
from pipeline.intake.handing import as_one
from pipeline.intake.unpack import unpack
from pipeline.journal.entry import wake, write
from pipeline.journal.port import Row
from pipeline.journal.records import CAME_FROM, Drop, Kind, Part
from pipeline.journal.rows import of_case
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.blobs import Kept
from pipeline.store.claims import as_claimed
from pipeline.store.names import as_files
from pipeline.store.statements import Statements
from pipeline.ulid import ulid
from pipeline.workroom import workroom


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Papers of a case whose bytes are safe on their own; `said` is what was said of their filing.

    `first` and `last` are the hours at which the entries came that they were handed in with.
    """

    parts: tuple[Part, ...]
    kept: tuple[Kept, ...]
    whole: Source
    said: tuple[Presentation, ...]
    first: dt.datetime
    last: dt.datetime


@contextmanager
def bundled(store: Store, settings: Settings, case: str, keys: Collection[str]) -> Iterator[Bundle]:
    """Give the papers *keys* of *case*, each a file of its own; raise NotDone if one cannot be had.

    Their marks are taken away once what is done inside went well.
    """
    with workroom(settings.storage.work) as room:
        claimed = as_claimed(store, case)
        one = claimed.case
        with store.blobs.held(original.sha256 for original in one.originals):
            found = unpack(one, room, settings.limits)
            members = _chosen(found.members if isinstance(found, Unpacked) else (), keys)
            names = as_files(member.file.rsplit("/", 1)[-1] for member in members)
            kept = tuple(store.blobs.keep(member.path) for member in members)
    parts = tuple(Part(name, one.sha256, one.bytes) for name, one in zip(names, kept, strict=True))
    office = tuple(said for said in one.said if said.said_by == "office")
    came = {entered.id: entered.received_at for entered in of_case(store, case)}
    hours = [came[claimed.came[member.order - 1]] for member in members]
    yield Bundle(
        parts=parts,
        kept=kept,
        whole=as_one(store.blobs, parts),
        said=office,
        first=min(hours),
        last=max(hours),
    )
    for done in kept:
        store.blobs.settle(done)


def _chosen(members: Sequence[Member], keys: Collection[str]) -> list[Member]:
    """Return the members of those keys, all of them whole."""
    found = [member for member in members if member.key in keys]
    if {member.key for member in found} != set(keys) or not found:
        raise NotDone("no_papers")
    # what could not be taken out of its package has no bytes of its own
    if any(not Path(member.path).is_file() or not member.bytes for member in found):
        raise NotDone("unreadable_paper")
    return found


def bring(
    connection: Connection,
    bundle: Bundle,
    into: Row,
    kind: Kind,
    *,
    came_from: str,
    office: str,
    came: dt.datetime,
    at: dt.datetime,
) -> str:
    """Write the entry of *bundle* in the case *into*, which is read anew; return the entry's id.

    *came_from* is the number of the other case, *came* the hour at which the papers were received there.
    """
    transaction, identifier = Statements(connection), ulid(at)
    drop = Drop(
        office=office,
        found_in=f"{CAME_FROM}{came_from}",
        folder=len(bundle.parts) > 1,
        stamp=f"{CAME_FROM}{came_from}:{identifier}",
        source=bundle.whole,
        parts=bundle.parts,
        said=bundle.said,
        id=identifier,
    )
    write(transaction, drop, came, kind, into, noted_at=at)
    wake(transaction, into, at)
    return identifier
