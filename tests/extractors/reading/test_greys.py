"""Percentiles by one count are those of sorting."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.reading.greys import percentiles, spread

SHARES = (0, 0.2, 1, 33, 50, 90, 99.7, 100)


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (3, 5), (40, 31)])
def test_percentiles_of_greys_are_those_of_sorting_to_the_last_digit(size):
    """Of one pixel, of an even and of an odd number of them, at both ends and between two greys."""
    grey = np.random.default_rng(7).integers(0, 256, size).astype(np.uint8)
    assert percentiles(grey, SHARES).tolist() == np.percentile(grey, SHARES).tolist()


def test_the_median_is_that_of_the_pixels_asked_for():
    """What the mask leaves out does not count."""
    grey = np.random.default_rng(8).integers(0, 256, (20, 30)).astype(np.uint8)
    mask = (grey % 3 == 0).astype(np.uint8)
    assert percentiles(grey, (50,), mask) == np.median(grey[mask > 0])


@pytest.mark.parametrize(("low", "over"), [(0.0, 255.0), (31.4, 180.2), (200, 1)])
def test_greys_are_spread_as_if_each_pixel_were_reckoned(low, over):
    """From black to white, steeply and not at all."""
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    reckoned = np.clip((grey.astype(np.float32) - low) * (255 / over), 0, 255).astype(np.uint8)
    assert np.array_equal(spread(grey, low, over), reckoned)
