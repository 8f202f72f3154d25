"""The panel of what the papers say: the doubtful first, each with its place, and what can be done with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.people.rights import Right
from desk.web.case.found import Found
from desk.web.case.places import Place
from desk.web.case.rows import RowShown, edit_address, rows_of, spelled
from desk.web.case.said import Said, said_of
from desk.web.case.values import label, told
from desk.web.case.verdict import verdict
from desk.web.visit import Values, Visit
from pipeline.corrections.asked import NEW
from pipeline.corrections.shapes import Shape, shape_of, shapes

_FAILS = frozenset({"cure", "review", "refer", "not_met"})
Spot = tuple[str, str]
"""A document of the report and a field of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """One field as the panel shows it. `doubts` say in words why a person should look.

    `pressing`: a rule that does not hold stands on it, or two readers saw different things. What was merely
    read below the threshold is marked among the others: no rule points at it, and it hides what counts.
    """

    name: str
    label: str
    value: str
    percent: int
    certainty: str
    source: str
    state: str
    doubts: tuple[str, ...]
    pressing: bool
    readings: tuple[tuple[str, str, int], ...]
    rules: tuple[str, ...]
    page: int
    box: str
    place: Place | None
    action: str
    edit: str
    add: str
    here: bool
    rows: tuple[RowShown, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """One document with its fields: those to be looked at, the others, and those that are not on it."""

    id: str
    paper: str
    file: str
    kind: str
    pages: str
    doubtful: tuple[FieldShown, ...]
    others: tuple[FieldShown, ...]
    absent: tuple[tuple[str, str], ...]
    open: bool


def build(visit: Visit, case: Found) -> Values:
    """Return the papers with their fields, what people set right, and the verdict of the last correction."""
    done = said_of(visit, case)
    fails = _fails(case.report)
    by_place: dict[Spot, list[Said]] = defaultdict(list)
    for one in done:
        if one.document is not None:
            by_place[one.document, one.field].append(one)
    papers = [_paper(visit, case, told_, fails, by_place) for told_ in case.report.get("documents", ())]
    doubtful = sum(len(paper.doubtful) for paper in papers)
    return {
        "papers": sorted(papers, key=_first),
        "lost": [one for one in done if one.document is None],
        "papers_said": [one for one in done if one.document is not None and not one.field],
        "may": visit.account.may(Right.WORK) and case.stage == "routed",
        "verdict": verdict(visit, case) if visit.asked("hecho") else None,
        "doubtful": doubtful,
        "faint": sum(1 for paper in papers for one in paper.others if one.doubts),
        "rest": sum(len(paper.others) for paper in papers),
        "open": any(paper.open for paper in papers),
        "calm": doubtful == 0,
    }


def _fails(report: Mapping[str, Any]) -> Mapping[Spot, tuple[str, ...]]:
    """Return the rules that do not hold, by the fields that they stand on."""
    found: dict[Spot, list[str]] = defaultdict(list)
    for finding in report.get("findings", ()):
        if finding["outcome"] in _FAILS:
            for place in finding["evidence"]:
                found[place["document"], place["field"]].append(finding["rule"])
    return {place: tuple(dict.fromkeys(rules)) for place, rules in found.items()}


def _paper(
    visit: Visit,
    case: Found,
    document: Mapping[str, Any],
    fails: Mapping[Spot, tuple[str, ...]],
    by_place: Mapping[Spot, Sequence[Said]],
) -> PaperShown:
    """Return one document."""
    name, kind = document["id"], document["kind"]
    every = []
    for field, held in document["fields"].items():
        place = (name, field)
        every.append(
            _field(visit, case, document, field, held, fails.get(place, ()), by_place.get(place, ()))
        )
    doubtful = sorted((one for one in every if one.pressing), key=_gravest)
    others = sorted((one for one in every if not one.pressing), key=lambda one: not one.doubts)
    there = set(document["fields"])
    gone = [key for key in shapes().get(kind, {}) if key not in there]
    return PaperShown(
        id=name,
        paper=paper_key(document),
        file=document["file"],
        kind=visit.say(f"kinds.{kind}") if visit.say.has(f"kinds.{kind}") else kind,
        pages=", ".join(map(str, document["pages"])),
        doubtful=tuple(doubtful),
        others=tuple(others),
        absent=tuple((label(visit.say, key), edit_address(case.number, name, key)) for key in gone),
        open=visit.asked("d") == name and visit.asked("f") in {one.name for one in others},
    )


def paper_key(document: Mapping[str, Any]) -> str:
    """Return what a form calls a paper: bytes, pages and kind, whatever its place in the case becomes."""
    return f"{document['sha256']}:{','.join(map(str, document['pages']))}:{document['kind']}"


def _first(paper: PaperShown) -> tuple[bool, bool, int]:
    """Return what puts papers in order: as their gravest doubt; those without one as they came, last."""
    return min(((*_gravest(one)[:2], 0) for one in paper.doubtful), default=(True, True, 1))


def _gravest(shown: FieldShown) -> tuple[bool, bool, int]:
    """Return what puts doubtful fields in order: a rule that fails, two readings, the least sure."""
    return (not shown.rules, not shown.readings, shown.percent)


def _field(
    visit: Visit,
    case: Found,
    document: Mapping[str, Any],
    name: str,
    held: Mapping[str, Any],
    rules: tuple[str, ...],
    said: Sequence[Said],
) -> FieldShown:
    """Return one field."""
    shape = shape_of(document["kind"], name, held["value"])
    state = held.get("state", "read")
    sure = held["confidence"] >= visit.room.settings.policy.acceptance
    rows = tuple(rows_of(visit, case, document, name, held, shape)) if shape.sort == "rows" else ()
    return FieldShown(
        name=name,
        label=label(visit.say, name),
        value=told(visit.say, held["value"], shape),
        percent=int(held["confidence"] * 100),
        certainty=visit.say(f"mend.{_certainty(held, sure=sure)}"),
        source=visit.say(f"mend.reader_{document['reader'] if state == 'read' else 'person'}"),
        state=state,
        doubts=tuple(visit.say(f"mend.doubt_{why}") for why in _doubts(held, rules, sure=sure)),
        pressing=bool(rules or (state == "read" and held.get("readings"))),
        readings=tuple(_reading(visit, one, shape) for one in held.get("readings", ())),
        rules=rules,
        page=held["page"],
        box=spelled(held["box"]),
        place=case.places.of(document["id"], name),
        action=edit_address(case.number, document["id"], name),
        edit=rows[0].edit if len(rows) == 1 else edit_address(case.number, document["id"], name),
        add=edit_address(case.number, document["id"], name, NEW) if shape.sort == "rows" else "",
        here=visit.asked("d") == document["id"] and visit.asked("f") == name,
        rows=rows,
        said=tuple(said),
    )


def _reading(visit: Visit, one: Mapping[str, Any], shape: Shape) -> tuple[str, str, int]:
    """Return what one of several readers saw: who, what, and how sure in per cent."""
    name = f"mend.reader_{one['reader']}"
    reader = visit.say(name) if visit.say.has(name) else one["reader"]
    return reader, told(visit.say, one["value"], shape), int(one["confidence"] * 100)


def _certainty(held: Mapping[str, Any], *, sure: bool) -> str:
    """Return by name how sure a field is."""
    if held.get("state") == "illegible":
        return "illegible"
    if held["value"] is None:
        return "blank" if sure else "unread"
    return "sure" if sure else "unsure"


def _doubts(held: Mapping[str, Any], rules: Sequence[str], *, sure: bool) -> Iterator[str]:
    """Yield by name why a person should look at a field."""
    if held.get("state", "read") != "read" and not rules:
        return
    if rules:
        yield "rule"
    if held.get("readings"):
        yield "readings"
    if held.get("hand") and held["value"] is None:
        yield "hand"
    elif not sure:
        yield "unread" if held["value"] is None else "unsure"
