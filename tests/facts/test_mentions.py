"""Whether the running text of a paper speaks of the applicant, and what it tells of an earlier convenio."""

import datetime as dt

import pytest

from extractors.document import Document, Field
from extractors.lines import Box
from pipeline.facts.mentions import earlier_convenios, mentions
from validators.facts import Fact, Person

ANA = Person(id_number=Fact(value="12345678Z"))
OWN, OTHER = "12345678Z", "00000000T"


def paper(of, numbers=(), kind="other", subject="pensioner", **more):
    spot = Field(
        value={"of": of, "numbers": list(numbers), **more},
        text="pensionista",
        confidence=0.95,
        page=1,
        box=Box(0, 0, 1, 1),
    )
    return Document(
        file="x.pdf", sha256="0", pages=(1,), kind=kind, kind_confidence=1.0, mentions={subject: spot}
    )


@pytest.mark.parametrize(
    ("document", "whose"),
    [
        (paper("writer"), "applicant"),
        (paper("writer", [OWN]), "applicant"),
        (paper("writer", [OWN, OTHER]), "applicant"),
        (paper("writer", [OTHER]), "another"),
        (paper("somebody"), "unsaid"),
        (paper("somebody", [OWN]), "applicant"),
        (paper("somebody", [OWN, OTHER]), "unsaid"),
        (paper("somebody", [OTHER]), "another"),
        (paper("somebody", ["12.345.678-Z"]), "applicant"),
        (paper("relative", [OWN]), "another"),
        (paper("nobody", [OWN]), "unsaid"),
        (paper("writer", [OTHER], kind="no_coverage_declaration"), "applicant"),
        (paper("somebody", [OWN], kind="ce_application"), "unsaid"),
    ],
)
def test_words_are_the_applicants_where_the_paper_says_so(document, whose):
    """Their own word, or a paper that bears their number and no other."""
    (one,) = mentions([document], None, ANA, (), represented=False)
    assert (one.whose, one.words) == (whose, "pensionista")


def test_a_writer_who_acts_for_the_applicant_need_not_speak_of_them():
    """Without a number on the letter, nobody knows who writes."""
    (one,) = mentions([paper("writer")], None, ANA, (), represented=True)
    assert one.whose == "unsaid"


def test_a_permit_to_work_is_no_work():
    """What a card or an authorisation allows; the same words elsewhere are looked at."""
    card = paper("nobody", subject="social_security_worker", kind="identity_document")
    leaflet = paper("nobody", subject="social_security_worker")
    assert [m.whose for m in mentions([card, leaflet], None, ANA, (), represented=False)] == ["unsaid"]


def test_remarks_are_read_like_a_paper():
    """What the sender or the office writes beside the papers."""
    (one,) = mentions([], "Soy pensionista del SOVI.", ANA, (), represented=False)
    assert (one.subject, one.whose, one.evidence.field) == ("pensioner", "applicant", "remarks")


def test_remarks_may_say_more_than_was_foreseen():
    """Thanks are none of it."""
    assert not [*mentions([], "Muchas gracias por su ayuda.", ANA, (), represented=False)]
    (one,) = mentions([], "Gracias. Prefiero que lo dejen.", ANA, (), represented=False)
    assert (one.subject, one.words, one.evidence.field) == ("unforeseen", "Prefiero", "remarks")


def test_the_end_of_an_earlier_convenio_becomes_a_fact():
    """With both readings of the day where only the notice is dated."""
    told = {"cause": "own_decision", "ended_on": "2025-03-04", "or_on": "2025-03-03"}
    (one,) = earlier_convenios([paper("writer", subject="earlier_convenio", **told)], ANA, ())
    assert (one.ended_on.value, one.ended_on.others) == (dt.date(2025, 3, 4), (dt.date(2025, 3, 3),))
    assert (one.reason.value, one.reason.confidence) == ("own_decision", 0.95)


def test_somebody_elses_convenio_is_never_sure():
    """A paper with another number, or none, bars nobody by itself."""
    told = {"cause": "unpaid", "ended_on": "2025-10-01"}
    (one,) = earlier_convenios([paper("somebody", [OTHER], subject="earlier_convenio", **told)], ANA, ())
    assert one.ended_on.confidence < 0.9
