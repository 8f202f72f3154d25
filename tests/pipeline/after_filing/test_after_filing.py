"""Cases parted, joined and moved to another office, on both databases: nothing handed in is rewritten."""

import pytest

from pipeline.after_filing.joining import join
from pipeline.after_filing.moving import move
from pipeline.after_filing.open import NotDone
from pipeline.after_filing.parting import Choice, part
from pipeline.after_filing.record import Kind
from pipeline.journal.rows import of_case as entries_of
from pipeline.store.cases import lines


def test_papers_of_two_people_become_two_cases(counter, two, zipped):
    """The new case has its own number and paper, and the hour at which the ZIP came."""
    number = counter.take(("juntos.zip", zipped(dict(two))))
    came = counter.row(number).received_at
    choice = Choice(out=counter.keys(number, "luis.pdf"), why="son dos personas")
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert (counter.files(number), counter.files(other)) == (["ana.pdf"], ["luis.pdf"])
    assert (other, counter.row(other).received_at) == ("CEU01-2026-000002", came)
    assert (counter.kinds(number), counter.kinds(other)) == ([Kind.SPLIT_OFF], [Kind.SPLIT_FROM])
    assert counter.sound()


def test_both_cases_get_a_receipt_that_names_the_other(counter, two):
    """The receipts given before stay as they are."""
    number = counter.take(*two)
    before = counter.office.names(f"3_ACEPTADO/{number}")
    choice = Choice(out=counter.keys(number, "luis.pdf"))
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert set(counter.office.names(f"3_ACEPTADO/{number}")) == {
        *before,
        f"ACUSE_{number}_anotacion-1.zip",
        "AVISO_1.txt",
    }
    note = (counter.office.home / "3_ACEPTADO" / number / "AVISO_1.txt").read_bytes()
    assert other.encode() in note
    assert f"ACUSE_{other}.zip" in counter.office.names(f"3_ACEPTADO/{other}")


def test_a_paper_of_both_counts_in_both(counter, two):
    """A family's padrón is copied, not moved."""
    number = counter.take(*two)
    choice = Choice(out=frozenset(), both=counter.keys(number, "luis.pdf"))
    other = part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    counter.read()
    assert (counter.files(number), counter.files(other)) == (["ana.pdf", "luis.pdf"], ["luis.pdf"])


def test_a_case_keeps_at_least_one_paper(counter, two):
    """Nothing is written when all would go."""
    number = counter.take(*two)
    choice = Choice(out=counter.keys(number, "ana.pdf", "luis.pdf"))
    with pytest.raises(NotDone, match="all_papers"):
        part(counter.store, counter.settings, counter.row(number).id, choice, counter.act(number))
    assert counter.kinds(number) == []


def test_an_answer_to_the_wrong_case_goes_to_the_right_one(counter, two, pdf):
    """It counts there as if it had been answered there, under the hour at which it came."""
    wrong, right = counter.take(two[0]), counter.take(two[1])
    counter.take(("padron.pdf", pdf + b"\n%padron\n"), answers=wrong)
    came = entries_of(counter.store, counter.row(wrong).id)[1].received_at
    choice = Choice(out=counter.keys(wrong, "respuesta-2/padron.pdf"), into=right)
    part(counter.store, counter.settings, counter.row(wrong).id, choice, counter.act(wrong))
    counter.read()
    assert (counter.files(wrong), counter.files(right)) == (
        ["ana.pdf"],
        ["luis.pdf", "respuesta-2/padron.pdf"],
    )
    assert entries_of(counter.store, counter.row(right).id)[1].received_at == came
    assert counter.sound()


def test_a_case_that_was_joined_leads_to_the_whole(counter, two, pdf):
    """The first received stays; an answer to the other number, and the same bytes again, come to it."""
    first, second = counter.take(two[0]), counter.take(two[1])
    join(counter.store, counter.settings, counter.row(second).id, first, "una solicitud", counter.act(second))
    counter.read()
    assert (counter.row(second).stage, counter.files(first)) == (
        "closed",
        ["ana.pdf", "respuesta-2/luis.pdf"],
    )
    assert counter.take(("mas.pdf", pdf + b"\n%mas\n"), answers=second) == first
    assert counter.take(two[1]) == first
    assert counter.sound()


def test_the_one_that_came_first_is_not_joined_to_a_later_one(counter, two):
    """The earlier clock would be lost."""
    first, second = counter.take(two[0]), counter.take(two[1])
    with pytest.raises(NotDone, match="not_first"):
        join(counter.store, counter.settings, counter.row(first).id, second, "", counter.act(first))


def test_another_office_takes_a_case_under_its_number(counter, two, pdf):
    """Its list has it, its folders ask for what is missing, and the first office's do no more."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "vive allí", counter.act(number))
    counter.read()
    assert [line.number for line in lines(counter.store, office="MEL01")] == [number]
    there = counter.settings.folders.root / "MEL01"
    assert sorted(path.name for path in (there / "3_ACEPTADO" / number).iterdir()) == [
        f"ACUSE_{number}_anotacion-1.zip",
        "AVISO_1.txt",
    ]
    assert "AVISO_1.txt" in counter.office.names(f"3_ACEPTADO/{number}")
    assert counter.sound()


@pytest.mark.parametrize("there", ["CEU01", "MEL01"])
def test_an_answer_finds_a_case_that_was_moved(counter, two, pdf, there):
    """In the folders of the office that has it, and of the one that had it."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "", counter.act(number))
    counter.read()
    folder = counter.settings.folders.root / there / "4_SUBSANAR" / number
    folder.mkdir(exist_ok=True)
    (folder / "padron.pdf").write_bytes(pdf + b"\n%padron\n%%EOF")
    entered = counter.office.take()
    counter.read()
    counter.read()
    assert [(one.number, one.kind) for one in entered] == [(number, "answer")]
    assert not list((folder.parent.parent / "2_EN_CURSO").iterdir())
    assert counter.sound()


def test_the_same_package_again_at_the_first_office_is_no_second_case(counter, two):
    """Though the case is another office's now."""
    number = counter.take(two[0])
    move(counter.store, counter.settings, counter.row(number).id, "MEL01", "", counter.act(number))
    counter.read()
    assert counter.take(two[0]) == number
