"""How cases stand, for programs: nothing of a person's unless the key may see cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Row

from desk.api.call import Call, links
from desk.api.keys import EVERY, Right
from desk.api.problems import Problem
from pipeline.errors import EnvironmentFault
from pipeline.folders.places import Place
from pipeline.letters import names
from pipeline.receipts.verify import LARGEST
from pipeline.store.cases import Change, changed
from pipeline.waiting import sentence

MOST = 200
_FIRST, _LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_CLOCK = ("clock_start", "resolve_by", "resolve_by_seat", "silence", "cure_by", "provisional")
_PAPER = ("id", "pages", "kind", "kind_confidence", "language", "reader", "flags")
_FINDING = ("rule", "outcome", "basis", "law_version")
_STATUS = {"hold": "waiting"}
"""The contract's word for a stage of the record, where it is another."""


def line(row: Row[Any]) -> dict[str, Any]:
    """Return a case as lists show it."""
    return {
        "id": row.id,
        "number": row.number,
        "office": row.office,
        "status": _STATUS.get(row.stage, row.stage),
        "queue": row.queue,
        "procedure": row.procedure,
        "filed_on": _day(row.filed_on),
        "received_at": row.received_at.isoformat(timespec="seconds"),
        "updated_at": row.updated_at.isoformat(),
        "links": links(row.number),
    }


def _day(value: dt.date | None) -> str | None:
    """Return a day as ISO text."""
    return None if value is None else value.isoformat()


def status(call: Call, number: str) -> dict[str, Any]:
    """Return how a case stands; all of it for a key that may see cases."""
    call.needs(Right.STATUS, Right.CASES)
    row = call.case(number, "api-status")
    report: Mapping[str, Any] = row.report or {}
    told = {"schema_version": 1, **line(row), "returned": _returned(report), "waiting": _waiting(row)}
    told["deadlines"] = _some(report.get("deadlines"), _CLOCK)
    told["documents"] = [_some(paper, _PAPER) for paper in report.get("documents", ())]
    if call.key.may(Right.CASES):
        told["case"] = report or None
    return told


def _some(whole: Mapping[str, Any] | None, names_: tuple[str, ...]) -> dict[str, Any] | None:
    """Return some of the keys."""
    return None if whole is None else {name: whole.get(name) for name in names_}


def _returned(report: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return why a case was given back: the contract's code and sentence, not the name of the file."""
    return _some(report.get("returned"), ("code", "message"))


def _waiting(row: Row[Any]) -> dict[str, Any] | None:
    """Return what a case waits for."""
    if row.stage not in {"waiting", "hold"}:
        return None
    return {"code": row.waits_for, "message": {"es": sentence(row.waits_for)}} if row.waits_for else None


def findings(call: Call, number: str) -> dict[str, Any]:
    """Return what the rules found; with reasons, in three languages, and places for who may see cases."""
    call.needs(Right.STATUS, Right.CASES)
    row = call.case(number, "api-findings")
    found = (row.report or {}).get("findings", ())
    whole = call.key.may(Right.CASES)
    return {
        "schema_version": 1,
        "number": row.number,
        "status": _STATUS.get(row.stage, row.stage),
        "queue": row.queue,
        "findings": [dict(one) if whole else _some(one, _FINDING) for one in found],
    }


def listed(call: Call, since: dt.datetime | None, after: str | None, limit: int) -> dict[str, Any]:
    """Return the cases that changed from *since* on, or *after* the page before, in the order of change."""
    call.needs(Right.STATUS, Right.CASES)
    begin = None if since is None else Change(_utc(since))
    begin = begin if after is None else _place(after)
    offices = None if EVERY in call.key.offices else call.key.offices
    rows = changed(call.room.store, offices, begin, limit + 1)
    shown = rows[:limit]
    call.audit("api-list", count=len(shown))
    # the place of the last one also where nothing follows: the next look begins there
    following = _cursor(shown[-1]) if shown else after
    return {
        "schema_version": 1,
        "cases": [line(row) for row in shown],
        "more": len(rows) > limit,
        "next": following,
    }


def _utc(since: dt.datetime) -> dt.datetime:
    """Return a moment in UTC, the first or last there is for one beyond; raise Problem without a zone."""
    if since.tzinfo is None:
        raise Problem("bad-field", field="since")
    try:
        return since.astimezone(dt.UTC)
    except OverflowError:
        return _LAST if since.year > 1 else _FIRST


def _cursor(row: Row[Any]) -> str:
    """Return the place of a row in the list: microseconds since 1970, and its id."""
    return f"{(row.updated_at - _EPOCH) // dt.timedelta(microseconds=1)}-{row.id}"


def _place(cursor: str) -> Change:
    """Return the place that a cursor names, which has the shape of one."""
    since, _, identifier = cursor.partition("-")
    return Change(_EPOCH + dt.timedelta(microseconds=int(since)), identifier)


def receipt(call: Call, number: str, submission: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a receipt, as it lies in the office's folder.

    Raises:
        Problem: it has not been given yet.
        EnvironmentFault: the office's folders do not answer.
    """
    call.needs(Right.SUBMIT, Right.CASES)
    row = call.case(number, "api-receipt")
    place = Place(call.room.settings.folders.root, row.office)
    name = names.receipt(row.number, submission)
    path = place.accepted(row.number) / name
    try:
        if not place.path.is_dir():
            raise EnvironmentFault("No se ve la carpeta de la oficina", "Compruebe la unidad de red.")
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise Problem("no-receipt-yet")
        return name, path.read_bytes()
    except OSError as error:
        what = f"La carpeta de la oficina no responde ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la unidad de red.") from None
