"""The receipts of a case as they lie in its office's folder: given out, so never written a second time."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.after_filing.record import After
from pipeline.after_filing.record import of_case as later
from pipeline.exchange.contents import RECEIPT
from pipeline.exchange.paper import Paper
from pipeline.exchange.tails import tail
from pipeline.folders.places import Place
from pipeline.journal.records import Entered
from pipeline.letters import names
from pipeline.receipts.packet import PAPER
from pipeline.receipts.verify import LARGEST, stands
from pipeline.store import Store


def receipts(
    store: Store, root: Path, office: str, entries: Sequence[Entered], zone: dt.tzinfo
) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """Return the pages of the receipts, and the names of those that are not there or not as given out.

    A case that was moved left those of before with the *office* that it came from.

    Raises:
        OSError: the folders of the office do not answer.
    """
    after = later(store, entries[0].case)
    offices = dict.fromkeys([office, *(one.office for one in entries), *_left(after)])
    places = [Place(root, one) for one in offices]
    places[0].path.stat()  # a folder that is away must not look like one without receipts
    found: list[Paper] = []
    missing: list[str] = []
    for given in _given(entries, after):
        page = next(filter(None, (_page(one, entries[0].number, given) for one in places)), None)
        if page is None:
            missing.append(given.name)
        else:
            found.append(_paper(page, given, zone))
    return tuple(found), tuple(missing)


class _Given(NamedTuple):
    """A receipt that was given out: the name of its file, its order, its moment, what it is of."""

    name: str
    order: int
    at: dt.datetime
    mark: str


def _left(after: Iterable[After]) -> Iterator[str]:
    """Yield the offices that the case was moved out of."""
    return (one.left_office for one in after if one.left_office)


def _given(entries: Sequence[Entered], after: Sequence[After]) -> Iterator[_Given]:
    """Yield the receipts of every entry, and of what came after filing without a paper."""
    number = entries[0].number
    for one in entries:
        yield _Given(names.receipt(number, one.order), one.order, one.received_at, one.id)
    for told in after:
        if told.submission is None:
            yield _Given(names.receipt_after(number, told.seq), told.seq, told.at, f"after/{told.seq}")


def _page(place: Place, number: str, given: _Given) -> bytes | None:
    """Return the page of a receipt that is there and whole; clerks and others may write in that folder."""
    file = place.accepted(number) / given.name
    try:
        if file.is_symlink() or file.stat().st_size > LARGEST:
            return None
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stands(data, number, given.order):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as packet:
        return packet.read(PAPER) if PAPER in packet.namelist() else None


def _paper(page: bytes, given: _Given, zone: dt.tzinfo) -> Paper:
    """Return the page of a receipt as a document of the file."""
    return Paper(
        tail=tail("receipt", given.mark),
        kind=RECEIPT,
        about="Acuse de entrega",
        name=f"{given.name.removesuffix('.zip')}.pdf",
        sha256=hashlib.sha256(page).hexdigest(),
        size=len(page),
        at=given.at.astimezone(zone),
        citizen=False,
        data=page,
    )
