"""What is printed on a card beside what machines read: by labels, and on a scan heard by a second reader.

On a scan the first engine drops accents and takes fine lines behind the print for letters; so the words of
each value are read once more by themselves, and the value is taken again from the words as judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field, Reading
from extractors.kinds import _zone_fields as zone_fields
from extractors.kinds._labels import Spot, spots
from extractors.kinds._person import whole
from extractors.kinds._values import (
    UNPROVED,
    Parsed,
    Parser,
    day,
    first,
    name,
    nationality,
    passport_number,
    spanish_number,
    spanish_numbers,
    support_number,
    wording,
)
from extractors.kinds._words import labels
from extractors.languages.countries import alpha3
from extractors.lines import Box, Line, Word, around
from extractors.mrz.lines import Placed
from extractors.mrz.zones import NIE
from extractors.page import Page
from extractors.prose import Prose
from extractors.reading.words import opinion, overlooked

_FILE = "identity_document.yaml"
_PARSERS: Mapping[str, Parser] = {
    "support_number": support_number,
    "surnames": name,
    "second_surname": name,
    "given_name": name,
    "nationality": nationality,
    "birth_date": day,
    "expires_on": day,
    "permit": wording,
}
_NAMES = ("surnames", "given_name")
JOINED = 0.85
"""How sure a name is to which a word before the place under its label was added."""

Printed = Mapping[str, Field | None]


def printed(pages: Sequence[Page], placed: Placed | None, kind: str | None) -> Printed:
    """Return the printed fields of a paper of a *kind*; with None for what is not printed.

    Raises:
        Missing: A page is a scan and the recogniser's package is not installed.
    """
    found: Printed = _read(pages, placed, kind)
    if all(page.reader == "text" for page in pages):
        return found
    found = _uncut(pages, found)
    heard = [_heard(page, found) for page in pages]
    others = [(one.page.number, other) for one in heard for other in one.others]
    again = _uncut([one.page for one in heard], _read([one.page for one in heard], placed, kind))
    whole_names = _overlooked(pages, again)
    return {name: _with(others, field) if field else None for name, field in whole_names.items()}


def _read(pages: Sequence[Page], placed: Placed | None, kind: str | None) -> dict[str, Field | None]:
    """Return the fields by their labels."""
    by_label = spots(pages, labels(_FILE))
    found = {field: first(by_label.get(field, ()), parser) for field, parser in _PARSERS.items()}
    found["number"] = _printed_number(pages, by_label, kind)
    found["surnames"] = _surnames(by_label, found, placed)
    found["nationality"] = _a_country(found["nationality"], placed)
    names = whole(by_label) if found["surnames"] is None else {}
    if names and "," in names["person.first_surname"].text:
        found["surnames"], found["given_name"] = names["person.first_surname"], names["person.given_name"]
    return found


def _uncut(pages: Sequence[Page], found: Printed) -> Printed:
    """Return the fields with names whole: a label that was half misread names a value from its middle on."""
    lines = {page.number: page.lines for page in pages if page.reader == "ocr"}
    return {
        name: _begun(field, lines.get(field.page, ())) if field and name in _NAMES else field
        for name, field in found.items()
    }


def _begun(field: Field, lines: Sequence[Line]) -> Field:
    """Return a name with the words that stand right before it on its line, doubtful where there are some."""
    for line in lines:
        own = [at for at, word in enumerate(line.words) if field.box.holds(*word.box.middle)]
        first = own[0] if own else 0
        while first and _touch(line.words[first - 1], line.words[first]):
            first -= 1
        before = line.words[first : own[0]] if own else ()
        if before and (whole_name := name(" ".join([*(word.text for word in before), str(field.value)]))):
            box = around([field.box, *(word.box for word in before)])
            sure = min(field.confidence, JOINED)
            return replace(field, value=whole_name.value, text=whole_name.value, box=box, confidence=sure)
    return field


def _overlooked(pages: Sequence[Page], found: Printed) -> Printed:
    """Return the fields with the names doubtful beside which writing stands that the engine overlooked."""
    scans = {page.number: page for page in pages if page.reader == "ocr"}
    return {
        name: replace(field, confidence=min(field.confidence, JOINED))
        if field
        and name in (*_NAMES, "second_surname")
        and field.page in scans
        and overlooked.beside(scans[field.page], field.box)
        else field
        for name, field in found.items()
    }


def _touch(left: Word, right: Word) -> bool:
    """Whether two words of a line stand as close as those of one name."""
    return right.box.x0 - left.box.x1 < 0.8 * max(left.box.height, right.box.height)


def _heard(page: Page, found: Printed) -> opinion.Heard:
    """Return *page* with the words of the values on it judged, and nothing else looked at."""
    places = [field.box for field in found.values() if field is not None and field.page == page.number]
    asked = tuple(word for word in page.words if _inside(word, places))
    heard = opinion.heard(replace(page, words=asked), places)
    judged = dict(zip(asked, heard.page.words, strict=True))
    words = tuple(judged.get(word, word) for word in page.words)
    return heard._replace(page=replace(page, words=words))


def _inside(word: Word, places: Sequence[Box]) -> bool:
    """Whether the middle of a word lies in one of *places*."""
    return any(place.holds(*word.box.middle) for place in places)


def _with(others: Sequence[tuple[int, opinion.Other]], field: Field) -> Field:
    """Return *field* with what another reading says in its place."""
    readings = tuple(
        Reading(reader=reader, text=word.text, value=None, confidence=round(word.confidence, 3))
        for page, (word, reader) in others
        if page == field.page and word.box.common(field.box) > 0
    )
    return replace(field, readings=(*field.readings, *readings)) if readings else field


def _a_country(printed: Field | None, placed: Placed | None) -> Field | None:
    """Return the printed nationality; words that name no country are nothing beside a zone that does."""
    if printed is None or placed is None or zone_fields.nationality(placed.zone) is None:
        return printed
    return printed if alpha3(str(printed.value)) else None


def _surnames(
    by_label: Mapping[str, tuple[Spot, ...]], printed: Mapping[str, Field | None], placed: Placed | None
) -> Field | None:
    """Return the surnames: both labels together, and a second printed line where there is one."""
    one, two = printed["surnames"], printed["second_surname"]
    if one is not None and two is not None:
        value = f"{one.value} {two.value}"
        return Field(
            value=value,
            text=value,
            confidence=min(one.confidence, two.confidence),
            page=one.page,
            box=one.box,
        )
    found = [
        spot.field(p.value, p.certainty) for spot in by_label.get("surnames", ()) if (p := name(spot.text))
    ]
    for field in found:
        if placed and zone_fields.together("surnames", field, placed, placed.zone.surnames) != field:
            agreed = zone_fields.together("surnames", field, placed, placed.zone.surnames)
            if agreed is not None and not agreed.readings:
                return field
    longer = [f for f in found if one is not None and f.text.startswith(one.text)]
    return max(longer, key=lambda field: len(field.text), default=one)


def _printed_number(
    pages: Sequence[Page], by_label: Mapping[str, tuple[Spot, ...]], kind: str | None
) -> Field | None:
    """Return the printed number: by its label, else the only one on the paper with a right letter."""
    if kind == "passport":
        return first(by_label.get("number_passport", ()), passport_number)
    wanted = (
        ("number_nie", "number_dni") if kind in ("tie", "eu_certificate") else ("number_dni", "number_nie")
    )
    found = first([spot for label in wanted for spot in by_label.get(label, ())], spanish_number)
    if found is not None and found.confidence > UNPROVED:
        return _of_a_foreigner(found) if wanted[0] == "number_nie" else found
    prose = Prose(pages)
    alone = spanish_numbers(prose.text)
    only = _anywhere(prose, alone[0], spanish_number) if len(alone) == 1 else found
    return _of_a_foreigner(only) if only is not None and wanted[0] == "number_nie" else only


def _of_a_foreigner(number: Field) -> Field:
    """Return the number on a foreigner's card as a NIE, doubtful where its first sign was read as a figure.

    A Z counts as 2 in the check letter, which thus holds for a Z that was misread.
    """
    value = str(number.value)
    if not value[:1].isdigit() or value[0] not in "012":
        return number
    return replace(
        number, value=value[0].translate(NIE) + value[1:], confidence=min(number.confidence, JOINED)
    )


def _anywhere(prose: Prose, number: str, parser: Callable[[str], Parsed | None]) -> Field | None:
    """Return the field for a number that stands without a label."""
    for start, line in _lines(prose.text):
        if (parsed := parser(line)) is not None and parsed.value == number:
            return prose.field(start, start + len(line), number, 0.95)
    return None


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of *text*, each with its place."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found
