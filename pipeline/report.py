"""A case as the JSON that others' programs rely on (docs/contract/README.md, `process --json`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from extractors.document import Code, Document, Field, Item, Part
from pipeline.case import Received, Returned, Routed
from pipeline.corrections.kept import Mended
from pipeline.crosscheck import grid_report
from pipeline.kept import handed_in
from pipeline.letters.timeline import said
from pipeline.life.kept import earlier_report
from pipeline.reasons import reason
from pipeline.register.kept import register_report
from validators.calendar import DayOff
from validators.crosscheck import crosscheck
from validators.deadlines import Deadlines
from validators.fee import Fee
from validators.finding import Applied, Finding, Text
from validators.residence import Residence

SCHEMA_VERSION = 1


def report(cases: Iterable[Routed | Returned]) -> dict[str, Any]:
    """Return the one JSON document for *cases*."""
    return {"schema_version": SCHEMA_VERSION, "cases": [case_report(case) for case in cases]}


def case_report(case: Routed | Returned) -> dict[str, Any]:
    """Return one case; a returned one has a code and a message and nothing else."""
    return _returned(case) if isinstance(case, Returned) else _routed(case)


def _origin(case: Received) -> dict[str, Any]:
    """Return the keys that every case has."""
    return {"id": case.id, "number": case.number, "source": case.source._asdict()}


def _returned(case: Returned) -> dict[str, Any]:
    """Return a case that could not be received technically."""
    stated = next((said.filed_on for said in case.said if said.filed_on), None)
    return {
        **_origin(case),
        "procedure": "unknown",
        "filed_on": _plain(stated),
        "office": next((said.office for said in case.said if said.office), case.office),
        "status": "returned",
        "returned": {"code": case.code, "message": reason(case.code).message._asdict(), "file": case.file},
        "queue": None,
        "documents": [],
        "findings": [],
        "residence": None,
        "deadlines": None,
        "fee": None,
        "crosscheck": None,
        "register": None,
        "handed_in": None,
        "earlier_convenios": [],
    }


def _routed(case: Routed) -> dict[str, Any]:
    """Return a case with its papers, findings and queue."""
    judged = case.assessment
    return {
        **_origin(case),
        "procedure": case.application.procedure,
        "filed_on": _plain(case.application.filing.filed_on),
        "office": case.application.office,
        "status": "routed",
        "returned": None,
        "queue": case.queue,
        "documents": [document_report(f"d{n}", document) for n, document in enumerate(case.documents, 1)],
        "findings": [finding_report(finding) for finding in judged.findings],
        "residence": _residence(judged.residence, case.application.filing.filed_on)
        if judged.residence
        else None,
        "deadlines": _deadlines(judged.deadlines),
        "fee": _fee(judged.fee) if judged.fee else None,
        "crosscheck": grid_report(crosscheck(case.application)),
        "register": register_report(case.application.register),
        "handed_in": handed_in(case, case.application.unpacked_bytes),
        "earlier_convenios": earlier_report(case.earlier),
        **(_mended(case.mended) if case.mended else {}),
    }


def _mended(mended: Mended) -> dict[str, Any]:
    """Return the papers as they were read, and where each correction of a person fits: who is not told."""
    return {
        "as_read": [document_report(f"d{n}", document) for n, document in enumerate(mended.as_read, 1)],
        "corrections": [fate._asdict() | {"path": list(fate.path)} for fate in mended.fates],
    }


def document_report(name: str, document: Document) -> dict[str, Any]:
    """Return one paper."""
    shown: dict[str, Any] = {
        "id": name,
        "file": document.file,
        "sha256": document.sha256,
        "pages": list(document.pages),
        "kind": document.kind,
        "kind_confidence": _share(document.kind_confidence),
        "language": document.language,
        "reader": document.reader,
        "fields": {key: field_report(field) for key, field in sorted(document.fields.items())},
        "flags": list(document.flags),
    }
    if document.mentions:
        shown["mentions"] = {key: field_report(field) for key, field in sorted(document.mentions.items())}
    if document.signatures:
        shown["signatures"] = [asdict(signature) for signature in document.signatures]
    if document.codes:
        shown["codes"] = [_code_report(code) for code in document.codes]
    return shown


def _code_report(code: Code) -> dict[str, Any]:
    """Return one code with its place; what it does not tell is left out."""
    shown: dict[str, Any] = {"format": code.format, "text": code.text, "page": code.page}
    shown["box"] = [round(side, 1) for side in code.box]
    told = {"code": code.code, "address": code.address}
    return shown | {name: text for name, text in told.items() if text}


def _share(certainty: float) -> float:
    """Return a certainty in thousandths, never more than it is: judged again, nothing becomes surer."""
    rounded = round(certainty, 3)
    return rounded if rounded <= certainty else round(rounded - 0.001, 3)


def field_report(field: Field) -> dict[str, Any]:
    """Return one field with its place; what is empty, or as usual, is left out."""
    shown: dict[str, Any] = {
        "value": field.value,
        "text": field.text,
        "confidence": _share(field.confidence),
        "page": field.page,
        "box": [round(side, 1) for side in field.box],
    }
    if field.readings:
        shown["readings"] = [
            {"reader": r.reader, "text": r.text, "value": r.value, "confidence": _share(r.confidence)}
            for r in field.readings
        ]
    if field.items:
        shown["items"] = [
            _place(item)
            | ({"parts": {name: _place(part) for name, part in item.parts.items()}} if item.parts else {})
            for item in field.items
        ]
    if field.state != "read":
        shown["state"] = field.state
    if field.hand:
        shown["hand"] = True
    return shown | ({"keys": list(field.keys)} if field.keys else {})


def _place(one: Item | Part) -> dict[str, Any]:
    """Return a place in a list with its certainty."""
    return {
        "page": one.page,
        "box": [round(side, 1) for side in one.box],
        "confidence": _share(one.confidence),
    }


def finding_report(finding: Finding) -> dict[str, Any]:
    """Return one rule's answer; `person` only where it is about somebody other than the applicant."""
    shown: dict[str, Any] = {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "reason": finding.reason._asdict(),
        "basis": finding.basis,
        "law_version": finding.law_version.isoformat(),
        "evidence": [place._asdict() for place in finding.evidence],
        "certainty": _share(finding.certainty),
    }
    return shown | ({"person": finding.about} if finding.about else {})


def _residence(residence: Residence, filed_on: dt.date) -> dict[str, Any]:
    """Return the timeline; `to` null means still open. `text` tells it in sentences, by language."""
    block: dict[str, Any] = {
        "window": [day.isoformat() for day in residence.window],
        "periods": [
            {"municipality": town, "from": _plain(since), "to": _plain(until)}
            for town, since, until in residence.periods
        ],
        "gaps": [_stretch(*gap) for gap in residence.gaps],
        "overlaps": [_stretch(*overlap) for overlap in residence.overlaps],
        "chain_start": _plain(residence.chain_start),
        "complete_on": _plain(residence.complete_on),
    }
    return block | {"text": {one: list(said(block, filed_on, one)) for one in Text._fields}}


def _stretch(since: dt.date, until: dt.date, days: int) -> Mapping[str, Any]:
    """Return a gap or an overlap."""
    return {"from": since.isoformat(), "to": until.isoformat(), "days": days}


def _deadlines(deadlines: Deadlines) -> dict[str, Any]:
    """Return the clock of the case."""
    return {
        "clock_start": _plain(deadlines.clock_start),
        "resolve_by": _plain(deadlines.resolve_by),
        "resolve_by_seat": _plain(deadlines.resolve_by_seat),
        "silence": deadlines.silence,
        "cure_by": _plain(deadlines.cure_by),
        "provisional": deadlines.provisional,
        "resolve_by_otherwise": _plain(deadlines.resolve_by_otherwise),
        "rules": applied_report(deadlines.applied),
        "days_off": [_day_off(day) for day in deadlines.days_off],
    }


def _day_off(day: DayOff) -> dict[str, Any]:
    """Return a day that the count to the last day passed over; a holiday with its name and place."""
    named = {"name": day.name, "place": day.place} if day.name else {}
    return {"date": day.date.isoformat(), "why": day.why, **named}


def _fee(fee: Fee) -> dict[str, Any]:
    """Return the monthly amount, the month from which it applies, and the rules that made it."""
    return {"monthly": _plain(fee.monthly), "from": _plain(fee.since), "rules": applied_report(fee.applied)}


def applied_report(rules: Iterable[Applied]) -> list[dict[str, Any]]:
    """Return the rules that fixed a date or an amount, each with its reason and its article."""
    return [{"rule": one.rule, "reason": one.reason._asdict(), "basis": one.basis} for one in rules]


def _plain(value: dt.date | Decimal | None) -> str | None:
    """Return a date as ISO text, money with two decimals."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if value is not None else None
