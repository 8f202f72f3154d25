"""The receipt of what was handed in, in 3_ACEPTADO: one for every submission of a case.

Ley 39/2015, arts. 16.3, 21.4 and 31.2.c; RD 203/2021, art. 41. It says of itself that it is no registry
receipt, and with what key it is signed, if any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from pathlib import Path

from pipeline.case import Assessed, Unpacked
from pipeline.files import write_whole
from pipeline.folders.places import Place
from pipeline.intake.unpack import ANSWER
from pipeline.journal.records import CAME_FROM, Entered
from pipeline.journal.rows import of_case, parts
from pipeline.letters import names
from pipeline.letters.heads import head
from pipeline.letters.people import interested
from pipeline.receipts.key import key
from pipeline.receipts.packet import packet
from pipeline.receipts.told import Clock, Listed, Told
from pipeline.receipts.verify import LARGEST, stands
from pipeline.settings import Settings
from pipeline.store import Store
from validators.deadlines import terms
from validators.law import whole


def acknowledge(
    store: Store, settings: Settings, place: Place, case: Unpacked, only: Container[str] | None = None
) -> None:
    """Write the receipt of every submission of *case* that has none yet; one that is there and whole stays.

    *only* names the submissions that are still owed one: a receipt that somebody took away with them was
    given, and is not written a second time with other words.

    Raises:
        EnvironmentFault: the key that is configured cannot be used, or this machine cannot make the page.
        OSError: the office's folders do not answer.
    """
    every = of_case(store, case.id)
    for entered in every:
        if entered.kind != "duplicate" and (only is None or entered.id in only):
            write(store, settings, place, told(store, settings, case, entered, every[0]))


def again(store: Store, settings: Settings, place: Place, entered: Entered) -> None:
    """Write the second receipt of a package that had been received: it points at the first and its date.

    Raises:
        EnvironmentFault, OSError: as `acknowledge`.
    """
    first = of_case(store, entered.case)[0]
    files = tuple(Listed(_text(part.name), part.sha256, part.bytes) for part in parts(store, entered.id))
    told = Told(
        number=entered.number,
        order=entered.order,
        kind="duplicate",
        office=entered.office,
        received_at=entered.received_at,
        first_at=first.received_at,
        filed_on=None,
        person="",
        name=_text(entered.name),
        registry_number=None,
        procedure="unknown",
        files=files,
        clock=None,
        cure_days=0,
        phone=settings.letters.help_phone,
        head=head(settings.letters.offices, entered.office),
    )
    write(store, settings, place, told)


def write(store: Store, settings: Settings, place: Place, told: Told) -> None:
    """Write one receipt, unless it is there: nobody is ever given two that differ."""
    name = names.receipt_after if told.kind == "after" else names.receipt
    target = place.accepted(told.number) / name(told.number, told.order)
    if _stands(target, told):
        return
    signing = key(settings.receipts, dt.datetime.now(dt.UTC))
    data = packet(told, signing, settings.letters.languages, settings.receipts.tsa)
    write_whole(store.files, target, [data])


def _stands(target: Path, told: Told) -> bool:
    """Tell whether the receipt of that submission is there, whole."""
    if not target.is_file() or target.stat().st_size > LARGEST:
        return False
    return stands(target.read_bytes(), told.number, told.order)


def told(store: Store, settings: Settings, case: Unpacked, entered: Entered, first: Entered) -> Told:
    """Return what the receipt of one submission of *case* tells."""
    filed_on, assumed = _filed(case)
    return Told(
        number=entered.number,
        order=entered.order,
        kind=entered.kind,
        office=entered.office,
        received_at=entered.received_at,
        first_at=first.received_at if entered.order > 1 else None,
        filed_on=filed_on if entered.kind == "new" and not assumed else None,
        person=interested(case),
        name=_text(entered.name),
        registry_number=next((s.registry_number for s in case.said if s.registry_number), None),
        procedure=case.application.procedure if isinstance(case, Assessed) else "unknown",
        files=_files(store, case, entered),
        clock=clock(case),
        cure_days=whole("ley-39-2015", "cure_working_days", on=filed_on),
        phone=settings.letters.help_phone,
        head=head(settings.letters.offices, entered.office),
        came_from=entered.found_in.removeprefix(CAME_FROM) if entered.found_in.startswith(CAME_FROM) else "",
    )


def clock(case: Unpacked) -> Clock:
    """Return what the receipt says of time: one term where the procedure is known, else every one."""
    filed_on, assumed = _filed(case)
    every = terms(filed_on)
    if not isinstance(case, Assessed):
        return Clock(filed_on + dt.timedelta(days=1), every, assumed=assumed)
    counted = case.assessment.deadlines
    known = tuple(term for term in every if term.procedure == case.application.procedure)
    return Clock(counted.clock_start, known or every, counted.resolve_by, counted.provisional)


def _filed(case: Unpacked) -> tuple[dt.date, bool]:
    """Return the filing date, and whether it is assumed: nobody whose word counts has given one yet."""
    if isinstance(case, Assessed):
        return case.application.filing.filed_on, False
    said = next((said.filed_on for said in case.said if said.said_by != "package" and said.filed_on), None)
    return said or case.received_at.date(), said is None


def _files(store: Store, case: Unpacked, entered: Entered) -> tuple[Listed, ...]:
    """Return what was handed in, then the papers found in it where these are other files."""
    handed = [Listed(_text(part.name), part.sha256, part.bytes) for part in parts(store, entered.id)]
    lead = f"{ANSWER}{entered.order}/" if entered.order > 1 else ""
    known = {file.sha256 for file in handed}
    inside = (
        Listed(_text(member.file.removeprefix(lead)), member.sha256, member.bytes, inside=True)
        for member in case.members
        if member.order == entered.order and member.sha256 not in known
    )
    return (*handed, *inside)


def _text(name: str) -> str:
    """Return a file's name as text; bytes that are none show as a question mark."""
    return name.encode("utf-8", "replace").decode()
