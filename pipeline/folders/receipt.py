"""The receipt of what was handed in: a ZIP with the same told as text, as a page and as JSON.

Ley 39/2015, arts. 16.3 and 21.4; RD 203/2021, art. 41. It says of itself that it is no registry receipt
and is not signed.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.case import Assessed, Unpacked
from pipeline.files import write_whole
from pipeline.folders.places import Place
from pipeline.intake.unpack import ANSWER
from pipeline.letters import names
from pipeline.letters.people import interested
from pipeline.letters.render import render
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.journal import Entered, of_case, parts
from validators.facts import Procedure
from validators.law import whole

_ACTS: Mapping[Procedure, str] = {
    "convenio_especial": "ssi-1475-2014",
    "asistencia_sanitaria": "rd-1192-2012",
}


class Clock(NamedTuple):
    """The three lines on time that a receipt owes, as far as the procedure is known."""

    start: dt.date | None = None
    days: int | None = None
    resolve_by: dt.date | None = None
    silence: str | None = None
    provisional: bool = False


def clock(case: Unpacked) -> Clock:
    """Return what the receipt says of time."""
    if not isinstance(case, Assessed):
        return Clock()
    told, filed_on = case.assessment.deadlines, case.application.filing.filed_on
    act = _ACTS.get(case.application.procedure)
    days = whole(act, "resolve_working_days", on=filed_on) if act else None
    return Clock(told.clock_start, days, told.resolve_by, told.silence, told.provisional)


def acknowledge(
    store: Store, settings: Settings, place: Place, case: Unpacked, only: Container[str] | None = None
) -> None:
    """Write the receipt of every submission of *case* that has none yet.

    *only* names the submissions that are still owed one: a receipt that somebody took away with them was
    given, and is not written a second time with other words.
    """
    assert case.number is not None
    for entered in of_case(store, case.id):
        target = place.accepted(case.number) / names.receipt(case.number, entered.order)
        owed = entered.kind != "duplicate" and (only is None or entered.id in only)
        if owed and not target.exists():
            words = _words(store, settings, case, entered)
            content = {
                "acuse.txt": render("acuse.txt", **words),
                "acuse.html": render("acuse.html", **words),
                "manifest.json": _manifest(words),
            }
            write_whole(store.files, target, [packed(content, entered.received_at)])


def again(store: Store, settings: Settings, place: Place, entered: Entered) -> None:
    """Write the second receipt of a package that had been received: it points at the first and its date."""
    first = of_case(store, entered.case)[0]
    files = [part._asdict() for part in parts(store, entered.id)]
    words = {
        "number": entered.number,
        "office": entered.office,
        "first": first.received_at,
        "received_at": entered.received_at,
        "name": entered.name,
        "bytes": sum(file["bytes"] for file in files),
        "sha256": ", ".join(file["sha256"] for file in files),
        "phone": settings.letters.help_phone,
    }
    told = {**words, "files": files, "order": entered.order}
    content = {"acuse.txt": render("otra_vez.txt", **words), "manifest.json": _manifest(told)}
    target = place.accepted(entered.number) / names.receipt(entered.number, entered.order)
    write_whole(store.files, target, [packed(content, entered.received_at)])


def _words(store: Store, settings: Settings, case: Unpacked, entered: Entered) -> dict[str, Any]:
    """Return what a receipt tells."""
    return {
        "number": entered.number,
        "order": entered.order,
        "received_at": entered.received_at,
        "office": entered.office,
        "person": interested(case),
        "name": entered.name,
        "registry_number": next((s.registry_number for s in case.said if s.registry_number), None),
        "files": _files(store, case, entered),
        "clock": clock(case),
        "phone": settings.letters.help_phone,
    }


def _files(store: Store, case: Unpacked, entered: Entered) -> list[dict[str, Any]]:
    """Return what was handed in, then the papers found in it where these are other files."""
    handed = [part._asdict() for part in parts(store, entered.id)]
    lead = f"{ANSWER}{entered.order}/" if entered.order > 1 else ""
    known = {file["sha256"] for file in handed}
    inside = [
        {"name": member.file.removeprefix(lead), "sha256": member.sha256, "bytes": member.bytes}
        for member in case.members
        if _of(member.file, lead) and member.sha256 not in known
    ]
    return handed + inside


def _of(file: str, lead: str) -> bool:
    """Tell whether a member belongs to the submission whose papers begin with *lead*."""
    return file.startswith(lead) if lead else not file.startswith(ANSWER)


def _manifest(words: Mapping[str, Any]) -> bytes:
    """Return the receipt for programs."""
    told = {key: value for key, value in words.items() if key not in {"phone", "person"}}
    if isinstance(told.get("clock"), Clock):
        told["clock"] = told["clock"]._asdict()
    head = {"schema_version": 1, "signed": False, "registry_receipt": False}
    return json.dumps(head | told, ensure_ascii=False, indent=2, default=_iso).encode()


def _iso(value: object) -> str:
    """Return a date or a moment as JSON has it."""
    assert isinstance(value, dt.date)
    return value.isoformat()


def packed(content: Mapping[str, bytes], at: dt.datetime) -> bytes:
    """Return a ZIP of *content*, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _sorted(content):
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def _sorted(content: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """Return the members in order of name."""
    return sorted(content.items())
