"""Two readings of one piece: what is no difference at all lowers nothing."""

import numpy as np
import pytest

from extractors.lines import Box, Line, Word
from extractors.reading.words.recogniser import Told
from extractors.reading.words.verdict import verdict

BARE = np.full((20, 200), 255, np.uint8)


def _last(read, told):
    words = [Word(text, Box(60 * at, 0, 60 * at + 50, 10), 0.89) for at, text in enumerate(read.split())]
    return verdict(Line(tuple(words)), BARE, Told(told, 0.999), 2.8)[-1].word


@pytest.mark.parametrize("year", ["2014ko", "2014.eko", "“2014ko"])
def test_the_ending_of_a_basque_day_may_look_like_an_ordinal(year):
    """`2a` and `2ª` are one day behind its year and month."""
    assert _last(f"{year} abenduaren 2a", f"{year} abenduaren 2ª").confidence >= 0.9


@pytest.mark.parametrize("place", ["Calle Real 2a", "núm. 2014 2a", "2014ko abenduaren a"])
def test_elsewhere_an_ordinal_is_another_sign(place):
    """A door is `2a` or `2ª`."""
    assert _last(place, place[:-1] + "ª").confidence < 0.9
