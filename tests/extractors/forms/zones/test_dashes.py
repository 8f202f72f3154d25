"""Streaks of which a page's ink holds but dashes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from extractors.forms.zones.dashes import dashed, letterlike

SCALE = 200 / 72


def page(dashes: int, apart: int, wide: int = 1) -> npt.NDArray[np.uint8]:
    """Return a page with so many dashes of 15 pixels, so many rows apart, leaning to the left."""
    ink = np.zeros((1200, 400), dtype=np.uint8)
    for at in range(dashes):
        row, column = 20 + at * apart, round(300 - 0.02 * at * apart)
        ink[row : row + 15, column : column + wide] = 1
    return ink


def test_a_dozen_dashes_on_one_line_down_the_page_are_a_streak() -> None:
    """They are taken away."""
    ink = page(12, 90)
    found = dashed(ink, ink, SCALE)

    assert len(found.streaks) == 1
    assert not (ink & ~found.covered).any()


@pytest.mark.parametrize(
    "ink", [page(11, 90), page(12, 30), page(12, 90, wide=4)], ids=["too few", "too short", "too thick"]
)
def test_fewer_or_closer_or_thicker_strokes_are_none(ink: npt.NDArray[np.uint8]) -> None:
    """A column of figures is none."""
    assert not dashed(ink, ink, SCALE).streaks


def test_a_letter_on_the_line_of_a_streak_is_kept() -> None:
    """Its strokes are broader than a dash."""
    ink = page(13, 90)
    ink[570:590, 285:305] = 1
    found = dashed(ink, ink, SCALE)

    assert found.streaks
    assert not found.covered[570:590, 286:304].any()


@pytest.mark.parametrize(("high", "may_be"), [(11, False), (12, True)])
def test_a_dash_as_high_as_a_letter_may_have_been_one(high: int, may_be: bool) -> None:
    """A thin I or 1 on the line, in whose place nothing is left: 4.5 points."""
    erased = np.zeros((40, 20), dtype=np.uint8)
    erased[10 : 10 + high, 9] = 1

    assert letterlike(erased, SCALE) == may_be
