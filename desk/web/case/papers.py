"""The papers of a case: what each is, how surely, how it was read, what is odd about it, who signed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desk.web.case.found import Found
from desk.web.case.told import flag, kind_name, share, word
from desk.web.visit import Values, Visit
from desk.web.words import Speaker

ANSWERS = ("intact", "whole", "chain", "revocation")
_SEATS = re.compile(r"https?://[^\s<>\"]{4,200}")
"""The address of an electronic seat, as a paper prints it beside its code."""


SHOWN = 200
"""Signs of a drawn code's text that a row shows; the report holds all of it."""


class Sheet(NamedTuple):
    """One paper as its row shows it; `drawn` are its codes for machines, as text that nobody follows."""

    id: str
    number: int
    file: str
    kind: str
    sure: str
    doubtful: bool
    pages: int
    read: str
    flags: tuple[str, ...]
    signatures: tuple[Mapping[str, Any], ...]
    code: str
    seat: str
    drawn: tuple[tuple[str, str], ...]


def build(visit: Visit, case: Found) -> Values:
    """Return the papers, and the kinds that the case lacks by its rules."""
    floor = visit.room.settings.policy.acceptance
    return {"sheets": tuple(_sheets(visit.say, case, floor)), "answers": ANSWERS}


def _sheets(say: Speaker, case: Found, floor: float) -> Iterator[Sheet]:
    """Yield the papers in their order."""
    for number, one in enumerate(case.places.documents, 1):
        language = word(say, one["language"]) if one["language"] else ""
        code, codes = one["fields"].get("csv", {}), one.get("codes", ())
        yield Sheet(
            id=one["id"],
            number=number,
            file=one["file"],
            kind=kind_name(say, one["kind"]),
            sure=share(one["kind_confidence"]),
            doubtful=one["kind_confidence"] < floor,
            pages=len(one["pages"]),
            read=", ".join(filter(None, (word(say, one["reader"]), language))),
            flags=tuple(flag(say, each) for each in one["flags"]),
            signatures=tuple(one.get("signatures", ())),
            code=str(code.get("value") or ""),
            seat=_seat(code) or next((c["address"] for c in codes if c.get("address")), ""),
            drawn=tuple((c["format"], c["text"][:SHOWN]) for c in codes if c["format"] != "written"),
        )


def _seat(code: Mapping[str, Any]) -> str:
    """Return the address that is printed with a verification code, as text: nothing is asked of it."""
    found = _SEATS.search(str(code.get("text") or ""))
    return found.group() if found else ""
