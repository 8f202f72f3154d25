"""Family papers become facts: everybody on them with their own certainty, and nobody without a name."""

import datetime as dt
from decimal import Decimal

import pytest

from extractors.document import Field, Item
from extractors.lines import Box
from pipeline.facts.family import decision, disability, family_record, income, partnership
from pipeline.facts.fields import Paper

PLACE = Box(10, 10, 100, 20)


def field(value, confidence=0.97, sure=()):
    items = tuple(Item(page=1, box=PLACE, confidence=one) for one in sure)
    return Field(value=value, text="", confidence=confidence, page=1, box=PLACE, items=items)


def paper(**fields):
    return Paper("d4", {name.replace("__", "."): one for name, one in fields.items()})


PEOPLE = [
    {"name": "Ana Ruiz Soto", "role": "holder", "birth_date": "1980-01-02", "id_number": "12345678Z"},
    {"name": " ", "role": "child"},
    {"name": "Eva Vega Ruiz", "role": "child"},
]


def test_a_family_book_keeps_its_people_in_order_each_as_sure_as_their_line():
    """Name, place, birth and number; a line without a name is nobody."""
    book = family_record(paper(record=field("family_book"), people=field(PEOPLE, sure=(0.97, 0.97, 0.6))))
    assert [(one.name, one.role, one.confidence) for one in book.people] == [
        ("Ana Ruiz Soto", "holder", 0.97),
        ("Eva Vega Ruiz", "child", 0.6),
    ]
    assert book.people[0].birth_date == dt.date(1980, 1, 2)
    assert book.people[0].id_number == "12345678Z"
    assert (book.country, book.legalised, book.marginal_notes) == (None, None, None)


def test_what_a_record_says_of_its_origin_and_notes_is_kept():
    """The State, the apostille, and the notes as they were read."""
    found = paper(country=field("MAR"), legalised=field(value=True), marginal_notes=field(["divorce"]))
    record = family_record(found)
    assert record.country.value == "MAR"
    assert record.legalised.value is True
    assert record.marginal_notes.value == ["divorce"]


def test_a_register_and_a_deed_are_told_apart():
    """And the couple is named in either."""
    found = partnership(paper(proof=field("deed"), people=field(PEOPLE[:1], sure=(0.97,))))
    assert (found.proof.value, [one.name for one in found.people]) == ("deed", ["Ana Ruiz Soto"])


def test_a_decision_names_people_without_places():
    """Carer and child, by name and number or birth."""
    found = decision(paper(subject=field("foster"), people=field([{"name": "Eva Vega Ruiz"}], sure=(0.9,))))
    assert found.people[0].role is None


@pytest.mark.parametrize(("written", "degree"), [(65, Decimal(65)), ("sesenta", None)])
def test_a_degree_is_a_number_or_unread(written, degree):
    """What is no number is never a degree."""
    found = disability(paper(degree=field(written), person__id_number=field("12345678Z")))
    assert found.degree.value == degree
    assert (found.degree.confidence > 0) is (degree is not None)


@pytest.mark.parametrize(("written", "year"), [(2024, 2024), ("2024.5", None)])
def test_a_year_is_whole(written, year):
    """And the amount keeps its cents."""
    found = income(paper(year=field(written), annual_income=field("3200.50")))
    assert found.year.value == year
    assert found.annual.value == Decimal("3200.50")
