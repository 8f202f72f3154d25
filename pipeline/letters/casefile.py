"""A case as letters need it, out of its report: a stored one, or what `process --json` printed.

The report may come from a file that somebody changed, so nothing in it is trusted to have its shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.errors import UsageError
from pipeline.letters.timeline import line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of the case; `fields` as in the report, by name."""

    id: str
    file: str
    pages: tuple[int, ...]
    kind: str
    fields: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One finding; `reason` by language, `evidence` as (paper, field), `about` as in the report."""

    rule: str
    outcome: str
    reason: Mapping[str, str]
    basis: str
    evidence: tuple[tuple[str, str], ...]
    about: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What the person said after filing, which goes before the papers; None where nothing was said.

    An empty address or name: it changed, in words that fit no letter, and is left to be filled in.
    """

    address: tuple[str, ...] | None = None
    represented: bool | None = None
    representative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case that was judged. `monthly` in euros; `residence` is the report's block, unchanged."""

    number: str
    office: str
    procedure: str
    filed_on: dt.date
    queue: str
    papers: tuple[Paper, ...]
    findings: tuple[Ground, ...]
    residence: Mapping[str, Any] | None
    resolve_by: dt.date | None
    provisional: bool
    silence: str | None
    monthly: Decimal | None
    fee_reasons: tuple[Mapping[str, str], ...]
    later: Later = Later()

    def with_outcome(self, outcome: str) -> tuple[Ground, ...]:
        """Return the findings of one *outcome*, each text of a rule about a person once."""
        found = {(g.rule, g.about, g.reason.get("es")): g for g in self.findings if g.outcome == outcome}
        return tuple(found.values())

    def of_kind(self, kind: str) -> tuple[Paper, ...]:
        """Return the papers of one kind."""
        return tuple(paper for paper in self.papers if paper.kind == kind)


def case_file(report: object) -> CaseFile:
    """Return the case that a *report* tells.

    Raises:
        UsageError: it is no report of a case, or of one that nobody has judged (returned, waiting).
    """
    try:
        return _case_file(_mapping(report))
    except (KeyError, TypeError, ValueError, InvalidOperation):
        what = "Eso no es el informe de un expediente valorado"
        raise UsageError(what, "Dé el JSON de `ventanilla process --json`, sin cambios.") from None


def _case_file(report: Mapping[str, Any]) -> CaseFile:
    """Build the case; whatever does not fit raises."""
    if _text(report["status"]) != "routed":
        what = "No hay carta que escribir: el expediente se devolvió, o todavía espera"
        raise UsageError(what, "Nadie lo ha valorado; vea cómo está con `ventanilla case list`.")
    clock, fee = _mapping(report["deadlines"]), report.get("fee")
    filed_on = dt.date.fromisoformat(report["filed_on"])
    return CaseFile(
        number=_text(report.get("number") or report["id"]),
        office=_text(report.get("office") or ""),
        procedure=_text(report["procedure"]),
        filed_on=filed_on,
        queue=_text(report["queue"]),
        papers=tuple(_paper(_mapping(one)) for one in report["documents"]),
        findings=tuple(_ground(_mapping(one)) for one in report["findings"]),
        residence=_residence(report["residence"], filed_on) if report.get("residence") else None,
        resolve_by=_day(clock.get("resolve_by")),
        provisional=clock.get("provisional") is not False,
        silence=_text(clock["silence"]) if clock.get("silence") else None,
        monthly=Decimal(_text(_mapping(fee)["monthly"])) if fee else None,
        fee_reasons=tuple(_fee_reasons(_mapping(fee))) if fee else (),
    )


def _residence(block: object, filed_on: dt.date) -> Mapping[str, Any]:
    """Return the residence block if a timeline can be told of it."""
    line_of(_mapping(block), filed_on)
    return _mapping(block)


def _paper(paper: Mapping[str, Any]) -> Paper:
    """Build one paper."""
    return Paper(
        id=_text(paper["id"]),
        file=_text(paper["file"]),
        pages=tuple(int(page) for page in paper["pages"]),
        kind=_text(paper["kind"]),
        fields={_text(name): _mapping(field) for name, field in _mapping(paper["fields"]).items()},
    )


def _ground(finding: Mapping[str, Any]) -> Ground:
    """Build one finding."""
    places = [_mapping(place) for place in finding["evidence"]]
    return Ground(
        rule=_text(finding["rule"]),
        outcome=_text(finding["outcome"]),
        reason=_said(finding["reason"]),
        basis=_text(finding["basis"]),
        evidence=tuple((_text(place["document"]), _text(place["field"])) for place in places),
        about=_text(finding["person"]) if finding.get("person") else None,
    )


def _fee_reasons(fee: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield what the report says of why the fee is what it is, where it says so."""
    yield from (_said(_mapping(one)["reason"]) for one in fee.get("rules") or ())


def _said(reason: object) -> Mapping[str, str]:
    """Return a sentence by language; Spanish must be there."""
    said = {_text(language): _text(text) for language, text in _mapping(reason).items()}
    if not said.get("es", "").strip():
        raise ValueError("a reason without words")
    return said


def _mapping(value: object) -> Mapping[str, Any]:
    """Return *value* if it holds keys and values."""
    if not isinstance(value, Mapping):
        raise TypeError("no mapping")
    return value


def _text(value: object) -> str:
    """Return *value* if it is text."""
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _day(value: object) -> dt.date | None:
    """Return a day, or None."""
    return None if value is None else dt.date.fromisoformat(_text(value))
