"""The papers of a case as people set them right: independent of order, undone without a trace."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Document, Field
from extractors.lines import Box
from pipeline.case import Read, Source
from pipeline.corrections.asked import NEW, Wish, asked, overrides
from pipeline.corrections.kept import Before, Kept, Paper, paper_of
from pipeline.corrections.mend import mend
from pipeline.errors import UsageError
from pipeline.report import document_report

AT = dt.datetime(2026, 3, 23, 9, 30, tzinfo=dt.UTC)
BOX = Box(10, 10, 20, 20)


def field(value, confidence=0.5):
    """Return a field read with little certainty."""
    return Field(value=value, text=str(value), confidence=confidence, page=1, box=BOX)


def document(name, pages, kind, **fields):
    """Return a paper of the file of that name."""
    return Document(
        file=f"{name}.pdf", sha256=name * 64, pages=pages, kind=kind, kind_confidence=0.95, fields=fields
    )


PADRON = document("a", (1, 2), "padron_certificate", issued_on=field("2026-03-02"), signed=field(value=True))
CARD = document("b", (1,), "identity_document", number=field("X1234567L"))
CASE = Read(
    id="x",
    number=None,
    source=Source("x.zip", "0", 1),
    originals=(),
    received_at=AT,
    members=(),
    documents=(PADRON, CARD),
)


def row(seq, what="corrected", of=PADRON, name="issued_on", value="2026-03-05", **more):
    """Return a kept correction."""
    return Kept(seq=seq, what=what, who="ana", at=AT, paper=paper_of(of), field=name, value=value, **more)


def papers(seq, takes, *gives):
    """Return a kept change of papers."""
    told = [document_report("", one) for one in gives]
    value = {"takes": [[one.sha256, list(one.pages), one.kind] for one in takes], "gives": told}
    return row(seq, "papers", takes[0], "", value)


APART = [
    row(1),
    row(2, "illegible", name="signed", value=None),
    row(3, "confirmed", CARD, "number", "X1234567L"),
    row(4, name="notes", value="añadida"),
    row(5, "not_applicable", CARD, "support_number", None),
]


@given(st.permutations(APART))
def test_words_on_different_fields_may_come_in_any_order(rows):
    """The same papers come of them."""
    assert mend(CASE, rows).documents == mend(CASE, APART).documents


@given(st.lists(st.sampled_from(["issued_on", "signed", "notes", "periods"]), max_size=5))
def test_all_undone_the_case_is_as_it_was_read(names):
    """Whatever was said in between."""
    said = [row(n, name=name) for n, name in enumerate(names, 1)]
    undone = [row(100 + one.seq, "undone", undoes=one.seq) for one in said]

    assert mend(CASE, [*said, *undone]) == CASE


def test_the_last_word_on_a_value_holds_and_falls_by_itself():
    """Undone, the one before it holds again."""
    first, second = row(1), row(2, value="2026-03-06")
    undone = row(3, "undone", undoes=2)

    assert mend(CASE, [first, second]).documents[0].fields["issued_on"].value == "2026-03-06"
    assert mend(CASE, [first, second, undone]).documents[0].fields["issued_on"].value == "2026-03-05"


def test_a_paper_handed_in_twice_is_set_right_twice():
    """It is the same paper: the case must not say two things of it."""
    twice = replace(CASE, documents=(PADRON, CARD, replace(PADRON, file="copia.pdf")))
    mended = mend(twice, [row(1)])

    assert [one.fields["issued_on"].value for one in mended.documents if one.sha256 == PADRON.sha256] == [
        "2026-03-05",
        "2026-03-05",
    ]
    assert mended.mended.fates[0].document == "d1"


def test_a_word_on_a_paper_that_is_not_there_is_told_so():
    """It is never dropped in silence."""
    gone = row(1, of=replace(PADRON, sha256="c" * 64))

    assert mend(CASE, [gone]).documents == CASE.documents
    assert mend(CASE, [gone]).mended.fates[0].document is None


def test_a_paper_that_comes_before_it_takes_nothing_from_a_word():
    """Papers are known by their bytes, not by their place."""
    moved = replace(CASE, documents=(CARD, PADRON))

    assert mend(moved, [row(1)]).documents[1].fields["issued_on"].value == "2026-03-05"
    assert mend(moved, [row(1)]).mended.fates[0].document == "d2"


def test_a_split_paper_gives_two_in_its_place_and_one_of_them_is_set_right():
    """And joined again they are one."""
    first, second = replace(PADRON, pages=(1,)), replace(PADRON, pages=(2,), kind="other", fields={})
    split, title = papers(1, [PADRON], first, second), row(2, of=second, name="title", value="Nota")
    join = papers(3, [first, second], PADRON)

    assert [paper_of(one) for one in mend(CASE, [split]).documents] == [*map(paper_of, (first, second, CARD))]
    assert mend(CASE, [split, title]).documents[1].fields["title"].value == "Nota"
    assert [paper_of(one) for one in mend(CASE, [split, join]).documents] == [*map(paper_of, (PADRON, CARD))]


def test_a_change_of_papers_whose_papers_are_gone_changes_nothing():
    """Undone, what was split of it is there no more to be joined."""
    first, second = replace(PADRON, pages=(1,)), replace(PADRON, pages=(2,))
    join = papers(2, [first, second], PADRON)

    assert mend(CASE, [join]).documents == CASE.documents
    assert mend(CASE, [join]).mended.fates[0].document is None


def ask(what, name="issued_on", **more):
    """Return the row that a wish becomes."""
    return asked(PADRON, PADRON, Wish(what=what, field=name, **more), (), "ana", AT)


def test_a_wish_keeps_what_stood_there():
    """The value and how sure it was; confirmed, the value itself."""
    assert ask("corrected", value="2026-03-05").before == Before(value="2026-03-02", confidence=0.5)
    assert ask("confirmed").value == "2026-03-02"
    assert ask("corrected", name="notes", value="x").before == Before()


def test_a_row_that_is_added_gets_a_name_that_no_row_ever_had():
    """Not even one that was undone."""
    wish = Wish(what="corrected", field="periods", path=(NEW,), value={"from": "2026-01-01"})
    first = asked(PADRON, PADRON, wish, (), "ana", AT)
    second = asked(PADRON, PADRON, wish, (replace(first, seq=1),), "ana", AT)

    assert (first.what, first.path, second.path) == ("row_added", ("+1",), ("+2",))


@pytest.mark.parametrize(
    ("what", "more"), [("confirmed", {"name": "notes"}), ("row_removed", {"path": ("0",)})]
)
def test_what_is_not_there_is_neither_confirmed_nor_removed(what, more):
    """The page that was looked at is not that of the case."""
    with pytest.raises(UsageError):
        ask(what, **more)


@pytest.mark.parametrize(
    ("what", "value", "confidence", "wanted"),
    [
        ("corrected", "b", 0.9, True),
        ("corrected", "a", 0.9, False),
        ("corrected", "b", 0.89, False),
        ("illegible", None, 0.9, True),
        ("not_applicable", None, 0.95, True),
        ("confirmed", "a", 1.0, False),
        ("corrected", "b", None, False),
    ],
)
def test_a_reason_is_wanted_for_what_was_surely_read(what, value, confidence, wanted):
    """At the threshold, and only where something else is put in its place."""
    said = row(1, what, value=value, before=Before(value="a", confidence=confidence))

    assert overrides(said, 0.9) is wanted


def test_a_paper_is_known_by_bytes_pages_and_kind():
    """All three."""
    assert paper_of(PADRON) == Paper("a" * 64, (1, 2), "padron_certificate")
