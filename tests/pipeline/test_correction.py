"""A field set right by a person."""

import pytest

from extractors.document import Document, Field, Item, Reading
from pipeline.correction import Correction, corrected, parse
from pipeline.errors import UsageError

BOX = (0.0, 0.0, 10.0, 10.0)


def field(value, confidence=0.5, **more):
    """Return a field read with little certainty."""
    return Field(value=value, text=str(value), confidence=confidence, page=1, box=BOX, **more)


PERIODS = [
    {"municipality": "Málaga", "from": "2024-01-10", "to": "2025-06-30"},
    {"municipality": "Melilla", "from": "2025-07-12", "to": None},
]
PAPERS = (
    Document(file="a.pdf", sha256="0", pages=(1,), kind="other", kind_confidence=1.0),
    Document(
        file="padron.pdf",
        sha256="1",
        pages=(1,),
        kind="padron_certificate",
        kind_confidence=1.0,
        fields={
            "issued_on": field(
                "2026-03-02",
                readings=(Reading(reader="ocr", text="", value="2026-08-02", confidence=0.4),),
            ),
            "person.birth_date": field("1980-01-01"),
            "signed": field(value=True),
            "periods": field(
                PERIODS, 0.95, items=tuple(Item(page=1, box=BOX, confidence=c) for c in (0.61, 0.97))
            ),
        },
    ),
)


def apply(text):
    """Return the papers after one change as a person writes it."""
    return corrected(PAPERS, [parse(text, PAPERS)])


def test_a_corrected_date_is_certain_and_its_other_reading_is_gone():
    """What a person saw on the paper needs no second reader."""
    changed = apply("d2.issued_on=2026-03-05")[1].fields["issued_on"]
    assert (changed.value, changed.confidence, changed.readings) == ("2026-03-05", 1.0, ())


def test_the_longest_name_of_a_field_wins():
    """Points belong to field names before they lead into a list."""
    assert parse("d2.person.birth_date=1981-02-03", PAPERS) == Correction(
        document="d2", field="person.birth_date", value="1981-02-03"
    )


def test_one_row_of_a_list_is_corrected_and_the_others_keep_their_certainty():
    """The gap closes in the first row; the second stays as it was read."""
    changed = apply("d2.periods.0.to=2025-07-12")[1].fields["periods"]
    assert [row["to"] for row in changed.value] == ["2025-07-12", None]
    assert [item.confidence for item in changed.items] == [1.0, 0.97]
    assert PERIODS[0]["to"] == "2025-06-30"


def test_an_open_stay_can_be_closed_and_opened():
    """`null` is a value."""
    assert apply("d2.periods.1.to=2026-01-01")[1].fields["periods"].value[1]["to"] == "2026-01-01"
    assert apply("d2.periods.0.to=null")[1].fields["periods"].value[0]["to"] is None


def test_the_other_papers_are_the_same():
    """A correction touches one document."""
    assert apply("d2.signed=false")[0] is PAPERS[0]


@pytest.mark.parametrize(
    "text",
    [
        "d2.issued_on",
        "issued_on=2026-01-01",
        "d3.issued_on=2026-01-01",
        "d0.issued_on=2026-01-01",
        "d-1.issued_on=2026-01-01",
        "dx.issued_on=2026-01-01",
        "d2.nothing=2026-01-01",
        "d2.issued_on=31/02/2026",
        "d2.issued_on=2026-02-31",
        "d2.periods.2.to=2026-01-01",
        "d2.periods.-1.to=2026-01-01",
        "d2.periods.0.until=2026-01-01",
        "d2.periods=2026-01-01",
        "d2.signed=yes",
        "d2.signed=[",
        "",
        "=",
    ],
)
def test_what_cannot_be_meant_is_refused(text):
    """No such paper, field or row, and a value of another sort, are errors of usage that help."""
    with pytest.raises(UsageError) as refused:
        apply(text)
    assert refused.value.remedy
