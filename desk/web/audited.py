"""The auditor's page: who saw and who did what, as asked for; whether the chain is whole; the rows as CSV.

What is asked goes by a form: a login says who somebody is, and addresses are kept in logs. A look at the
audit is a row of it too.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from desk.people.accounts import EVERY
from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.visit import Visit, number
from desk.web.words import sentences
from pipeline.audit.heads import newest
from pipeline.audit.read import Asked, Line, every, lines
from pipeline.audit.verify import verify
from pipeline.exported.as_csv import unreckoned

PAGE = 50
FIELDS = ("who", "number", "did", "since", "until")
_LONGEST = 64
_DID = "audit.did_"


def listed(visit: Visit) -> Response:
    """Show the newest rows, or those that the form asks for."""
    told = {name: visit.field(name).strip()[:_LONGEST] for name in FIELDS}
    asked, wrong = _asked(visit, told)
    place = number(visit.field("before"))
    found = () if wrong else lines(visit.room.store, asked, place, PAGE + 1)
    visit.audit("audit-seen", asked=[name for name in FIELDS if told[name]])
    shown = found[:PAGE]
    after = shown[-1].seq if len(found) > PAGE else None
    status = 422 if wrong else 200
    return _page(visit, status, told=told, wrong=wrong, rows=shown, after=after, verdict=None)


def checked(visit: Visit) -> Response:
    """Look whether the chain is whole since its last head, and say so."""
    with visit.room.store.reading() as transaction:
        head = newest(transaction)
    since = dt.date.fromisoformat(head.day) if head else None
    found = verify(visit.room.store, visit.room.settings.receipts, since)
    visit.audit("audit-checked", whole=found.whole)
    told = dict.fromkeys(FIELDS, "")
    asked, _ = _asked(visit, told)
    rows = lines(visit.room.store, asked, None, PAGE)
    return _page(visit, 200, told=told, wrong={}, rows=rows, after=None, verdict=found)


def _page(visit: Visit, status: int, **values: Any) -> Response:
    """Show the page with what is known of the last head."""
    with visit.room.store.reading() as transaction:
        head = newest(transaction)
    day = dt.date.fromisoformat(head.day) if head else None
    kinds = sorted(
        (words[visit.language], name.removeprefix(_DID).replace("_", "-")) for name, words in _dids()
    )
    options = [(code, words) for words, code in kinds]
    shown = {"head": head, "day": day, "options": options, "did": _did(visit), "told_detail": _detail}
    return visit.page("audit/list.html", status, **shown, **values)


def _detail(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the details of a row, names and words as they stand in it; what is empty says nothing."""
    for name, value in detail.items():
        if value in (None, "", [], {}):
            continue
        told = value if isinstance(value, list) else [value]
        yield name, ", ".join(one if isinstance(one, str) else json.dumps(one) for one in told)


def _dids() -> Iterable[tuple[str, Mapping[str, str]]]:
    """Return the sentences for what may be done."""
    return [(name, words) for name, words in sentences().items() if name.startswith(_DID)]


def _did(visit: Visit) -> Any:
    """Return what tells an act in words: its own code where it has none."""

    def told(code: str) -> str:
        name = f"{_DID}{code.replace('-', '_')}"
        return visit.say(name) if visit.say.has(name) else code

    return told


def _asked(visit: Visit, told: Mapping[str, str]) -> tuple[Asked, dict[str, str]]:
    """Return what is asked for, and which days are none."""
    wrong, days = {}, {}
    for name in ("since", "until"):
        if told[name]:
            days[name] = _moment(visit, told[name])
            if days[name] is None:
                wrong[name] = visit.say("audit.wrong_day")
    until = days.get("until")
    offices = visit.account.offices
    asked = Asked(
        who=told["who"] or None,
        number=told["number"].upper() or None,
        did=told["did"] or None,
        since=days.get("since"),
        until=until + dt.timedelta(days=1) if until else None,
        offices=None if EVERY in offices else offices,
    )
    return asked, wrong


def _moment(visit: Visit, text: str) -> dt.datetime | None:
    """Return the beginning of a day as it is on the office's wall, None if it is none."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=visit.room.zone)
        except ValueError:
            continue
    return None


def exported(visit: Visit) -> Response:
    """Give the rows as a file that a Spanish spreadsheet opens; that it was taken is a row itself."""
    told = {name: visit.field(name).strip()[:_LONGEST] for name in FIELDS}
    asked, wrong = _asked(visit, told)
    if wrong:
        return listed(visit)
    visit.audit("audit-exported", asked=[name for name in FIELDS if told[name]])
    name = f"auditoria_{visit.at:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    rows = every(visit.room.store, asked)
    return StreamingResponse(_csv(visit, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _csv(visit: Visit, rows: Iterable[Line]) -> Iterator[bytes]:
    """Yield the file: UTF-8 with its mark, semicolons, nothing that a spreadsheet would reckon."""
    heads = ("seq", "at", "who", "did", "number", "detail")
    yield b"\xef\xbb\xbf" + _row([visit.say(f"audit.head_{head}") for head in heads])
    did = _did(visit)
    for one in rows:
        at = one.at.astimezone(visit.room.zone)
        detail = json.dumps(one.detail, ensure_ascii=False, sort_keys=True) if one.detail else ""
        yield _row([str(one.seq), f"{at:%d/%m/%Y %H:%M:%S}", one.who, did(one.did), one.number or "", detail])


def _row(cells: Iterable[str]) -> bytes:
    """Return one line; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    plain = [unreckoned(cell) for cell in cells]
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(plain)
    return out.getvalue().encode()


DOORS = (
    Door("/auditoria", listed, Right.AUDIT),
    Door("/auditoria", listed, Right.AUDIT, methods=("POST",)),
    Door("/auditoria/comprobar", checked, Right.AUDIT, methods=("POST",)),
    Door("/auditoria/filas.csv", exported, Right.AUDIT, methods=("POST",)),
)
