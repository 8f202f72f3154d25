"""Ink far from a value, told apart by its line, its height, and by what it hangs together with."""

import numpy as np
import pytest

from extractors.forms.zones.parting import hair, strangers

HIGH = 20.0
NAME = [(0, 0, 12, 20, 90), (16, 0, 12, 20, 90), (32, 0, 12, 20, 90)]
BEYOND = (120, 25, 30, 20, 200)
"""Ink below the place, close to what stands from column 110 on."""


def told(*pieces, beyond=()):
    """Which of *pieces* (left, top, width, height, area), behind a name, are strangers to it."""
    marks = [(0, 0, 0, 0, 0), *NAME, *pieces, *beyond]
    stats = np.array(marks, dtype=np.int32)
    kept = np.array([at in range(1, 1 + len(NAME) + len(pieces)) for at in range(len(marks))])
    foreign = np.array([at > len(NAME) + len(pieces) for at in range(len(marks))])
    found = strangers(stats, kept, foreign, HIGH)
    assert not found[: 1 + len(NAME)].any()
    return found[1 + len(NAME) : 1 + len(NAME) + len(pieces)].tolist()


@pytest.mark.parametrize(
    "piece",
    [(110, 9, 12, 20, 90), (110, 0, 40, 6, 90), (110, -12, 12, 44, 90)],
    ids=["on another line", "a flat stroke", "a tall one"],
)
def test_what_stands_far_off_and_is_made_otherwise_is_none_of_it(piece):
    """A word of a seal, its rim, a hair."""
    assert told(piece) == [True]


def test_a_word_of_the_same_line_and_height_belongs_to_it_however_far_it_stands():
    """Somebody set two surnames wide apart."""
    assert told((110, 0, 12, 20, 90)) == [False]


def test_the_same_word_is_a_seals_where_it_hangs_together_with_ink_beyond_the_place():
    """The next line of a stamp runs below it."""
    assert told((110, 0, 12, 20, 90), beyond=[BEYOND]) == [True]


def test_what_stands_close_is_kept_whatever_it_is():
    """It may be a comma, or a letter that a fax cut."""
    assert told((70, 9, 12, 20, 90)) == [False]


def test_nothing_is_told_where_all_of_it_reaches_beyond():
    """Then nothing says which of it is the value."""
    stats = np.array([(0, 0, 0, 0, 0), NAME[0], (110, 0, 12, 20, 90), (0, 25, 150, 20, 900)], dtype=np.int32)
    found = strangers(stats, np.array([False, True, True, False]), np.array([False] * 3 + [True]), HIGH)
    assert not found.any()


@pytest.mark.parametrize(
    ("marks", "alone"),
    [
        ([(0, 0, 16, 16, 14.0)], True),
        ([(0, 0, 16, 16, 18.0)], False),
        ([(0, 0, 10, 10, 8.0)], False),
        ([(0, 0, 16, 16, 14.0)] * 2, False),
    ],
    ids=["thin and long", "as thick as a pen's stroke", "no longer than a sign", "two of them"],
)
def test_a_hair_far_from_a_value_corrects_nothing(marks, alone):
    """It is thinner than a pen's stroke and longer than any sign: nobody wrote it."""
    stats, area = np.array([mark[:4] for mark in marks], dtype=float), np.array([mark[4] for mark in marks])
    assert hair(stats, np.ones(len(marks), dtype=bool), area, 7.0) is alone
