"""People in blocks: a word that says the place ("Titular", "Hijos"), and labels or a table under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractors.document import Field, Part
from extractors.family.found import Found, Read, joined, labels, part, places, whole_name, words
from extractors.family.tables import rows_of
from extractors.kinds._labels import Spot, labelled_rows, plain, spots
from extractors.kinds._values import day, first, name, spanish_number
from extractors.languages.dates import dates_in
from extractors.lines import Box, Word, around, lines
from extractors.page import Page

CELL = 2.2
"""White space, in text heights, that parts two columns."""
_JOINED = re.compile(r"(?<=[^\W\d])([1-9])$")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)ºª\-]{1,2}", re.IGNORECASE)
_SAME_ROW = 4.0
"""Points between the middles of two heads that stand side by side: less than half a line of print."""
_NAMES = frozenset({"name", "given_name", "surnames", "first_surname"})
_BORN = re.compile(r"\b(?:nac|nad)", re.IGNORECASE)


class _Head(NamedTuple):
    """A word that says a place: where it stands, and the words beside it."""

    place: str
    box: Box
    beside: tuple[Word, ...]


def read(kind: str, pages: Sequence[Page]) -> Read:
    """Return the people of all blocks; not clear where a block holds words and no whole person."""
    found: list[Found] = []
    clear = True
    for page in pages:
        heads = [*_unheaded(kind, page, pages), *_heads(page, kind)]
        for head in heads:
            if not head.place.startswith("_"):
                some = _in_block(page, head, _region(head, heads, page))
                clear = clear and some.clear
                found.extend(some.found)
    return Read(tuple(found), clear)


def _heads(page: Page, kind: str) -> Iterator[_Head]:
    """Yield the places that stand at the beginning of a line or a column."""
    for line in lines(page.words, CELL):
        kept = _unnumbered(line.words)
        for count in range(min(len(kept), 6), 0, -1):
            place = place_of(kept[:count], kind)
            if place is not None and (count == len(kept) or kept[count - 1].text.endswith(":")):
                yield _Head(place, around(word.box for word in kept[:count]), tuple(kept[count:]))
                break


def place_of(said: Sequence[Word], kind: str) -> str | None:
    """Return the place that words say, and nothing besides; a scan may lose the blank before a number."""
    text = plain(" ".join(word.text for word in said))
    known = places(kind)
    return known.get(text) or known.get(_JOINED.sub(r" \1", text))


def _unheaded(kind: str, page: Page, pages: Sequence[Page]) -> Iterator[_Head]:
    """Yield the top of a birth certificate that begins with who was born, under no word that says so."""
    own = words()["unheaded"].get(kind)
    said = {head.place for one in pages for head in _heads(one, kind)}
    if own is not None and page is pages[0] and said and own not in said:
        yield _Head(own, Box(0.0, 0.0, 1.0, 1.0), ())


def _region(head: _Head, heads: Sequence[_Head], page: Page) -> Box:
    """Return the part of the page that a head governs: to the next column, and down to the next head."""
    beside = [h.box for h in heads if abs(h.box.middle[1] - head.box.middle[1]) <= _SAME_ROW]
    left = head.box.x0 - 6 if any(box.x0 < head.box.x0 for box in beside) else 0.0
    right = min((box.x0 - 6 for box in beside if box.x0 > head.box.x0), default=page.width)
    below = [h.box.y0 for h in heads if h.box.middle[1] > head.box.middle[1] + _SAME_ROW]
    return Box(left, head.box.y1 - 0.5, right, min(below, default=page.height) - 0.5)


def _in_block(page: Page, head: _Head, region: Box) -> Read:
    """Return the people of one block: beside its word, in a table, or behind labels."""
    if head.beside:
        one = _told(head.beside, head.place, page.number)
        return Read((one,) if one else (), one is not None)
    inside = replace(
        page, words=tuple(word for word in page.words if region.holds(*word.box.middle)), widgets=()
    )
    table = rows_of(inside, head.place)
    if table is not None:
        return table
    if not _content(inside):
        return Read((), clear=True)
    parts = [part for part in _parts(inside) if _content(part)]
    if parts:
        found = [_labelled(part, head.place) for part in parts]
    else:
        found = [_told(_unnumbered(line.words), head.place, page.number) for line in inside.lines]
    people = tuple(one for one in found if one is not None)
    return Read(people, len(people) == len(found))


def _content(page: Page) -> bool:
    """Whether a part of a page holds any word besides labels: an empty place for a second child has none."""
    for row in labelled_rows(page, labels()):
        told = {at for label in row.labels for at in range(label.first, label.last)}
        if any(re.search(r"\w", word.text) for at, word in enumerate(row.words) if at not in told):
            return True
    return False


def _unnumbered(line: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a line without the number or letter before them."""
    kept = list(line)
    while len(kept) > 1 and _NUMBER.fullmatch(kept[0].text):
        kept.pop(0)
    return kept


def _told(line: Sequence[Word], place: str, page: int) -> Found | None:
    """Return who stands on a line by name: "Luis Ortega Gil, nacido el 3 de mayo de 1980"."""
    text = " ".join(word.text for word in line)
    said, _, rest = text.partition(",")
    parsed = whole_name(text) or whole_name(said)
    if parsed is None:
        return None
    born = dates_in(rest) if _BORN.search(rest) else []
    number = spanish_number(rest)
    sure = min([parsed.certainty, *(word.confidence for word in line)])
    sure = min(sure, number.certainty if number else 1.0)
    own = Part(page=page, box=around(word.box for word in line), confidence=sure)
    return Found(
        name=parsed.value,
        place=place,
        birth_date=born[0].value.isoformat() if len(born) == 1 and born[0].value else None,
        id_number=number.value if number else None,
        page=page,
        box=own.box,
        named=own,
        born=own,
        number=own,
    )


def _parts(page: Page) -> Iterator[Page]:
    """Yield the parts of a block, one for each person: a name's label that comes again begins another."""
    starts: list[float] = []
    seen: set[str] = set()
    for row in labelled_rows(page, labels()):
        here = [label.field for label in row.labels]
        if seen & set(here) & _NAMES or (not starts and _NAMES & set(here)):
            starts.append(min(label.box.y0 for label in row.labels) - 1)
            seen = set()
        seen.update(here)
    for top, bottom in pairwise([*starts, page.height]):
        yield replace(page, words=tuple(w for w in page.words if top <= w.box.middle[1] < bottom))


def _labelled(page: Page, place: str) -> Found | None:
    """Return the person of one part by its labels, None where the name is not whole."""
    found = spots([page], labels())
    whole = first(found.get("name", ()), whole_name)
    pieces = [whole] if whole else list(_pieces(found))
    if not pieces:
        return None
    born = first(found.get("birth_date", ()), day)
    number = first(found.get("id_number", ()), spanish_number)
    fields = [field for field in (*pieces, born) if field is not None]
    own = part(number) if number else None
    return Found(
        name=" ".join(str(piece.value) for piece in pieces),
        place=place,
        birth_date=born.value if born else None,
        id_number=number.value if number else None,
        page=page.number,
        box=around([*(field.box for field in fields), *([own.box] if own else [])]),
        named=joined(pieces),
        born=part(born) if born else None,
        number=own,
    )


def _pieces(found: Mapping[str, tuple[Spot, ...]]) -> Iterator[Field]:
    """Yield the given name and the surnames behind their own labels; nothing where one of them lacks."""
    given = first(found.get("given_name", ()), name)
    surnames = first(found.get("surnames", ()), name) or first(found.get("first_surname", ()), name)
    second = first(found.get("second_surname", ()), name)
    if given is not None and surnames is not None:
        yield from (field for field in (given, surnames, second) if field is not None)
