"""The letter of a decision before it is taken, as a page and as a PDF; and the one that was signed."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.chosen import chosen
from desk.web.case.deciding import around, situation_of
from desk.web.case.found import Found, found
from desk.web.case.spoken import page_of, tray
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.decisions.letter import draft
from pipeline.errors import EmptyLetter, UsageError
from pipeline.letters.compose import pdf
from pipeline.letters.page import Letter
from pipeline.store.attached import attached_name

_PDF = "application/pdf"


def preview(visit: Visit) -> Response:
    """Show the letter as it stands with what was chosen; the page carries the form on, to be saved."""
    case = found(visit, look=None)
    made, why = _made(visit, case)
    status = 200 if made else 422
    values = {
        "letter": made,
        "why": why,
        "typed": chosen(visit),
        "tray": tray(visit),
        "back": page_of(visit, case),
    }
    return visit.page("case/letter.html", status, case=case, **values)


def as_pdf(visit: Visit) -> Response:
    """Give the draft as a PDF: as it would be sent, but marked as a draft."""
    case = found(visit, look=None)
    made, why = _made(visit, case)
    if made is None:
        values = {"letter": None, "why": why, "typed": chosen(visit), "tray": tray(visit)}
        return visit.page("case/letter.html", 422, case=case, back=page_of(visit, case), **values)
    visit.audit("draft-downloaded", case.id, letter=made.kind)
    return given(pdf(made), f"BORRADOR_{case.number}.pdf")


def _made(visit: Visit, case: Found) -> tuple[Letter | None, str]:
    """Return the letter, or why it cannot be written."""
    there, choice = situation_of(visit, case), chosen(visit).choice(visit.account.name)
    if there is None or choice is None:
        return None, visit.say("decide.none_chosen")
    try:
        return draft(there, choice, around(visit)), ""
    except EmptyLetter:
        return None, visit.say("decide.cannot_letter_empty")
    except UsageError as error:
        return None, visit.say("decide.cannot_letter", why=error.what, remedy=error.remedy)


def given(data: bytes, name: str, kind: str = _PDF) -> Response:
    """Give a file to be kept, never opened inside the desk."""
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    told = {"Content-Disposition": f'attachment; filename="{safe}"'}
    return Response(data, media_type=kind, headers=told)


def signed(visit: Visit) -> Response:
    """Give a paper that is kept with the case: a signed letter, a proof."""
    case, sha256 = found(visit, look=None), visit.path("sha256")
    name = attached_name(visit.room.store, case.id, sha256)
    if name is None:
        raise Refused(404, "not_here")
    visit.audit("paper-downloaded", case.id, sha256=sha256)
    data = visit.room.store.blobs.read(sha256)
    kind = _PDF if data[:5] == b"%PDF-" else "application/octet-stream"
    return given(data, f"{case.number}_{name}", kind)


_AT = "/expedientes/{number}"
DOORS = (
    Door(f"{_AT}/carta", preview, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/carta.pdf", as_pdf, Right.DECIDE, methods=("POST",)),
    Door(f"{_AT}/adjuntos/{{sha256}}", signed, Right.CASES),
)
