"""Which papers there are: another kind, split, joined. Each change reads the pages anew, and judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.fields import paper_key
from desk.web.case.found import Found, found
from desk.web.doors import Door
from desk.web.visit import Refused, Visit, number
from extractors.document import Document
from extractors.kinds import kinds
from pipeline.corrections.arranged import Part, another_kind, joined, read_anew, split
from pipeline.corrections.kept import Before, Kept, paper_of
from pipeline.errors import UsageError
from pipeline.kept import kept_case
from pipeline.pictures.papers import GoneError
from pipeline.pictures.pictures import Paper
from pipeline.reassess import Closed, TakenUp, judged, kept, taken_up

_PAPERS = "/expedientes/{number}/papeles"


def papers(visit: Visit) -> Response:
    """Show the papers with what can be done with each."""
    return _page(visit, found(visit, look=None))


def _page(visit: Visit, case: Found, status: int = 200, wrong: str = "") -> Response:
    """Answer with the page; *wrong* says by name what stood in the way of a change."""
    visit.audit("case-seen", case.id)
    documents = case.report.get("documents", ())
    names = sorted(((name, visit.say(f"kinds.{name}")) for name in kinds()), key=lambda one: one[1])
    shown = [_shown(one, documents) for one in documents if one["pages"]]
    return visit.page("case/fields_papers.html", status, case=case, papers=shown, kinds=names, wrong=wrong)


def _shown(document: Mapping[str, Any], every: Any) -> dict[str, Any]:
    """Return a paper with the pages that it can be split after and the papers that it can be joined with."""
    others = [
        (paper_key(one), f"{one['id']} ({', '.join(map(str, one['pages']))})")
        for one in every
        if one["sha256"] == document["sha256"] and one["pages"] and one["id"] != document["id"]
    ]
    after = [(str(page), str(page)) for page in document["pages"][:-1]]
    return {"told": document, "key": paper_key(document), "after": after, "others": others}


def arrange(visit: Visit) -> Response:
    """Change a paper's kind, split it or join it with another, and judge the case again."""
    case = found(visit, look=None)
    try:
        taken = taken_up(visit.room.store, case.id)
        row = _row(visit, case, taken)
    except Closed as closed:
        return _page(visit, case, 409, f"closed_{closed.why}")
    except (UsageError, GoneError, OSError) as error:
        return _page(visit, case, 422, "papers_not" if isinstance(error, UsageError) else "papers_away")
    room = visit.room
    after = judged(taken, [*taken.rows, row], room.settings, room.calendars, room.store, visit.at.date())
    approves = taken.report["queue"] != "approve" and after.queue == "approve"
    if not row.why and (approves or _sure(visit, row)):
        return _page(visit, case, 422, "why_approve" if approves else "why_sure")
    act = visit.act("papers-arranged", was=row.paper.kind, act=visit.field("act"))
    kept(room.store, room.settings, taken, (row,), after, act)
    return visit.to(f"/expedientes/{case.number}?hecho=1#fields")


def _row(visit: Visit, case: Found, taken: TakenUp) -> Kept:
    """Return the change to keep, its pages read anew; raise UsageError where it cannot be."""
    if str(taken.revision) != visit.field("revision"):
        raise Refused(409, "changed", whose="")
    documents = kept_case(taken.report).documents
    chosen = [_named(visit, taken, documents, "paper")]
    if visit.field("act") == "join":
        chosen.append(_named(visit, taken, documents, "other"))
    parts = _parts(visit, chosen)
    of = Paper(chosen[0].sha256, chosen[0].flags)
    with visit.room.pictures.reading(case.id, of) as (path, sandbox):
        value = read_anew(chosen, parts, path, sandbox)
    return Kept(
        seq=0,
        what="papers",
        who=visit.account.login,
        at=visit.at,
        why=visit.field("why").replace("\0", "\ufffd").strip(),
        paper=paper_of(chosen[0]),
        value=value,
        before=Before(value=chosen[0].kind, confidence=chosen[0].kind_confidence),
    )


def _named(visit: Visit, taken: TakenUp, documents: tuple[Document, ...], name: str) -> Document:
    """Return the paper that the form names."""
    for told, document in zip(taken.report["documents"], documents, strict=True):
        if paper_key(told) == visit.field(name):
            return document
    raise UsageError("El documento ya no está.", "Mire el expediente de nuevo.")


def _parts(visit: Visit, chosen: list[Document]) -> tuple[Part, ...]:
    """Return the papers that are to come of those chosen."""
    kind = visit.field("kind")
    match visit.field("act"):
        case "kind":
            return another_kind(chosen[0], kind)
        case "split":
            return split(chosen[0], number(visit.field("after")) or 0, kind)
        case "join":
            return joined(chosen, kind or chosen[0].kind)
        case _:
            raise UsageError("No se sabe qué hacer con el documento.", "Elija una acción.")


def _sure(visit: Visit, row: Kept) -> bool:
    """Whether the kind was surely known, and is to be another."""
    sure = row.before.confidence is not None
    acceptance = visit.room.settings.policy.acceptance
    return visit.field("act") == "kind" and sure and (row.before.confidence or 0.0) >= acceptance


DOORS = (
    Door(_PAPERS, papers, Right.WORK),
    Door(_PAPERS, arrange, Right.WORK, methods=("POST",)),
)
