"""The page of a paper as a picture with the boxes of its fields; and the file itself, by an act apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import Found, found
from desk.web.case.places import Box, Json, Place, fields_of
from desk.web.case.told import field_name, flag, kind_name, share, value
from desk.web.doors import Door
from desk.web.visit import Refused, Values, Visit, number
from pipeline.pictures.pictures import CLOSE, SCREEN, Paper, Picture, Unseen

_KEPT = "private, max-age=300"
"""A picture stays in the browser while somebody works at the case: turning back shows it at once."""
_NEAR = 2
"""Pages on either side of the one shown that have a tab; the others are left out."""


class Boxed(NamedTuple):
    """A box of the picture as it is drawn: `state` says how sure it is, `words` what stands there."""

    box: Box
    state: str
    words: str
    chosen: bool


class Tab(NamedTuple):
    """A document or a page to turn to; `place` None for pages left out."""

    place: Place | None
    words: str
    here: bool
    file: str = ""


def build(visit: Visit, case: Found) -> Values:
    """Return what the panel shows: the place that was asked for, else that of the doubt."""
    place = asked_place(visit, case)
    if place is None:
        return {"place": None}
    paper = case.places.document(place.document)
    assert paper is not None
    close = visit.asked("z") == "1"
    return {
        "place": place,
        "paper": paper,
        "kind": kind_name(visit.say, paper["kind"]),
        "close": close,
        **_seen(visit, case, paper, place),
        "tabs": _tabs(visit, case, place),
        "pages": tuple(_pages(paper, place)),
        "before": _turned(paper, place, -1),
        "after": _turned(paper, place, 1),
        "near": tuple(case.places.picture(Place(place.document, page)) for page in _near(paper, place)),
        "may_take": visit.room.settings.desk.originals,
    }


def _seen(visit: Visit, case: Found, paper: Json, place: Place) -> Values:
    """Return the size of the page with its boxes, or why it cannot be shown."""
    picture = visit.room.pictures.page(case.id, _paper(paper), place.page, SCREEN)
    if isinstance(picture, Unseen):
        return {"unseen": flag(visit.say, picture.code), "boxes": ()}
    return {
        "unseen": "",
        "width": round(picture.width, 1),
        "height": round(picture.height, 1),
        "boxes": tuple(_boxed(visit, case, place)),
    }


def _boxed(visit: Visit, case: Found, place: Place) -> Iterator[Boxed]:
    """Yield the boxes of the page, that of the chosen field last: it lies over the others."""
    acceptance = visit.room.settings.policy.acceptance
    found = [
        Boxed(box, _state(box.told, acceptance), _said(visit, box), _chosen(box.place, place))
        for box in case.places.boxes(place.document, place.page)
    ]
    yield from sorted(found, key=lambda one: one.chosen)


def _chosen(box: Place, place: Place) -> bool:
    """Whether a box is that of the place; a list without a number is all its boxes."""
    return bool(place.field) and box.field == place.field and place.item in {None, box.item}


def _state(told: Json, acceptance: float) -> str:
    """Return the state of a field: as a person left it, else whether the program is sure."""
    state = str(told.get("state", "read"))
    return state if state != "read" else "read" if told["confidence"] >= acceptance else "doubt"


def _said(visit: Visit, box: Box) -> str:
    """Return what a box holds: the field, its value, its certainty."""
    told, say = box.told, visit.say
    row = "" if box.place.item is None else f" {box.place.item + 1}"
    return (
        f"{field_name(say, box.place.field)}{row}: {value(say, told['value'])} ({share(told['confidence'])})"
    )


def asked_place(visit: Visit, case: Found) -> Place | None:
    """Return the place in the address, the first paper where it names none, None where there is no page."""
    paper = case.places.document(visit.asked("d"))
    if paper is None or not paper["pages"]:
        return first_place(visit, case)
    field, item = visit.asked("f"), number(visit.asked("i"))
    place = case.places.of(paper["id"], field if field in fields_of(paper) else "", item)
    assert place is not None
    page = number(visit.asked("p"))
    if page is not None and page in paper["pages"] and page != place.page:
        # a list without a number goes over several pages; any other field is on its own page alone
        listed = bool(fields_of(paper).get(place.field, {}).get("items"))
        return Place(place.document, page, place.field if listed and item is None else "")
    return place


def first_place(visit: Visit, case: Found) -> Place | None:
    """Return what is looked at first: the evidence of the finding that decides, else the first page."""
    from desk.web.case.why import deciding  # noqa: PLC0415 - the sentence and its picture name each other

    for one in deciding(visit, case)[:1]:
        for place in one["evidence"]:
            if spot := case.places.of(place["document"], place["field"]):
                return spot
    return next((Place(one["id"], one["pages"][0]) for one in case.places.documents if one["pages"]), None)


def _tabs(visit: Visit, case: Found, place: Place) -> tuple[Tab, ...]:
    """Return a tab for each document."""
    return tuple(
        Tab(
            case.places.of(one["id"]),
            f"{n} {kind_name(visit.say, one['kind'])}",
            one["id"] == place.document,
            one["file"],
        )
        for n, one in enumerate(case.places.documents, 1)
    )


def _pages(paper: Json, place: Place) -> Iterator[Tab]:
    """Yield the pages of the document: the ends and those near, and one gap for what is left out."""
    pages = paper["pages"]
    at, last, gap = pages.index(place.page), len(pages) - 1, False
    for n, page in enumerate(pages):
        if n in {0, last} or abs(n - at) <= _NEAR:
            yield Tab(Place(place.document, page), str(page), n == at)
            gap = False
        elif not gap:
            yield Tab(None, "…", here=False)
            gap = True


def _turned(paper: Json, place: Place, by: int) -> Place | None:
    """Return the page before or after."""
    at = paper["pages"].index(place.page) + by
    return Place(place.document, paper["pages"][at]) if 0 <= at < len(paper["pages"]) else None


def _near(paper: Json, place: Place) -> list[int]:
    """Return the pages beside the one that is shown, to be fetched before they are asked for."""
    return [turned.page for by in (1, -1) if (turned := _turned(paper, place, by))]


def _paper(told: Json) -> Paper:
    """Return a document as the pictures know it."""
    return Paper(told["sha256"], tuple(told["flags"]))


def part(visit: Visit) -> Response:
    """Show the picture alone, for a page that is open; else the whole page."""
    case = found(visit, look=None)
    if not visit.in_part:
        query = visit.request.url.query
        return visit.to(f"/expedientes/{quote(case.number)}{f'?{query}' if query else ''}")
    if place := asked_place(visit, case):
        visit.audit("page-seen", case.id, document=place.document, page=place.page)
    return visit.page("case/image.html", case=case, p=build(visit, case))


def picture(visit: Visit) -> Response:
    """Give the picture of a page; that it was looked at is kept."""
    case = found(visit, look=None)
    paper = case.places.document(visit.path("document"))
    page = number(visit.path("page"))
    if paper is None or page is None or page not in paper["pages"]:
        raise Refused(404, "no_page")
    close = visit.asked("cerca") == "1"
    seen = visit.room.pictures.page(case.id, _paper(paper), page, CLOSE if close else SCREEN)
    if not isinstance(seen, Picture):
        raise Refused(404, "no_picture", told=flag(visit.say, seen.code))
    visit.audit("page-sent", case.id, document=paper["id"], page=page)
    return Response(seen.jpeg, media_type="image/jpeg", headers={"Cache-Control": _KEPT})


def original(visit: Visit) -> Response:
    """Give the file itself, by an act that is kept: the browser is to save it, never to open it here."""
    case = found(visit, look=None)
    paper = case.places.document(visit.path("document"))
    if paper is None or not visit.room.settings.desk.originals:
        raise Refused(404, "no_page")
    data = visit.room.pictures.original(case.id, _paper(paper))
    if isinstance(data, Unseen):
        raise Refused(404, "no_picture", told=flag(visit.say, data.code))
    visit.audit("original-taken", case.id, document=paper["id"])
    return Response(data, media_type="application/octet-stream", headers=_saved(case, paper, data))


def _saved(case: Found, paper: dict[str, Any] | Json, data: bytes) -> dict[str, str]:
    """Return the headers of a file to be saved, under a name of ours: the sender's says who it is of."""
    ending = next((end for start, end in _ENDINGS if data.startswith(start)), "bin")
    name = f"{case.number}_{paper['id']}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


_ENDINGS = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG", "png"),
    (b"II", "tif"),
    (b"MM", "tif"),
)
DOORS = (
    Door("/expedientes/{number}/imagen", part, Right.CASES),
    Door("/expedientes/{number}/paginas/{document}/{page}.jpg", picture, Right.CASES),
    Door("/expedientes/{number}/originales/{document}", original, Right.CASES, methods=("POST",)),
)
