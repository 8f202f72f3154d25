"""A value of two inks: typed in black and touched up in blue."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.forms.zones.inks import of_two

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


def test_a_blue_so_dark_that_a_scan_takes_half_of_it_for_black_is_one_ink() -> None:
    """It wavers within each stroke, where a second ink has strokes of its own."""
    ink = np.zeros((24, 200), dtype=np.bool_)
    ink[2:22, ::6] = ink[2:4, :] = True
    rows, columns = np.indices(ink.shape) // 2
    dye = np.where((rows + columns) % 2 == 0, 200, 0).astype(np.uint8)
    dye[2:4] = 200  # a stroke long enough for a pen's
    assert not of_two(ink, dye, SCALE)
