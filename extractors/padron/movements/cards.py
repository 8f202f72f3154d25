"""Movements told one by one as labels and values: "Fecha: 11/07/2016  Movimiento: Alta  Causa: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.languages.dates import dates_in
from extractors.lines import Word, around
from extractors.padron.movements.coded import spelled_out
from extractors.padron.movements.rows import movement
from extractors.padron.page.labels import Labelled, labels_of
from extractors.padron.page.layout import Layout, Passage
from extractors.padron.page.table import Row, Table
from extractors.padron.people.names import is_name
from extractors.prose import Prose, fold

_FIRST = frozenset({"date", "type"})
"""Labels with which the card of a movement begins."""
_MORE = frozenset(
    {"cause", "cause_in", "cause_out", "origin", "destination", "place", "address", "municipality"}
)
"""Labels that tell more of a movement."""

_NAMES = frozenset({"name_full", "name_reversed", "given_name", "surnames", "asker"})
"""Labels that tell whose the movements are."""
_HEADING = re.compile(r"^[ ]*(?:mov[ei]m\w+|variaci\w+)\s+(?:n\W{0,2}\s*)?\d{1,2}[ .:]*$", re.MULTILINE)
"""A line over a card: "MOVIMIENTO 2"."""
_MOVE = re.compile(
    r"^[ ]*(?:\d{1,2}\W{1,3})?(?P<move>alta|baja|baixa)(?:[ ]+(?:n\W{0,2}[ ]*)?\d{1,2})?[ .:]*$", re.MULTILINE
)
"""A line over a card that names its movement: "ALTA", "2. BAJA"."""
_NUMBERS = frozenset({"order", "territory", "postal_code", "province"})
"""Labels of a card that tell nothing of its movement."""
_TITLE = re.compile(
    r"^\s*(?:ayuntamiento|ajuntament|concello|excmo|ciudad\s+autonoma|certific|volant|histori)|udala\W*$"
)
"""The town hall and the paper's title, in capitals as a name is."""
_FLUSH = 3.0
"""Points by which lines of one card may begin apart."""
_OVER = 2.0
"""Heights of a card within which a line stands over the first."""

_Card = list[Labelled]


def with_cards(layout: Layout) -> Layout:
    """Return *layout* with the movements of such cards as the rows of one table, out of the text."""
    rows: list[Row] = []
    passages: list[Passage] = []
    people: set[str] = set()
    for passage in _together(layout.passages):
        cards = _cards(passage.prose)
        rows += [_row(passage, card) for card in cards]
        rest = _without(passage, cards) if cards else passage
        people |= _people(passage.prose) if cards else set()
        passages += [rest] if rest is not None else []
    if not rows or len(people) > 1 or _names_between(layout.passages, rows):
        return layout
    meanings = tuple(dict.fromkeys(meaning for row in rows for meaning in row.cells))
    return replace(
        layout, tables=(*layout.tables, Table(meanings=meanings, rows=tuple(rows))), passages=tuple(passages)
    )


def _together(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield *passages*, those that hold nothing but lines of cards, one under the other, as one."""
    run: list[Passage] = []
    for passage in passages:
        flush = not run or (run[0].page is passage.page and abs(run[0].box.x0 - passage.box.x0) < _FLUSH)
        if run and not (flush and _of_cards(passage.prose)):
            yield from _joined(run)
            run = []
        if _of_cards(passage.prose):
            run.append(passage)
        else:
            yield passage
    yield from _joined(run)


def _of_cards(prose: Prose) -> bool:
    """Whether each line of *prose* begins with a label of a movement's card."""
    starts = {prose.text.rfind("\n", 0, one.start) + 1 for one in _labels(prose)}
    lines = {found.start() for found in re.finditer(r"^(?=.)", prose.text, re.MULTILINE)}
    lines -= {found.start() for found in _HEADING.finditer(prose.folded)}
    return lines <= starts


def _joined(run: Sequence[Passage]) -> Sequence[Passage]:
    """Return a *run* of passages as one, where it holds cards that none of them holds alone."""
    if len(run) < 2:
        return run
    words = tuple(word for one in run for _, word in one.prose.words(0, len(one.prose.text)))
    whole = Passage(
        page=run[0].page, prose=Prose([replace(run[0].page, words=words)]), box=around(w.box for w in words)
    )
    return [whole] if _cards(whole.prose) and not any(_cards(one.prose) for one in run) else run


def _people(prose: Prose) -> set[str]:
    """Return the names behind labels in *prose*."""
    return {label.value for label in labels_of(prose) if label.meaning in _NAMES and label.value}


def _names_between(passages: Sequence[Passage], rows: Sequence[Row]) -> bool:
    """Whether what may be a name stands alone over a card: they may be several people's."""
    page, top = rows[0].page, rows[0].box.y0
    last = rows[-1].page.number, rows[-1].box.y0
    lines = (
        line
        for passage in passages
        for line in passage.prose.text.split("\n")
        if (page.number, top - _OVER * rows[0].box.height) <= (passage.page.number, passage.box.y1)
        and (passage.page.number, passage.box.y0) <= last
    )
    return any(
        len(line.split()) > 2 and is_name(line.strip(" .,;-•")) and not _TITLE.search(fold(line))
        for line in lines
    )


def _cards(prose: Prose) -> list[_Card]:
    """Return the cards in *prose*; none where a day or a movement stands outside of a whole one."""
    cards = list(_parted(_labels(prose)))
    whole = all(_is_whole(card) and not _says_more(prose, card) for card in cards)
    days = {day.start for day in dates_in(prose.text)}
    inside = sum(card[0].start <= day < max(x.end for x in card) for card in cards for day in days)
    return cards if cards and whole and inside == len(cards) else []


def _labels(prose: Prose) -> list[Labelled]:
    """Return the labels of cards in *prose*, and the lines over them that name a movement."""
    moves = (
        Labelled(meaning="type", prose=prose, start=found.start("move"), end=found.end("move"))
        for found in _MOVE.finditer(prose.folded)
    )
    known = [one for one in labels_of(prose) if one.meaning in _FIRST | _MORE]
    return sorted([*known, *moves], key=lambda one: one.start)


def _says_more(prose: Prose, card: _Card) -> bool:
    """Whether a line between the labels of a *card* says something that none of them asks for.

    Only a home goes on in the next line.
    """
    known = {prose.text.rfind("\n", 0, one.start) + 1: one.meaning for one in card}
    quiet = {prose.text.rfind("\n", 0, x.start) + 1 for x in labels_of(prose) if x.meaning in _NUMBERS}
    last = ""
    for line in re.finditer(r"^.+$", prose.text[: card[-1].end], re.MULTILINE):
        last = known.get(line.start(), last)
        inside = line.start() >= min(known) and line.start() not in {*known, *quiet}
        if inside and (last != "address" or ":" in line[0]):
            return True
    return False


def _parted(labels: Sequence[Labelled]) -> Iterator[_Card]:
    """Yield the labels of each card: a new one begins with the label that the first one began with."""
    card: _Card = []
    first = labels[0].meaning if labels and labels[0].meaning in _FIRST else None
    for label in labels:
        if label.meaning == first and card:
            yield card
            card = []
        card.append(label)
    if card:
        yield card


def _is_whole(card: _Card) -> bool:
    """Whether a card has one day and one movement, and no label twice."""
    told = {label.meaning: label.value for label in card if label.value}
    return (
        len({label.meaning for label in card}) == len(card)
        and told.keys() >= _FIRST
        and [day.text for day in dates_in(told["date"])] == [told["date"].strip(" .")]
        and movement(spelled_out(told["type"])) is not None
    )


def _row(passage: Passage, card: _Card) -> Row:
    """Return the row of one card."""
    cells = {x.meaning: tuple(w for _, w in x.prose.words(x.start, x.end)) for x in card if x.value}
    return Row(page=passage.page, cells=cells)


def _without(passage: Passage, cards: Sequence[_Card]) -> Passage | None:
    """Return the lines of *passage* that hold nothing of the *cards*, None when there are none."""
    prose = passage.prose
    told = [
        (prose.text.rfind("\n", 0, card[0].start) + 1, prose.text.find("\n", card[-1].end - 1) + 1)
        for card in cards
    ]
    words: tuple[Word, ...] = ()
    at = 0
    for start, end in [*sorted(told), (len(prose.text), len(prose.text))]:
        if prose.text[at:start].strip():
            words += tuple(word for _, word in prose.words(at, start))
        at = max(at, end)
    if not words:
        return None
    rest = Prose([replace(passage.page, words=words)])
    return Passage(page=passage.page, prose=rest, box=around(word.box for word in words))
