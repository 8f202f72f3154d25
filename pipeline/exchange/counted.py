"""How many pages a document has, and whether it carries a signature of ours.

What came from outside is opened by nobody here: its pages are those that the reader, in its own process,
found. Letters and receipts are the program's own.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.exchange.paper import Paper
from pipeline.receipts.verify import LARGEST
from pipeline.store import Store


class Counted(NamedTuple):
    """The pages of a document, None where nobody counted them, and whether its own signature is whole."""

    pages: int | None
    signed: bool = False


def pages(store: Store, paper: Paper, report: Mapping[str, Any]) -> Counted:
    """Return what is known of a document without opening what came from outside."""
    if paper.citizen:
        read = (
            page
            for one in report.get("documents") or ()
            if one["sha256"] == paper.sha256
            for page in one["pages"]
        )
        return Counted(max(read, default=None))
    data = _ours(store, paper)
    return Counted(None) if data is None else _looked_at(data)


def _ours(store: Store, paper: Paper) -> bytes | None:
    """Return the bytes of a page that the program made; a proof of a notice came from outside."""
    if paper.data is not None:
        return paper.data
    if not paper.about.startswith("Carta") or paper.size > LARGEST:
        return None
    try:
        return store.blobs.read(paper.sha256)
    except OSError:
        return None


def _looked_at(data: bytes) -> Counted:
    """Count the pages of a PDF of ours and look at its signature."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - only who hands over pays for pyHanko

    from pipeline.receipts.seal import seal  # noqa: PLC0415

    try:
        found = int(PdfFileReader(io.BytesIO(data)).root["/Pages"]["/Count"])
    except Exception:  # noqa: BLE001 - the record tells changed bytes when they are brought
        return Counted(None)
    return Counted(found, seal(data, ()).state == "intact")
