"""Columns and labels that are not understood but hold places or dates: none is dropped silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.document import Field
from extractors.languages.countries import country
from extractors.languages.dates import dates_in
from extractors.padron.page.headers import UNREAD
from extractors.padron.page.layout import Layout, Passage
from extractors.padron.page.table import Row, Table
from extractors.padron.vocabulary import causes_in, headers_in, roles_in
from extractors.prose import fold

_LINE = re.compile(r"^[ ]*(?P<label>[^:\n\d]{2,40}?)[ ]*:[ ]*(?P<value>[^\n:]{2,60}?)[ .;]*$", re.MULTILINE)
_PLACE = re.compile(r"[A-ZÀ-Ý][^\d:;]*")
_WHERE = re.compile(
    r"anterior|previ|preced|proced|proven|orig|destin(?!atari)|resid|municip|localid|poblacio|pobles|ciudad|ciutat|cidade|pais"
    r"|ven[ií]|vien|vino|vingu|llega|arrib|chega|etorri|march|emigr|salida|entrada|traslad|regres|udalerri|herri"
)
"""Parts of words that ask for a town or a country."""
_OTHER = re.compile(
    r"procedimi|expedient|asunto|tramit|nac[ie]|naix|jaio|expedic|secretar|firma|negociad|alcald"
)
"""Parts of words of labels whose places tell of no movement: births, offices."""
_ORIGIN = re.compile(r"(?<!\w)(?:procedencia|orixe|jatorria)(?!\w)")
"""Words of labels that ask where somebody came from, and that stand nowhere else on a certificate."""
_WORDS = 6


def in_row(row: Row) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the dates and the places in those cells of a row that stand under no known header."""
    dates: list[Field] = []
    places: list[Field] = []
    for meaning in row.cells:
        prose = row.prose(meaning) if meaning.partition("#")[0] == UNREAD else None
        if prose is None:
            continue
        if dates_in(prose.text):
            dates.append(prose.field(0, len(prose.text) - 1, None, 0.0))
        elif _is_place(prose.text.strip()):
            places.append(prose.field(0, len(prose.text) - 1, None, 0.0))
    return tuple(dates), tuple(places)


def beside_labels(passages: Sequence[Passage], home: str | None) -> Iterator[Field]:
    """Yield the places behind labels that are not understood, other than the municipality's own name."""
    for passage in passages:
        prose = passage.prose
        for found in _LINE.finditer(prose.text):
            named = fold(found["value"]) != fold(home or "") and _is_place(found["value"])
            if named and _asks_where(found):
                yield prose.field(*found.span("value"), None, 0.0)


def passed_over(layout: Layout, people: Sequence[Table], *, many: bool) -> Iterator[str]:
    """Yield days in rows of *people* that nobody reads, not being *many*, and days in place of an origin.

    On a poor scan the labels of two columns look like the head of a table, and a speck like one more row.
    """
    for table in layout.tables:
        unread = not many and len(table.rows) > 1 and any(table is one for one in people)
        for row in table.rows:
            moves = [row.prose(name) for name in row.cells if name in {"in_date", "out_date"} and unread]
            yield from (cell.text for cell in moves if cell is not None and any(map(str.isdigit, cell.text)))
            origin = row.prose("origin")
            if origin is not None and dates_in(origin.text):
                yield origin.text


def origin_lost(layout: Layout, periods: Field) -> bool:
    """Whether the paper has a label for where the person came from, and no stay has a place for it.

    Where lines of two columns run into each other the label and its value are apart, or stand in a table that
    tells of no stay; the cause alone would say less than the paper does: whoever came from abroad would have
    moved within Spain. So would one whose country has a speck beside it that was read as a word.
    """
    if any(_country_and_more(one["origin"]) for one in periods.value):
        return True
    arrived = [one for one in periods.value if one["cause_in"] == "residence_change"]
    if not arrived or any(one["origin"] for one in arrived):
        return False
    cells = (row.prose("origin") for table in layout.tables for row in table.rows)
    return any(cell is not None and cell.text.strip(" -\n") for cell in cells) or any(
        _ORIGIN.search(fold(passage.prose.text)) for passage in layout.passages
    )


def _country_and_more(origin: str | None) -> bool:
    """Whether an origin that is no country would be one without one of its words: "Marruecos A"."""
    words = (origin or "").split()
    rests = (" ".join(words[:at] + words[at + 1 :]) for at in range(len(words)))
    return len(words) > 1 and country(" ".join(words)) is None and any(map(country, rests))


def cause_lost(layout: Layout, periods: Field) -> bool:
    """Whether of a scan's stays one says neither why it began nor from where, and another says it.

    Where lines of two columns run into each other, labels of one stay are taken for somebody else's.
    """
    silent = {not (one["cause_in"] or one["origin"]) for one in periods.value}
    return len(silent) == 2 and any(page.loose for page in layout.pages)


def _asks_where(found: re.Match[str]) -> bool:
    """Whether a label that nothing explains asks for a place, or has a country behind it."""
    label = fold(found["label"])
    if _OTHER.search(label) or _known(label):
        return False
    return _WHERE.search(label) is not None or country(found["value"]) is not None


def _known(label: str) -> bool:
    """Whether a label is understood, whole or in its last words."""
    marks = headers_in(label.strip(" .-•*·"))
    letters = sum(letter.isalnum() for letter in label)
    return sum(mark.end - mark.start for mark in marks) >= 0.8 * letters


def _is_place(text: str) -> bool:
    """Whether *text* may be the name of a town or a country: few words, a capital, no figure, no cause."""
    folded = fold(text)
    short = len(text.split()) <= _WORDS and _PLACE.fullmatch(text) is not None
    return short and not causes_in(folded) and not roles_in(folded)
