"""What somebody wrote on a digital form beside its places, which no field holds: it is for a person to read.

So is a sentence within a place that asks for none, and that somebody signed for another. Only
on a sheet whose own print stands there whole: of another edition nobody knows which words it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.document import Field
from extractors.forms import known
from extractors.forms.register import Placement, key
from extractors.forms.template import forms
from extractors.lines import Box, Line, Word, around, lines
from extractors.page import Page
from extractors.prose import fold
from extractors.vocabulary import either, loaded

BESIDE = "written_beside"
"""The subject of the mention: words of a person's own, whatever they speak of."""
_FILE = Path(__file__).with_name("beside.yaml")
_WHOLE = 0.97
"""Share of the blank's words from which a page is of its edition; every filled one has all of them."""
_SURE = 0.95
_ASIDE, _OFF = 3.0, 7.0
"""Points beside a place, and above or below it, at which writing is still meant for it (`spot`)."""
_APART = 2.0
"""White space, in heights, that parts two remarks of one height."""
_REACH = (60.0, 45.0)
"""Points across and down from a line of a stamp or banner within which its other lines stand."""
_LEAST, _LONG, _LONG_ONES = 3, 3, 2
"""Words that make a remark; letters of a long word, and so many of these make one too."""
_WRITTEN = frozenset({"text", "comb", "choice"})
"""Kinds of places to write in."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\b[Nn][oº°]?\.?\s*(?=\d)")


def written_beside(kind: str, pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return, as a mention, the words on a form of *kind* that stand in none of its places; none mostly."""
    if kind not in forms():
        return {}
    for page in pages:
        if words := _remark(kind, page):
            return {BESIDE: _mention(page, words)}
    return {}


def _mention(page: Page, words: Sequence[Word]) -> Field:
    """Return the mention of a remark; it speaks of nobody whom a program could tell."""
    return Field(
        value={"of": "nobody", "numbers": []},
        text=" ".join(word.text for word in words),
        confidence=_SURE,
        page=page.number,
        box=around(word.box for word in words),
    )


def _remark(kind: str, page: Page) -> tuple[Word, ...]:
    """Return the words of one page that somebody added, none where they are too few to say anything."""
    placement = known.laid(page, kind) if page.reader == "text" and page.laid is None else None
    if placement is None or placement.share < _WHOLE:
        return ()
    if within := (*_entered(placement, page), *_for_another(placement, page)):
        return within
    rows = lines(tuple(_left(placement, page)), _APART)
    marks = [row.box for row in rows if _marked(row)]
    own = [row for row in rows if not _official(row, marks)]
    told = [word for row in own for word in _telling(row)]
    enough = len(told) >= _LEAST or sum(len(word) >= _LONG for word in told) >= _LONG_ONES
    return tuple(word for row in own for word in row.words) if enough else ()


def _left(placement: Placement, page: Page) -> Iterator[Word]:
    """Give the words of a page that neither its blank prints nor a place of it holds."""
    places = [placement.box(zone.box) for zone in placement.sheet.zones]
    around_them = [Box(box.x0 - _ASIDE, box.y0 - _OFF, box.x1 + _ASIDE, box.y1 + _OFF) for box in places]
    for word in known.free(placement, page):
        if key(word.text) and not any(place.holds(*word.box.middle) for place in around_them):
            yield word
    yield from _in_fields(page, places)


def _entered(placement: Placement, page: Page) -> Iterator[Word]:
    """Give the words of each place to write in that say what nobody is asked there."""
    for zone in placement.sheet.zones:
        if zone.kind in _WRITTEN and zone.name.rpartition(".")[2] not in _listed("free_to_say"):
            words = [*_held(placement, page, placement.box(zone.box))]
            if _says("entering", words):
                yield from words


def _for_another(placement: Placement, page: Page) -> Iterator[Word]:
    """Give the words of each place to sign in that say that somebody else did."""
    for zone in placement.sheet.zones:
        if zone.kind == "sig":
            box = placement.box(zone.box)
            words = [word for word in known.free(placement, page) if box.holds(*word.box.middle)]
            if _says("for_another", words):
                yield from words


def _held(placement: Placement, page: Page, place: Box) -> Iterator[Word]:
    """Give what stands in a place: words printed over it, and those of its form field."""
    yield from (word for word in known.free(placement, page) if place.holds(*word.box.middle))
    for widget in page.widgets:
        if widget.kind == "text" and place.holds(*widget.box.middle):
            yield from (Word(text, widget.box) for text in (widget.value or "").split())


def _says(name: str, words: Sequence[Word]) -> bool:
    """Whether *words* hold a phrase of one list of the data file."""
    return bool(words) and _phrase(name).search(fold(" ".join(word.text for word in words))) is not None


def _in_fields(page: Page, places: Sequence[Box]) -> Iterator[Word]:
    """Give what is typed in form fields that somebody added to the blank, each word in its field's box."""
    for widget in page.widgets:
        if widget.kind == "text" and not any(place.common(widget.box) > 0 for place in places):
            yield from (Word(text, widget.box) for text in (widget.value or "").split())


def _official(row: Line, marks: Sequence[Box]) -> bool:
    """Whether a line is of a stamp, a banner or a page's foot, or of what stands close around one."""
    words = _words(row.text)
    if any(fold(word) in _listed("speaking") for word in words):
        return False
    small = [word for word in words if word[0].islower()]
    if _marked(row):
        return sum(len(word) >= _LONG and not _own(word) for word in small) < _LONG_ONES
    near = any(_reached(mark, row.box) for mark in marks)
    return near and all(fold(word) in _listed("within_names") for word in small)


def _reached(mark: Box, box: Box) -> bool:
    """Whether the middle of *box* lies close around *mark*."""
    across, down = _REACH
    return Box(mark.x0 - across, mark.y0 - down, mark.x1 + across, mark.y1 + down).holds(*box.middle)


def _marked(row: Line) -> bool:
    """Whether a line says that an office, a signature or a printer put it there."""
    return any(_any("marks").fullmatch(fold(word)) for word in _words(row.text))


def _telling(row: Line) -> list[str]:
    """Return the words of a line but for those of dates, bodies and joints."""
    return [word for word in _words(row.text) if not _own(word)]


def _own(word: str) -> bool:
    """Whether *word* is of a date, of a body's name or a joint between words."""
    return _any("own").fullmatch(fold(word)) is not None


def _words(text: str) -> list[str]:
    """Return the words of *text*; numbers, codes and addresses of the net are none."""
    parts = _NUMBERED.sub(" ", text).split()
    plain = [part for part in parts if not any(sign.isdigit() or sign in "@/" for sign in part)]
    return [word for part in plain for word in _WORD.findall(part)]


@cache
def _listed(name: str) -> frozenset[str]:
    """Return one list of the data file, folded."""
    return frozenset(fold(word) for word in _data()[name])


@cache
def _any(name: str) -> re.Pattern[str]:
    """Return the pattern of any word of one list of the data file."""
    return re.compile(either(_data()[name]))


@cache
def _phrase(name: str) -> re.Pattern[str]:
    """Return the pattern of any phrase of one list of the data file within a text, as whole words."""
    return re.compile(rf"(?<!\w)(?:{either(_data()[name])})(?!\w)")


@cache
def _data() -> Mapping[str, Sequence[str]]:
    """Return the data file."""
    found: dict[str, Sequence[str]] = loaded(_FILE.read_text(encoding="utf-8"))
    return found
