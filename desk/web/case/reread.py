"""A rectangle of the page read again: its text is proposed in the form, kept only if the person saves it."""

from __future__ import annotations

import json
import math
from dataclasses import replace

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.form import SIDES, Form, Input, as_typed, spot_of
from desk.web.case.found import found
from desk.web.case.mend import FIELD, page_of
from desk.web.doors import Door
from desk.web.visit import Visit
from extractors.languages.dates import dates_in
from extractors.reading.files.region import Seen
from pipeline.pictures.papers import GoneError
from pipeline.pictures.pictures import Paper

_LARGEST = 20_000.0
"""Points: no page is that long."""


def reread(visit: Visit) -> Response:
    """Propose what stands in the rectangle; nothing is stored."""
    case = found(visit, look=None)
    form = as_typed(visit, case, spot_of(visit, case))
    form = replace(form, inputs=tuple(replace(one, error="") for one in form.inputs))
    box, page = _box(visit), _page(visit, form)
    if box is None or page is None:
        return page_of(visit, case, replace(form, notice=visit.say("mend.no_box")))
    seen = _seen(visit, case.id, form, page, box)
    if isinstance(seen, str) or not seen.text:
        return page_of(visit, case, replace(form, notice=visit.say("mend.nothing_read")))
    visit.audit("box-reread", case.id, field=form.spot.field)
    return page_of(visit, case, _proposed(visit, form, seen, page, box))


def _box(visit: Visit) -> list[float] | None:
    """Return the rectangle that was drawn, or typed, in points; None where it is none."""
    try:
        sides = [float(visit.field(side).replace(",", ".")) for side in SIDES]
    except ValueError:
        return None
    sound = all(math.isfinite(side) and 0 <= side <= _LARGEST for side in sides)
    x0, x1 = sorted((sides[0], sides[2]))
    y0, y1 = sorted((sides[1], sides[3]))
    return [round(side, 1) for side in (x0, y0, x1, y1)] if sound and x1 > x0 and y1 > y0 else None


def _page(visit: Visit, form: Form) -> int | None:
    """Return the page, which must be one of the paper's."""
    told = visit.field("page")
    page = int(told) if told.isascii() and told.isdigit() and len(told) < len("10000") else 0
    return page if page in form.spot.document["pages"] else None


def _seen(visit: Visit, case: str, form: Form, page: int, box: list[float]) -> Seen | str:
    """Return what the engine reads there, or the code that says why nothing could be."""
    told = form.spot.document
    of = Paper(told["sha256"], tuple(told["flags"]))
    try:
        with visit.room.pictures.reading(case, of) as (path, sandbox):
            return sandbox.reread(path, page, box, mended="repaired" in of.flags)
    except GoneError as gone:
        return gone.code
    except OSError:
        return "environment"


def _proposed(visit: Visit, form: Form, seen: Seen, page: int, box: list[float]) -> Form:
    """Return the form with the text in the box that it was read for, and how sure it is."""
    chosen = visit.field("column") or form.inputs[0].name if form.inputs else ""
    inputs = tuple(
        replace(one, text=_as_typed(one, seen.text)) if one.name == chosen else one for one in form.inputs
    )
    words = visit.say("mend.reread", text=seen.text, percent=int(seen.confidence * 100))
    where = json.dumps({"page": page, "box": box})
    return replace(form, inputs=inputs, proposal=words, where=where)


def _as_typed(box: Input, text: str) -> str:
    """Return the text as a person would type it: of a day the day, of a choice what was chosen before."""
    if box.options:
        return box.text
    days = [one.value for one in dates_in(text) if one.value is not None] if box.sort == "day" else []
    return f"{days[0]:%d/%m/%Y}" if days else text


DOORS = (Door(f"{FIELD}/releer", reread, Right.WORK, methods=("POST",)),)
