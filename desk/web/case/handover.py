"""The file of a case for another body, a court, an archive, the person: taken by an act apart."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response, StreamingResponse

from desk.people.rights import Right
from desk.web.case.found import found
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.errors import UsageError
from pipeline.exchange.export import WHYS, Order, export
from pipeline.store.blobs import PIECE

_AT = "/expedientes/{number}/entrega"


def ask(visit: Visit) -> Response:
    """Ask for whom the file is."""
    _allowed(visit)
    return _form(visit, "", ())


def hand_over(visit: Visit) -> Response:
    """Give the file, or say what it lacks."""
    _allowed(visit)
    case, why = found(visit, look=None), visit.field("why")
    if why not in WHYS:
        return _form(visit, visit.say("export.why_wrong"), ("why",))
    order = Order(
        who=visit.account.login,
        why=why,
        at=visit.at,
        without_codes=visit.field("without_codes") == "yes",
        unsigned=visit.field("unsigned") == "yes",
    )
    # it has no name: whatever ends this process takes it away
    out = tempfile.TemporaryFile(prefix="ventanilla-")  # noqa: SIM115 - it is closed when it was sent
    try:
        export(visit.room.store, visit.room.settings, case.number, order, out)
    except UsageError as error:
        out.close()
        return _form(visit, f"{error.what}. {error.remedy}", ())
    except BaseException:
        out.close()
        raise
    told = {"Content-Disposition": f'attachment; filename="EXPEDIENTE_{case.number}.zip"'}
    told |= {"Cache-Control": "no-store", "Content-Length": str(out.tell())}
    return StreamingResponse(_sent(out), media_type="application/zip", headers=told)


def _allowed(visit: Visit) -> None:
    """Refuse where originals may not be taken from the desk."""
    if not visit.room.settings.desk.originals:
        raise Refused(404, "not_here")


def _form(visit: Visit, wrong: str, fields: tuple[str, ...]) -> Response:
    """Show the form, with what stands in the way."""
    case = found(visit, look=None)
    whys = [(why, visit.say(f"export.why_{why}")) for why in WHYS]
    told = {name: visit.field(name) for name in ("why", "without_codes", "unsigned")}
    status = 422 if wrong else 200
    return visit.page(
        "case/handover.html", status, case=case, whys=whys, told=told, wrong=wrong, fields=fields
    )


def _sent(out: IO[bytes]) -> Iterator[bytes]:
    """Yield the file piece by piece, and close it."""
    with out:
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece


DOORS = (Door(_AT, ask, Right.CASES), Door(_AT, hand_over, Right.CASES, methods=("POST",)))
