"""One case as whoever handed it in follows it: number, receipts, how it stands, and further papers for it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from desk.people.rights import Right
from desk.web.case.found import Found, found
from desk.web.doors import Door
from desk.web.office.hand_in import parcel
from desk.web.office.lists import MOST_LOOKS, looks
from desk.web.office.standing import standing
from desk.web.visit import Refused, Visit
from pipeline.after_filing.record import After, of_case
from pipeline.folders.places import Place
from pipeline.intake.handing import NotTaken, hand_in
from pipeline.journal.records import Entered
from pipeline.journal.rows import of_case as entries_of
from pipeline.journal.rows import parts
from pipeline.letters import names
from pipeline.store.cases import line_of


def entry(visit: Visit) -> Response:
    """Show a case to who handed it in."""
    return _page(visit, found(visit, look="entry-seen"))


def progress(visit: Visit) -> Response:
    """Show only how it stands, which asks for itself again until its receipt is there."""
    return visit.page("office/progress.html", **_values(visit, found(visit, look=None)))


def receipt(visit: Visit) -> Response:
    """Give the receipt of one entry, or of one row of what came after filing."""
    case = found(visit, look=None)
    name = visit.path("name")
    known = {one for one, _ in _receipts(visit, case)}
    path = _lies(visit, case, name) if name in known else None
    if path is None:
        raise Refused(404, "not_here")
    visit.audit("receipt-given", case.id, receipt=name)
    return FileResponse(path, media_type="application/zip", filename=name)


def answer(visit: Visit) -> Response:
    """Take in further papers of a case, as if they were dropped in its folder of 4_SUBSANAR."""
    case = found(visit, look=None)
    if not visit.files("files"):
        return _page(visit, case, visit.say("office.not_no-documents"))
    sent = parcel(visit, case.office, None, answers=case.number)
    taken = hand_in(visit.room.store, visit.room.settings, sent, visit.at)
    if isinstance(taken, NotTaken):
        return _page(visit, case, visit.say(f"office.not_{taken.why}"))
    visit.audit("papers-added", taken.case, kind=taken.kind)
    if visit.account.may(Right.HAND_IN):
        return visit.to(f"/oficina/expedientes/{taken.number}?entrega={taken.order}")
    return visit.to(f"/expedientes/{taken.number}")


def _page(visit: Visit, case: Found, wrong: str = "") -> Response:
    """Return the page of the case."""
    values = _values(visit, case)
    status = 422 if wrong else 200
    return visit.page(
        "office/entry.html", status, wrong=wrong, once=secrets.token_urlsafe(16), base=base(visit), **values
    )


def base(visit: Visit) -> str:
    """Return how the addresses begin behind which this person does things to a case."""
    return "/oficina/expedientes" if visit.account.may(Right.HAND_IN) else "/expedientes"


def _values(visit: Visit, case: Found) -> dict[str, Any]:
    """Return what the page shows."""
    entries = entries_of(visit.room.store, case.id)
    given = [name for name, _ in _receipts(visit, case, entries) if _lies(visit, case, name)]
    code = (case.report.get("returned") or {}).get("code")
    stands = standing(visit, line_of(visit.room.store, case.id), code)
    every = {names.receipt(case.number, one.order) for one in entries}
    asked = visit.asked("entrega")
    owed = not every <= set(given) and case.stage not in {"returned", "closed"}
    return {
        "case": case,
        "entries": [(one, parts(visit.room.store, one.id)) for one in entries],
        "given": given,
        "standing": stands,
        "owed": owed,
        "moving": (owed or stands.moving) and looks(visit) < MOST_LOOKS,
        "looks": looks(visit),
        "shown": int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0,
        "after": of_case(visit.room.store, case.id),
        "receipt_name": names.receipt,
        "after_name": names.receipt_after,
    }


def _receipts(
    visit: Visit, case: Found, entries: tuple[Entered, ...] | None = None
) -> list[tuple[str, Entered | After]]:
    """Return the receipts that a case has or is owed, by the names of their files."""
    rows = entries if entries is not None else entries_of(visit.room.store, case.id)
    told = of_case(visit.room.store, case.id)
    return [
        *((names.receipt(case.number, one.order), one) for one in rows),
        *((names.receipt_after(case.number, one.seq), one) for one in told if one.submission is None),
    ]


def _lies(visit: Visit, case: Found, name: str) -> Path | None:
    """Return where a receipt lies: in the office that has the case, or one that had it."""
    left = [one.left_office for one in of_case(visit.room.store, case.id) if one.left_office]
    for office in (case.office, *reversed(left)):
        path = Place(visit.room.settings.folders.root, office).accepted(case.number) / name
        if path.is_file():
            return path
    return None


DOORS = (
    Door("/oficina/expedientes/{number}", entry, Right.HAND_IN),
    Door("/oficina/expedientes/{number}/estado", progress, Right.HAND_IN),
    Door("/oficina/expedientes/{number}/acuses/{name}", receipt, Right.HAND_IN),
    Door("/expedientes/{number}/acuses/{name}", receipt, Right.WORK),
    Door("/oficina/expedientes/{number}/aportar", answer, Right.HAND_IN, methods=("POST",), papers=True),
    Door("/expedientes/{number}/aportar", answer, Right.WORK, methods=("POST",), papers=True),
)
