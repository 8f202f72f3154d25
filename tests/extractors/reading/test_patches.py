"""Patches of ink: the same as OpenCV's own, whose order others rely on."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.forms.ink.strokes import without_specks
from extractors.reading.patches import patches


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.95])
@pytest.mark.parametrize(("corners", "ways"), [(True, 8), (False, 4)])
def test_patches_are_those_of_the_usual_way_and_in_its_order(share, corners, ways):
    """Labels, boxes and middles are equal to the last digit, on a window cut out of a larger one too."""
    ink = (np.random.default_rng(5).random((211, 307)) < share)[3:-5, 2:-9]
    count, *told = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=ways)
    found = patches(ink, corners=corners)
    assert found.total == count
    assert all(np.array_equal(a, b) for a, b in zip(told, found[1:], strict=True))


def test_a_window_of_ink_alone_is_one_patch_and_its_paper_has_no_area():
    """Nothing is divided by the paper that is not there."""
    found = patches(np.full((4, 6), 255, np.uint8))
    assert found.stats.tolist() == [[0, 0, 6, 4, 0], [0, 0, 6, 4, 24]]
    assert found.middles[1].tolist() == [2.5, 1.5]


def test_a_small_window_is_told_as_a_part_of_a_large_one():
    """Ink that fills its first row changes nothing, and the paper's box is the whole window all the same."""
    ink = np.random.default_rng(6).random((40, 60)) < 0.1
    ink[0] = True
    small, large = patches(ink), patches(np.pad(ink, ((0, 300), (0, 300))))
    assert small.stats[0].tolist() == [0, 0, 60, 40, 2400 - int(ink.sum())]
    assert np.array_equal(small.labels, large.labels[:40, :60])
    assert np.array_equal(small.stats[1:], large.stats[1:])
    assert np.array_equal(small.middles[1:], large.middles[1:])


@pytest.mark.parametrize("size", [(0, 4), (5, 0), (5, 4)])
def test_a_piece_without_ink_has_no_specks_to_lose(size):
    """Not even one without a pixel, which OpenCV cannot part."""
    assert not without_specks(np.zeros(size, np.bool_), 2.0).any()


def test_specks_go_and_the_stroke_beside_them_stays():
    """A stroke of the least length stays, one of a pixel less goes, wherever on the piece they lie."""
    ink = np.zeros((20, 30), np.bool_)
    ink[3, 4:9] = ink[15, 25:29] = True
    kept = without_specks(ink, 5)
    assert kept[3, 4:9].all()
    assert int(kept.sum()) == 5
