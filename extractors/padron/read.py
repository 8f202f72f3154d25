"""A whole certificate: every field of the contract that the paper bears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field, Item
from extractors.lines import around
from extractors.padron import stamp
from extractors.padron.doubt import unread
from extractors.padron.doubt.beside import told_beside
from extractors.padron.doubt.strange import strange
from extractors.padron.form import form_field
from extractors.padron.movements.cards import with_cards
from extractors.padron.movements.doubts import miscounted, no_homes, struck_off
from extractors.padron.movements.dwelling import not_here
from extractors.padron.movements.entitled import with_titles
from extractors.padron.movements.events import Event, Told, joined
from extractors.padron.movements.homes import held
from extractors.padron.movements.introduced import with_introductions
from extractors.padron.movements.others import named_once, named_otherwise, own_rows
from extractors.padron.movements.periods import moved, periods_field, stays_of
from extractors.padron.movements.phrases import from_text
from extractors.padron.movements.reasons import own_town, with_reasons
from extractors.padron.movements.rows import from_table
from extractors.padron.page.labels import Labelled, labelled
from extractors.padron.page.layout import Layout, Passage, layout_of
from extractors.padron.page.own import with_own_town
from extractors.padron.page.table import Table
from extractors.padron.page.wrapped import with_whole_labels
from extractors.padron.page.years import with_whole_years
from extractors.padron.people.blocks import with_blocks
from extractors.padron.people.names import names_of
from extractors.padron.people.person import person_fields
from extractors.padron.people.told import with_told
from extractors.padron.recognise import incomplete, twice_headed
from extractors.padron.residents import line_of, people_tables, residents_field
from extractors.padron.spelling import spelled
from extractors.padron.town import province, town
from extractors.page import Page
from extractors.prose import Prose, fold

_SURE = 0.95
"""Certainty of the day of issue from which a later day is that of no movement; a scan may misread a year."""
_EITHER = 0.85
"""Certainty at most of what stands on a page that two papers share."""


def certificate(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the fields of a certificate or volante of a municipal register."""
    pages = with_whole_years([spelled(page) for page in pages])
    named = _named(pages)
    layout = _laid_out(pages, str(named.value) if named is not None else None)
    labels = labelled(layout)
    home = town(layout.passages, labels, "\n".join(fold(page.text) for page in pages))
    code = stamp.csv(layout.passages)
    person = person_fields(labels, layout.passages)
    told = _told(layout, person, str(home.value) if home is not None else None)
    told = _made_last(_with_dateline(told), pages)
    fields: dict[str, Field | None] = {
        "municipality": home,
        "province": province(layout.passages, labels, home),
        "issued_on": stamp.issued(told.said_on),
        "csv": code,
        "signed": stamp.signed(pages, layout.passages, code),
        "notes": _notes(labels),
        "last_change_on": next((e.date for e in told.events if e.what == "last"), None),
    }
    fields |= person
    fields |= _register(layout, labels, told, {name: field for name, field in fields.items() if field})
    found = {name: field for name, field in fields.items() if field is not None}
    return _of_two(found) if any(map(twice_headed, pages)) else found


def _named(pages: Sequence[Page]) -> Field | None:
    """Return the municipality that the running text of *pages* names, before any label is known."""
    told = [(page, Prose([page])) for page in pages if page.words]
    return town([Passage(page=p, prose=text, box=around(w.box for w in p.words)) for p, text in told], ())


def _laid_out(pages: Sequence[Page], own: str | None) -> Layout:
    """Return the layout of *pages*, the town's *own* name in labels being read as "municipio"."""
    layout = layout_of([with_whole_labels(with_own_town(page, own)) for page in pages])
    layout = with_titles(with_cards(with_told(with_blocks(layout))))
    return with_introductions(replace(layout, pages=tuple(pages)))


def _of_two(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """Return the *fields* of two papers on one page: whose each is, a person must see."""
    return {
        name: replace(
            field,
            confidence=min(field.confidence, _EITHER),
            items=tuple(item.at_most(_EITHER) for item in field.items),
        )
        for name, field in fields.items()
    }


def _register(
    layout: Layout, labels: Sequence[Labelled], told: Told, known: Mapping[str, Field]
) -> dict[str, Field | None]:
    """Return what the register says: form, people, stays, moves inside the municipality."""
    people = people_tables(layout)
    residents = residents_field(people)
    several = residents is not None and len(residents.value) > 1
    form = form_field(layout, several=several)
    told = _settled(told, known, digital=all(page.reader == "text" for page in layout.pages))
    listed = form is not None and form.value in {"collective", "cohabitation"}
    if several or (residents is not None and listed):
        told = _own_lines(told, people, known)
    told = with_reasons(told if several else held(told), labels)
    home = known.get("municipality")
    own = str(home.value) if home else None
    places = tuple(unread.beside_labels(layout.passages, own))
    told = own_town(replace(told, stray_words=(*told.stray_words, *places)), own)
    people_many = several or listed
    told = replace(
        told, strange_words=(*told.strange_words, *_beside(layout, labels, known, alone=residents is None))
    )
    lost = unread.passed_over(layout, people, many=people_many)
    told = _lived(replace(told, loose_words=(*told.loose_words, *lost)), known)
    stays, sound = stays_of(told.events)
    stays, moves = moved(stays)
    return {
        **(_own_person(people, known) if people_many else {}),
        "form": form,
        "residents": residents if people_many else None,
        "periods": _held(periods_field(told, stays, sound, layout.pages, own), home, layout),
        "changes": _changes([*(event for event in told.events if event.what == "change"), *moves]),
    }


def _beside(
    layout: Layout, labels: Sequence[Labelled], known: Mapping[str, Field], *, alone: bool
) -> Iterator[str]:
    """Yield what stands beside the stays and may say whose, where or of which register they are."""
    home, there = (str(known[name].value) if name in known else None for name in ("municipality", "province"))
    yield from not_here(labels, layout.tables, home, there)
    yield from told_beside(layout, labels, names_of(known), home, alone=alone)


def _held(periods: Field | None, home: Field | None, layout: Layout) -> Field | None:
    """Return the stays, no surer than the municipality's name, which each bears; nor sure without an origin.

    Nor where a page of the paper lacks.

    A name that is not in doubt lowers nothing.
    """
    if periods is None:
        return None
    most = home.confidence if home is not None and home.confidence < _EITHER else 1.0
    if unread.origin_lost(layout, periods) or unread.cause_lost(layout, periods) or incomplete(layout.pages):
        most = min(most, _EITHER)
    items = tuple(one.at_most(most) for one in periods.items)
    return replace(periods, confidence=min(periods.confidence, most), items=items)


def _told(layout: Layout, person: Mapping[str, Field], home: str | None) -> Told:
    """Return the movements of all tables and passages that are those of the *person*; *home* is the town."""
    own, number = names_of(person), person.get("person.id_number")
    people = set(map(id, people_tables(layout)))
    parts: list[Told] = []
    first = 0
    for table in layout.tables:
        if id(table) not in people or len(table.rows) == 1:
            mine, plain = own_rows(table, own, str(number.value) if number else None)
            parts.append(from_table(mine, first))
            alone = named_once(table) and any(named_otherwise(p.prose, own) for p in layout.passages)
            parts += [] if plain and mine.rows and not alone else [Told(loose_words=("somebody's",))]
        first += len(table.rows)
    prose = [passage.prose for passage in layout.passages]
    told = joined([*parts, *(from_text(one, own, home) for one in prose)])
    doubted = (*miscounted(prose, told), *struck_off(prose, told), *no_homes(told.events))
    names = own | frozenset(fold(home or "").split())
    return replace(
        told, loose_words=(*told.loose_words, *doubted), strange_words=tuple(strange(layout, names))
    )


def _with_dateline(told: Told) -> Told:
    """Take "Fecha: ..." for the day of issue where it is the last day on the paper; else it is loose."""
    days = [str(event.date.value) for event in told.events if event.date.value]
    last = all(line.value is not None and str(line.value) >= max(days, default="") for line in told.datelines)
    if told.datelines and last and len({line.value for line in told.datelines}) == 1:
        return replace(told, said_on=(*told.said_on, *told.datelines))
    return replace(told, loose_dates=(*told.loose_dates, *told.datelines))


def _made_last(told: Told, pages: Sequence[Page]) -> Told:
    """Take no day for that of issue before which a movement was told: it is left over."""
    days = [str(event.date.value) for event in told.events if event.date.value]
    digital = all(page.reader == "text" for page in pages)
    kept = stamp.made_last(told.said_on, days, digital=digital)
    early = tuple(day for day in told.said_on if day not in kept)
    return replace(told, said_on=kept, loose_dates=(*told.loose_dates, *(() if kept else early)))


def _settled(told: Told, known: Mapping[str, Field], *, digital: bool) -> Told:
    """Drop loose dates that say again what is known: the day of issue, the birth of the person.

    Nor can a day after that of a digital paper be one of a movement that it tells.
    """
    made = known.get("issued_on")
    last = str(made.value) if digital and made is not None and made.confidence >= _SURE else "9999"
    days = {
        known[name].value for name in ("issued_on", "person.birth_date", "last_change_on") if name in known
    }
    return replace(
        told,
        loose_dates=tuple(
            date
            for date in told.loose_dates
            if date.value is None or (date.value not in days and str(date.value) <= last)
        ),
    )


def _lived(told: Told, known: Mapping[str, Field]) -> Told:
    """Return *told* with the first and the last day that a movement can have.

    A day up to which the entry held, past when the paper was made, is left over.
    """
    born, made = known.get("person.birth_date"), known.get("issued_on")
    last = str(made.value) if made is not None and made.value else told.made
    past = tuple(day for day in told.lapses if str(day.value) <= last)
    return replace(
        told,
        born=str(born.value) if born is not None and born.value else told.born,
        made=last,
        loose_dates=(*told.loose_dates, *past),
    )


def _own_lines(told: Told, people: Sequence[Table], known: Mapping[str, Field]) -> Told:
    """Add the line of the person asked for; without one, a list of people tells nobody's stays."""
    number = known.get("person.id_number")
    rows = line_of(people, names_of(known), str(number.value) if number else None)
    if len(rows) != 1:
        return replace(told, events=tuple(e for e in told.events if e.what not in {"in", "out"}))
    own = Table(meanings=next(t.meanings for t in people if rows[0] in t.rows), rows=tuple(rows))
    return joined([told, from_table(own, -1)])


def _own_person(people: Sequence[Table], known: Mapping[str, Field]) -> dict[str, Field | None]:
    """Return number and birth of the person asked for from that person's line.

    Among several people, what stands elsewhere may be another's: without a line it is hardly believed.
    """
    number = known.get("person.id_number")
    rows = line_of(people, names_of(known), str(number.value) if number else None)
    if len(rows) != 1:
        theirs = ("person.id_number", "person.id_type", "person.birth_date", "person.nationality")
        return {
            name: replace(known[name], confidence=min(known[name].confidence, 0.4))
            for name in theirs
            if name in known
        }
    labels = [
        Labelled(meaning=meaning, prose=prose, start=0, end=len(prose.text) - 1)
        for meaning in ("id_number", "birth_date", "nationality")
        if (prose := rows[0].prose(meaning)) is not None
    ]
    return dict(person_fields(labels, ()))


def _changes(events: Sequence[Event]) -> Field | None:
    """Return the moves inside the municipality."""
    if not events:
        return None
    dates = [event.date for event in events]
    return Field(
        value=[{"date": event.date.value, "address": event.address} for event in events],
        text="; ".join(date.text for date in dates),
        confidence=min(date.confidence for date in dates),
        page=dates[0].page,
        box=around(date.box for date in dates if date.page == dates[0].page),
        items=tuple(Item(page=date.page, box=date.box, confidence=date.confidence) for date in dates),
    )


def _notes(labels: Sequence[Labelled]) -> Field | None:
    """Return what stands under "Observaciones", to the end of its paragraph."""
    for label in labels:
        if label.meaning == "notes":
            rest = label.prose.text[label.start :]
            text = re.split(r"\n(?=[^\n]{0,40}:)", rest)[0]
            value = " ".join(text.split())
            return (
                label.prose.field(label.start, label.start + max(len(text), 1), value or None, 0.9)
                if value
                else None
            )
    return None
