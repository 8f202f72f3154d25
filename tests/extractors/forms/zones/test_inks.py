"""A value of two inks: typed in black and touched up in blue."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.forms.zones.inks import of_one, of_two, wavers

SCALE = 200 / 72


@pytest.mark.parametrize(
    ("coloured", "high", "two"),
    [
        (slice(0, 0), 24, False),
        (slice(30, 42), 24, True),
        (slice(0, 200), 24, False),
        (slice(30, 36), 4, False),
    ],
    ids=["black", "one stroke in blue", "all in blue", "a spot of a JPEG"],
)
def test_a_stroke_of_another_colour_makes_two_inks(coloured: slice, high: int, two: bool) -> None:
    """Which of them is the value nobody can tell."""
    ink = np.zeros((24, 200), dtype=np.bool_)
    ink[2:22, ::6] = ink[2:4, :] = True
    dye = np.zeros(ink.shape, dtype=np.uint8)
    dye[:high, coloured] = 200
    assert of_two(ink, dye, SCALE) is two


@pytest.mark.parametrize(("apart", "one"), [(1, True), (60, False)], ids=["wavering", "of its own"])
def test_two_inks_that_stand_in_no_strokes_of_their_own_are_one(apart: int, one: bool) -> None:
    """A blue so dark that a scan takes half of its pixels for black wavers all over."""
    ink = np.zeros((24, 200), dtype=np.bool_)
    ink[2:22, ::6] = ink[2:4, :] = True
    dye = np.where(np.indices(ink.shape).sum(axis=0) // apart % 2 == 0, 200, 0).astype(np.uint8)
    assert wavers(ink, dye, SCALE) is one


@pytest.mark.parametrize(("many", "excused"), [(2, 0), (3, 3), (4, 4), (5, 10)])
def test_an_ink_wavers_on_a_whole_page_or_is_a_pens(many: int, excused: int) -> None:
    """A pen put to two of ten values leaves the others alone; where half of them waver, all are one ink."""
    assert sum(of_one([True] * many + [False] * (10 - many))) == excused
