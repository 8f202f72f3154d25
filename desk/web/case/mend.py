"""A field set right by whoever has the case: typed, confirmed, illegible, of no account; and undone.

What was typed is never lost: what cannot be kept comes back in its form, beside what stands there now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.form import Form, Spot, as_typed, fresh, spot_of, value_of, warnings_of
from desk.web.case.found import Found, found
from desk.web.case.rows import keyed
from desk.web.case.said import said_of
from desk.web.case.values import told
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.acts import Act, Stale
from pipeline.case import Routed
from pipeline.corrections.asked import Wish, asked, overrides
from pipeline.corrections.kept import Kept, Kind, Paper, standing
from pipeline.errors import UsageError
from pipeline.reassess import Closed, TakenUp, as_found, as_it_stands, judged, kept, taken_up, undone

_ACTS: dict[str, Kind] = {
    "corrected": "corrected",
    "confirmed": "confirmed",
    "illegible": "illegible",
    "not_applicable": "not_applicable",
    "row_removed": "row_removed",
}
_DID: dict[Kind, str] = {
    "corrected": "value-corrected",
    "confirmed": "value-confirmed",
    "illegible": "value-illegible",
    "not_applicable": "value-not-applicable",
    "row_added": "row-added",
    "row_removed": "row-removed",
    "undone": "correction-undone",
}
"""What the audit calls each act."""
FIELD = "/expedientes/{number}/campos/{document}/{field}"


def edit(visit: Visit) -> Response:
    """Show the form of a field, or of a row of it."""
    case = found(visit, look=None)
    return page_of(visit, case, fresh(visit, case, spot_of(visit, case)))


def page_of(visit: Visit, case: Found, form: Form, status: int = 200) -> Response:
    """Answer with the form: alone where it is put into the page of the case, else as a page of its own."""
    visit.audit("case-seen", case.id)
    name = "case/fields_form.html" if visit.in_part and status == 200 else "case/fields_edit.html"
    return visit.page(name, status, case=case, form=form, **_SHOWN)


def rows_shown(spot: Spot) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Return the rows of a list with their keys and places."""
    return list(keyed(spot.held)) if spot.held is not None else []


def _pages(form: Form) -> list[tuple[str, str]]:
    """Return the pages of the paper as options."""
    return [(str(page), str(page)) for page in form.spot.document["pages"]]


def _columns(form: Form) -> list[tuple[str, str]]:
    """Return the boxes of the form as options."""
    return [(one.name, one.label) for one in form.inputs]


_SHOWN: dict[str, Any] = {"rows": rows_shown, "pages_of": _pages, "columns_of": _columns, "in_words": told}


def save(visit: Visit) -> Response:
    """Keep what was said of a field, and go back to the case; or show what stands in the way."""
    case = found(visit, look=None)
    form = as_typed(visit, case, spot_of(visit, case))
    what = _ACTS.get(form.act)
    if what is None or (what == "corrected" and not form.inputs):
        raise Refused(400, "not_here")
    if what != "corrected":
        form = replace(form, inputs=tuple(replace(one, error="") for one in form.inputs))
    elif not form.errors:
        form = replace(form, warnings=warnings_of(visit, form))
        if form.warnings and not form.why.strip():
            form = replace(form, why_error=visit.say("mend.why_odd"))
    if form.errors:
        return page_of(visit, case, form, 422)
    return _keep(visit, case, form, what)


def _keep(visit: Visit, case: Found, form: Form, what: Kind) -> Response:
    """Keep it, unless the case is closed, changed meanwhile, or a reason is wanted."""
    try:
        taken = taken_up(visit.room.store, case.id)
        row = _row(visit, taken, form, what)
        if str(taken.revision) != visit.field("revision"):
            return _back(visit, case, form) if _done(taken, row) else _conflict(visit, case, form)
        after = _judged(visit, taken, row)
        if not row.why and (missing := _wants_why(visit, taken, row, after)):
            return page_of(visit, case, replace(form, why_error=visit.say(f"mend.{missing}")), 422)
        kept(visit.room.store, visit.room.settings, taken, (row,), after, _act(visit, row))
    except Closed as closed:
        notice = visit.say(f"mend.closed_{closed.why}")
        return page_of(visit, case, replace(form, notice=notice), 409)
    except (UsageError, Stale) as error:
        return _conflict(visit, found(visit, look=None), form, error if isinstance(error, Stale) else None)
    return _back(visit, case, form)


def _row(visit: Visit, taken: TakenUp, form: Form, what: Kind) -> Kept:
    """Return the row to keep; raise UsageError where the paper has no such value any more."""
    spot = form.spot
    paper = Paper(spot.document["sha256"], tuple(spot.document["pages"]), spot.document["kind"])
    as_read, stands = as_found(taken, paper), as_it_stands(taken, paper)
    if as_read is None or stands is None:
        raise UsageError("El documento ya no está", "Mire el expediente de nuevo.")
    wish = Wish(
        what=what,
        field=spot.field,
        path=(spot.row,) if spot.row else (),
        value=value_of(form) if what == "corrected" else None,
        why=form.why.strip(),
        where=_where(form),
    )
    return asked(as_read, stands, wish, taken.rows, visit.account.login, visit.at)


def _where(form: Form) -> dict[str, Any] | None:
    """Return the place that was shown on the page, if one was and it can be one."""
    if not form.where:
        return None
    try:
        told = json.loads(form.where)
        page, box = int(told["page"]), [round(float(side), 1) for side in told["box"]]
    except (ValueError, TypeError, KeyError):
        return None
    sound = len(box) == 4 and page in form.spot.document["pages"]
    return {"page": page, "box": box} if sound else None


def _judged(visit: Visit, taken: TakenUp, row: Kept) -> Routed:
    """Return the case as it would be with one row more."""
    room = visit.room
    rows = [*taken.rows, row]
    return judged(taken, rows, room.settings, room.calendars, room.store, visit.at.date())


def _wants_why(visit: Visit, taken: TakenUp, row: Kept, after: Routed) -> str | None:
    """Return by name why a reason must be given, None where it need not be."""
    if taken.report["queue"] != "approve" and after.queue == "approve":
        return "why_approve"
    return "why_sure" if overrides(row, visit.room.settings.policy.acceptance) else None


def _act(visit: Visit, row: Kept) -> Act:
    """Return the act: names of fields and of what was done, no value."""
    return visit.act(_DID[row.what], field=row.field, kind=row.paper.kind)


def _done(taken: TakenUp, row: Kept) -> bool:
    """Whether this very word is the last one on its place already: the form was sent twice.

    A row that is added has a new key each time.
    """
    same = [one for one in standing(taken.rows) if (one.paper, one.field) == (row.paper, row.field)]
    return bool(same) and _words(same[-1]) == _words(row)


def _words(row: Kept) -> tuple[Any, ...]:
    """Return who said what, and why."""
    return (row.what, row.value, row.who, row.why, () if row.what == "row_added" else row.path)


def _conflict(visit: Visit, case: Found, form: Form, stale: Stale | None = None) -> Response:
    """Show what was typed beside what stands there now, with the form to say it again."""
    why = stale.why if stale is not None else "changed"
    now = next((one for one in case.report["documents"] if one["id"] == form.spot.document["id"]), None)
    spot = replace(form.spot, document=now) if now else None
    stands = fresh(visit, case, spot).stands if spot else visit.say("mend.not_there")
    last = [one for one in said_of(visit, case) if one.field == form.spot.field]
    whose = f" ({last[-1].who}, {last[-1].at.astimezone(visit.room.zone):%d/%m/%Y %H:%M})" if last else ""
    told = replace(form, notice=visit.say(f"mend.conflict_{why}"), theirs=f"{stands}{whose}")
    return page_of(visit, case, told, 409)


def _back(visit: Visit, case: Found, form: Form) -> Response:
    """Go back to the case, to the field that was set right, and say what has changed."""
    spot = form.spot
    place = f"d={spot.document['id']}&f={quote(spot.field)}"
    return visit.to(f"/expedientes/{case.number}?{place}&hecho=1#fields")


def undo(visit: Visit) -> Response:
    """Let a correction fall: what stood there before stands again."""
    case = found(visit, look=None)
    try:
        taken = taken_up(visit.room.store, case.id)
    except Closed as closed:
        return visit.page("case/fields_undo.html", 409, case=case, row=None, why="closed_" + closed.why)
    row = next((one for one in standing(taken.rows) if str(one.seq) == visit.path("row")), None)
    if row is None:
        return visit.to(f"/expedientes/{case.number}?hecho=1#fields")
    why = visit.field("why").replace("\0", "\ufffd").strip()
    falls = undone(row, visit.account.login, visit.at, why)
    after = _judged(visit, taken, falls)
    if not why and taken.report["queue"] != "approve" and after.queue == "approve":
        return visit.page("case/fields_undo.html", 422, case=case, row=row, why="why_approve")
    kept(visit.room.store, visit.room.settings, taken, (falls,), after, _act(visit, falls))
    return visit.to(f"/expedientes/{case.number}?hecho=1#fields")


DOORS = (
    Door(FIELD, edit, Right.WORK),
    Door(FIELD, save, Right.WORK, methods=("POST",)),
    Door("/expedientes/{number}/correcciones/{row}/deshacer", undo, Right.WORK, methods=("POST",)),
)
