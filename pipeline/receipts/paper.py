"""A receipt as a tagged PDF with its data attached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.letters.typeset import typeset
from pipeline.receipts.wording import Part, say

MANIFEST = "manifest.json"


def paper(parts: Sequence[Part], *, number: str, office: str, at: dt.datetime, manifest: bytes) -> bytes:
    """Return the PDF of *parts* with *manifest* attached; the same bytes for the same values.

    A character that no font at hand can show is printed as its code, as in `[U+4E2D]`.

    Raises:
        EnvironmentFault: typst cannot make the file on this machine.
    """
    told = {
        "title": f"{parts[0].title} {number}",
        "number": number,
        "author": office,
        "at": at.timetuple()[:6],
        "attached": say("attached", parts[0].language),
        "manifest": manifest.decode(),
        "parts": [asdict(part) for part in parts],
    }
    return typeset("acuse.typ", told, at)
