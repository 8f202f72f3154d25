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


@pytest.mark.parametrize(("read", "told"), [("26.04,2017", "26.04.2017"), ("-1/11/2020'", "1/11/2020")])
def test_a_day_is_written_as_the_reader_saw_it_that_saw_one_sign_in_it(read, told):
    """Both see the same figures, parted in the same places; no day is written with a stop and a comma."""
    assert _last(f"Alta {read}", f"Alta {told}").text == told


@pytest.mark.parametrize("told", ["26,04.2017", "2.604.2017", "26.04.2011"])
def test_a_day_that_the_other_saw_no_plainer_stays_as_it_was_read(told):
    """Nor is one taken that parts its figures elsewhere."""
    assert _last("Alta 26.04,2017", f"Alta {told}").text != told
