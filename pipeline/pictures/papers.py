"""The bytes of one paper of a case: an original as it came, or a member taken out of its package again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipeline.case import Original, Received, Source, Unpacked
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits
from pipeline.pictures.shelf import Shelf
from pipeline.store import Store
from pipeline.store.quarantine import held
from pipeline.store.schema import originals, submissions
from pipeline.workroom import workroom

MEMBER = "papel"


class GoneError(Exception):
    """The paper cannot be given: `code` says why; `missing` where none of the originals holds it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def paper(
    store: Store, case: str, sha256: str, limits: Limits, shelf: Shelf, work: Path | None
) -> Iterator[Path]:
    """Give a file with the bytes of a paper of that digest, if it came with the *case*.

    Raises:
        GoneError: `malware` where an antivirus found it harmful, if only since the case was read;
            `missing` where it is in none of the case's originals.
    """
    came = _originals(store, case)
    if held(store, [sha256]):
        raise GoneError("malware")
    own = next((one for one in came if one.sha256 == sha256), None)
    if own is not None:
        with store.blobs.held([sha256]):
            yield own.path
        return
    kept = shelf.path(sha256, MEMBER)
    if kept is not None:
        yield kept
        return
    with workroom(work) as room, store.blobs.held(one.sha256 for one in came):
        yield _taken_out(came, case, sha256, limits, shelf, room)


def _originals(store: Store, case: str) -> tuple[Original, ...]:
    """Return all files that were handed in for the case."""
    query = (
        sa.select(originals.c.name, originals.c.sha256, originals.c.bytes)
        .join(submissions, submissions.c.id == originals.c.submission)
        .where(submissions.c.case_id == case, submissions.c.kind != "duplicate")
        .order_by(submissions.c.seq, originals.c.position)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(Original(row.name, store.blobs.path(row.sha256), row.sha256, row.bytes) for row in rows)


def _taken_out(
    came: tuple[Original, ...], case: str, sha256: str, limits: Limits, shelf: Shelf, room: Path
) -> Path:
    """Take the packages apart, under the limits of the first time, until one has the paper.

    The other members of that package are kept too: they are asked for next.
    """
    for number, original in enumerate(came):
        folder = room / str(number)
        folder.mkdir(mode=0o700)
        members = _members(original, case, limits, folder)
        if sha256 in members:
            for digest, path in members.items():
                shelf.put(digest, MEMBER, path.read_bytes())
            return members[sha256]
    raise GoneError("missing")


def _members(original: Original, case: str, limits: Limits, folder: Path) -> dict[str, Path]:
    """Return the readable members of one original by digest, none where it is no package."""
    alone = Received(
        id=case,
        number=None,
        source=Source(original.name, original.sha256, original.bytes),
        originals=(original,),
        received_at=dt.datetime.fromtimestamp(0, dt.UTC),
    )
    opened = unpack(alone, folder, limits)
    if not isinstance(opened, Unpacked):
        return {}
    return {one.sha256: one.path for one in opened.members if one.code is None}
