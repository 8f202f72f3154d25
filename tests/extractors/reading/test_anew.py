"""A word that stayed in doubt is looked at once more, alone."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.certainty import ACCEPTED
from extractors.lines import Box, Word
from extractors.reading.raster import Raster
from extractors.reading.words import anew
from extractors.reading.words.recogniser import Told
from extractors.reading.words.verdict import Judged

PAPER = Raster(grey=np.full((100, 300), 255, np.uint8), scale=2.0)
DAY = Word("04-oct-2017", Box(10, 10, 60, 20), 0.89)


@pytest.fixture
def seen(monkeypatch):
    """Return what becomes of a word as judged when both readers look again and say so."""

    def look(one, recogniser, engine):
        monkeypatch.setattr(anew.recogniser, "tell", lambda crops: [recogniser] * len(crops))
        monkeypatch.setattr(anew, "enlarged", lambda *_: engine)
        return anew.anew(PAPER, {DAY: one}).get(DAY, one).word.confidence

    return look


def test_a_word_that_both_see_alike_again_is_sure_where_the_recogniser_is(seen):
    assert seen(Judged(DAY), Told("04-oct-2017", 0.999), "04-oct-2017") >= ACCEPTED
    assert seen(Judged(DAY), Told("04-oct-2017", 0.99), "04-oct-2017") == DAY.confidence


def test_a_round_sign_among_its_figures_is_a_nought_to_the_engine_too(seen):
    assert seen(Judged(DAY), Told("04-oct-2017", 0.999), "O4-oct-2017") >= ACCEPTED


@pytest.mark.parametrize(
    ("recogniser", "engine"), [("04-oct-2017", "04-oct-2011"), ("04-oct-2011", "04-oct-2017")]
)
def test_a_word_that_one_of_them_sees_otherwise_stays_in_doubt(seen, recogniser, engine):
    assert seen(Judged(DAY), Told(recogniser, 0.999), engine) == DAY.confidence


def test_what_another_look_saw_otherwise_is_not_asked_again(seen):
    """Two looks that differ are shown to a person, whatever more looks say."""
    assert seen(Judged(DAY, "04-oct-2011"), Told("04-oct-2017", 0.999), "04-oct-2017") == DAY.confidence


def test_a_single_stroke_is_not_asked_again(seen):
    """Alone and larger it is the same stroke."""
    one = Judged(DAY._replace(text="1"))
    assert seen(one, Told("1", 0.999), "1") == DAY.confidence


def test_the_recogniser_is_not_shown_again_what_it_was_shown_alone(monkeypatch):
    """It would say the same; what stood beside others is looked at, and each keeps its own answer."""
    beside, shown = DAY._replace(text="05-oct-2017", box=Box(10, 30, 60, 40)), []
    monkeypatch.setattr(
        anew.recogniser,
        "tell",
        lambda crops: shown.extend(crops) or [Told("05-oct-2017", 0.999)] * len(crops),
    )
    monkeypatch.setattr(anew, "enlarged", lambda *_: DAY.text)
    found = anew.anew(PAPER, {DAY: Judged(DAY), beside: Judged(beside)}, {DAY: Told(DAY.text, 0.999)})
    assert list(found) == [DAY]
    assert len(shown) == 1
