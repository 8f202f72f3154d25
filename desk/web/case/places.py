"""Where on the papers something stands: a document, a page, a field; and the addresses that show it there.

    case.places.of("d3", "periods", 1)       # Place(document="d3", page=1, field="periods", item=1), or None
    case.places.address(place)               # /expedientes/CEU01-2026-000012?d=d3&p=1&f=periods&i=1#casilla

The address works by itself; `templates/case/places.html` makes the link that only changes the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

Json = Mapping[str, Any]
_SIDES = 4
ANCHOR = "casilla"
"""The id of the box of the field that is shown."""


class Place(NamedTuple):
    """A page of a document; with a `field` its box there, with an `item` that of one object of a list."""

    document: str
    page: int
    field: str = ""
    item: int | None = None

    @property
    def key(self) -> str:
        """Return the place as one word."""
        item = "" if self.item is None else str(self.item)
        return f"{self.document}/{self.page}/{self.field}/{item}"


class Box(NamedTuple):
    """A rectangle in points from the top left of its page, and what stands in it."""

    place: Place
    x: float
    y: float
    width: float
    height: float
    told: Json
    """The field of the report."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the papers of one case."""

    number: str
    documents: tuple[Json, ...]

    def document(self, name: str) -> Json | None:
        """Return a document by its id."""
        return next((one for one in self.documents if one["id"] == name), None)

    def of(self, document: str, field: str = "", item: int | None = None) -> Place | None:
        """Return where a field is to be seen; its document's first page where nothing more is known."""
        paper = self.document(document)
        if paper is None or not paper["pages"]:
            return None
        told = fields_of(paper).get(field)
        if told is None:
            return Place(document, paper["pages"][0])
        items, pages = told.get("items") or (), paper["pages"]
        if item is not None and 0 <= item < len(items):
            told = items[item]
        else:
            item = None
        # what a person added may stand on no page, and a reader that a paper took over may name any
        on = told.get("page")
        return Place(document, on if on in pages else pages[0], field, item)

    def boxes(self, document: str, page: int) -> Iterator[Box]:
        """Yield the boxes on a page; of a list one for each object, where the reader knows them."""
        for name, told in fields_of(self.document(document) or {}).items():
            items = told.get("items") or ()
            for n, one in enumerate(items or (told,)):
                place = Place(document, page, name, n if items else None)
                if one.get("page") == page and (box := _box(place, one.get("box") or (), told)):
                    yield box

    def address(self, place: Place) -> str:
        """Return the address of the page of the case with that place in sight."""
        return f"/expedientes/{self.number}?{_query(place)}{f'#{ANCHOR}' if place.field else ''}"

    def part(self, place: Place) -> str:
        """Return the address of the picture alone."""
        return f"/expedientes/{self.number}/imagen?{_query(place)}"

    def picture(self, place: Place, *, close: bool = False) -> str:
        """Return the address of the page's JPEG."""
        asked = "?cerca=1" if close else ""
        return f"/expedientes/{self.number}/paginas/{place.document}/{place.page}.jpg{asked}"


def fields_of(paper: Json) -> Json:
    """Return the fields of a document and what else its text mentions."""
    return {**paper.get("mentions", {}), **paper.get("fields", {})}


def _box(place: Place, sides: Sequence[float], told: Json) -> Box | None:
    """Return a box, None for one without a size: nothing stands there."""
    x0, y0, x1, y1 = sides if len(sides) == _SIDES else (0, 0, 0, 0)
    return Box(place, x0, y0, x1 - x0, y1 - y0, told) if x1 > x0 and y1 > y0 else None


def _query(place: Place) -> str:
    """Return a place as the query of an address: names of fields, no values."""
    asked = {"d": place.document, "p": place.page}
    asked |= {"f": place.field} if place.field else {}
    asked |= {"i": place.item} if place.item is not None else {}
    return urlencode(asked)
