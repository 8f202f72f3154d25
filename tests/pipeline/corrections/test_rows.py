"""Rows of a list that people set right keep their names, and only what was looked at becomes certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Field, Item, Part, Reading
from extractors.lines import Box
from pipeline.correction import mended
from pipeline.corrections.said import Correction

BOX = Box(10, 10, 20, 20)
ROWS = [
    {"municipality": "Málaga", "from": "2024-01-10", "to": "2025-06-30"},
    {"municipality": "Melilla", "from": "2025-07-12", "to": None},
]
PERIODS = Field(
    value=ROWS,
    text="",
    confidence=0.6,
    page=1,
    box=BOX,
    readings=(Reading(reader="ocr", text="", value=[], confidence=0.4),),
    items=(Item(page=1, box=BOX, confidence=0.6), Item(page=2, box=BOX, confidence=0.8)),
)


def word(act, *path, value=None, read=None):
    """Return a word on the periods."""
    return Correction(document="d1", field="periods", path=path, value=value, act=act, read=read)


def rows(*words, field=PERIODS):
    """Return the field after the words, and those that fit no more."""
    return mended(field, words, 1)


FIXED = ROWS[0] | {"to": "2025-07-12"}
SET = word("corrected", "0", value=FIXED, read=ROWS[0])
GONE = word("row_removed", "1", read=ROWS[1])
NEW = word("row_added", "+1", value=ROWS[0] | {"municipality": "Ceuta"})


def test_a_row_set_right_is_certain_and_the_next_is_not():
    """The list is as sure as the row that nobody looked at."""
    field, lost = rows(SET)

    assert (field.value, lost) == ([FIXED, ROWS[1]], ())
    assert [item.confidence for item in field.items] == [1.0, 0.8]
    assert (field.confidence, field.state, field.keys) == (0.8, "corrected", ("0", "1"))


def test_one_cell_set_right_leaves_its_row_as_sure_as_it_was():
    """Nobody said anything of the other cells."""
    field, _ = rows(word("corrected", "0", "to", value="2025-07-12", read=ROWS[0]))

    assert field.value[0] == FIXED
    assert field.items[0].confidence == 0.6
    assert field.confidence == 0.6


def test_the_doubtful_cell_set_right_makes_its_row_as_sure_as_the_others():
    """Where each cell has a certainty of its own, the one that held the row holds it no more."""
    sure = {"municipality": 0.97, "from": 0.96, "to": 0.5}
    parts = {name: Part(page=1, box=BOX, confidence=one) for name, one in sure.items()}
    item = Item(page=1, box=BOX, confidence=0.5, parts=parts)
    told = Field(value=ROWS[:1], text="", confidence=0.5, page=1, box=BOX, items=(item,))

    field, _ = rows(word("corrected", "0", "to", value="2025-07-12", read=ROWS[0]), field=told)

    assert {name: part.confidence for name, part in field.items[0].parts.items()} == sure | {"to": 1.0}
    assert field.items[0].confidence == field.confidence == 0.96


def test_a_row_of_which_every_cell_was_set_right_is_certain():
    """One after the other comes to the same as all at once."""
    cells = [word("corrected", "0", name, value=one, read=ROWS[0]) for name, one in FIXED.items()]

    assert rows(*cells)[0].items[0].confidence == 1.0


def test_doubts_of_the_list_itself_stay_until_all_of_it_was_seen():
    """A list that is less sure than each of its rows is doubted for another reason."""
    doubted = Field(value=ROWS, text="", confidence=0.5, page=1, box=BOX, items=PERIODS.items)

    assert rows(SET, field=doubted)[0].confidence == 0.5
    assert rows(SET, word("confirmed", "1", value=ROWS[1], read=ROWS[1]), field=doubted)[0].confidence == 1.0


def test_a_row_removed_takes_no_other_with_it():
    """What was said of row 1 is said of that row, whatever went before it."""
    removed = word("row_removed", "0", read=ROWS[0])
    second = word("corrected", "1", value=ROWS[1] | {"to": "2026-01-01"}, read=ROWS[1])
    field, lost = rows(removed, second)

    assert [row["municipality"] for row in field.value] == ["Melilla"]
    assert field.value[0]["to"] == "2026-01-01"
    assert (field.keys, lost) == (("1",), ())


def test_a_row_that_is_read_otherwise_is_not_set_right_by_an_old_word():
    """A later reading found another row in its place: the word is kept and told as lost."""
    other = Field(value=[ROWS[1]], text="", confidence=0.9, page=1, box=BOX)
    field, lost = rows(SET, field=other)

    assert field == other
    assert lost == (SET,)


def test_a_list_confirmed_after_a_row_was_set_right_is_not_confirmed_without_it():
    """The row's word is undone: then nobody has seen the list as it now stands."""
    confirmed = word("confirmed", value=[FIXED, ROWS[1]])
    both, without = rows(SET, confirmed), rows(confirmed)

    assert (both[0].confidence, both[0].state, both[1]) == (1.0, "confirmed", ())
    assert without == (PERIODS, (confirmed,))


def test_a_cell_that_cannot_be_read_leaves_its_row_without_certainty():
    """An illegible `to` is no open stay."""
    field, _ = rows(word("illegible", "0", "to", read=ROWS[0]))

    assert field.value[0]["to"] is None
    assert field.items[0].confidence == 0.0


@pytest.mark.parametrize("act", ["illegible", "not_applicable"])
def test_a_whole_list_is_illegible_or_of_no_account_until_somebody_says_otherwise(act):
    """A later word on a row brings the list back."""
    gone, _ = rows(SET, word(act))
    back, _ = rows(word(act), SET)

    assert gone is None or (gone.value, gone.confidence) == (None, 0.0)
    assert back == rows(SET)[0]


@given(st.permutations([SET, GONE, NEW]))
def test_words_on_different_rows_may_be_said_in_any_order(words):
    """They come to the same list."""
    field, lost = rows(*words)

    assert [row["municipality"] for row in field.value] == ["Málaga", "Ceuta"]
    assert (field.value[0], field.keys, lost) == (FIXED, ("0", "+1"), ())


WORDS = st.lists(
    st.sampled_from(
        [
            SET,
            GONE,
            NEW,
            word("corrected", "0", "to", value="2025-07-12", read=ROWS[0]),
            word("illegible", "1", "from", read=ROWS[1]),
            word("confirmed", value=ROWS),
            word("confirmed", "1", value=ROWS[1], read=ROWS[1]),
            word("corrected", "+9", value=FIXED),
        ]
    ),
    max_size=6,
)


@given(WORDS)
def test_no_word_makes_sure_what_nobody_looked_at(words):
    """A row that no word names is no surer than it was read, unless somebody confirmed the whole list."""
    field, _ = rows(*words, NEW)
    looked_at = {one.path[0] for one in words if one.path} | {"+1"}
    everything = any(not one.path for one in words)
    sure = {
        key: min(field.confidence, item.confidence) for key, item in zip(field.keys, field.items, strict=True)
    }
    nobody = {} if everything else {key: one for key, one in sure.items() if key not in looked_at}

    assert nobody.get("0", 0.0) <= 0.6
    assert nobody.get("1", 0.0) <= 0.8
