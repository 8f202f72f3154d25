"""Pictures made smaller by whole steps."""

import numpy as np

from extractors.reading.shrinking import smaller


def test_each_pixel_is_the_mean_of_those_it_stands_for() -> None:
    """By halves, and by a step that is none."""
    pixels = np.arange(144, dtype=np.uint8).reshape(12, 12)
    told = pixels.reshape(2, 6, 2, 6).astype(float).mean(axis=(1, 3))
    assert np.abs(smaller(pixels, 6) - told).max() <= 1
    assert smaller(pixels, 4).shape == (3, 3)


def test_what_makes_no_whole_pixel_is_left_out() -> None:
    """Eleven rows in steps of four are two; the three last ones are not mixed in."""
    pixels = np.zeros((11, 8, 3), np.uint8)
    pixels[8:] = 255
    assert smaller(pixels, 4).shape == (2, 2, 3)
    assert not smaller(pixels, 4).any()


def test_a_pixel_stays_of_a_picture_smaller_than_the_step() -> None:
    """A strip of three rows is no less than one row high."""
    assert smaller(np.full((3, 90), 7, np.uint8), 16).tolist() == [[7] * 30]
