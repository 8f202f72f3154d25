"""What is dropped for a case that is there joins it."""

import sqlalchemy as sa

from pipeline.folders.continuity import unknown
from pipeline.folders.places import Place
from pipeline.journal.rows import of_case
from pipeline.store.cases import meant_for
from pipeline.store.claims import claim
from pipeline.store.events import history
from pipeline.store.schema import cases


def test_an_answer_joins_its_case(office, pdf):
    """The case keeps its number and the papers it had, and is worked on again."""
    office.drop("a.pdf", pdf)
    office.take()
    office.drop("FALTA.txt", b"nuestro", "4_SUBSANAR/CEU01-2026-000001")
    office.drop("padron.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")

    (answer,) = office.take()
    claimed = claim(office.store, "w", 60, office.now())

    assert (answer.kind, answer.number) == ("answer", "CEU01-2026-000001")
    assert [o.name for o in claimed.case.originals] == ["a.pdf", "respuesta-2/padron.pdf"]
    assert office.names("4_SUBSANAR/CEU01-2026-000001") == ["FALTA.txt"]


def test_an_answer_after_the_decision_waits_for_a_person(office, pdf):
    """It is kept with its case, which is not judged anew by the program."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    with office.store.write() as connection:
        decided = sa.update(cases).values(decided_at=office.now(), stage="resolved")
        connection.execute(decided)
    office.drop("b.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()

    assert history(office.store, first.case)[-1].kind == "answer-after-decision"
    assert claim(office.store, "w", 60, office.now()) is None


def test_the_same_answer_twice_is_one_answer(office, pdf):
    """The second time it has a receipt that says so."""
    office.drop("a.pdf", pdf)
    (first,) = office.take()
    office.drop("b.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()
    office.drop("c.pdf", pdf + b"\n", f"4_SUBSANAR/{first.number}")
    office.take()

    assert [e.kind for e in of_case(office.store, first.case)] == ["new", "answer", "duplicate"]


def test_a_folder_in_4_subsanar_that_is_no_case_is_left_alone(office, pdf):
    """Only folders that carry a number of this office are looked at."""
    office.drop("a.pdf", pdf, "4_SUBSANAR/mis notas")

    assert office.take(after=300) == []


def test_a_misspelt_number_does_not_make_the_record_an_old_one(office, pdf):
    """A folder that a clerk made shows no lost case, and the office goes on; one of ours would show it."""
    office.drop("a.pdf", pdf, "4_SUBSANAR/CEU01-2026-000910")
    office.take()
    office.start()
    office.drop("b.pdf", pdf + b"\n")
    assert len(office.take()) == 1
    assert unknown(office.store, Place(office.home.parent, "CEU01")) == ()

    office.drop("FALTA.txt", b"nuestro", "4_SUBSANAR/CEU01-2026-000910")
    assert unknown(office.store, Place(office.home.parent, "CEU01")) == ("CEU01-2026-000910",)


def test_an_answer_under_a_number_that_nobody_has_says_what_it_was_meant_for(office, pdf):
    """It becomes a case of its own, so that it has its day; whose it is a person must find."""
    office.drop("a.pdf", pdf)
    office.drop("b.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000999")
    case, answer = sorted(office.take(), key=lambda one: one.name)

    assert answer.kind == "new"
    assert meant_for(office.store, answer.case) == "CEU01-2026-000999"
    assert meant_for(office.store, case.case) is None
