"""A third reader's word on those of a page that two saw alike and that would not pass."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.certainty import ACCEPTED
from extractors.lines import Box, Word
from extractors.reading.raster import Raster
from extractors.reading.words.third import confirmed
from extractors.reading.words.verdict import Judged

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
SCALE = 200 / 72


def paper(text: str, *, bilevel: bool = False) -> tuple[Raster, Box]:
    """Return a paper with one word of eleven points on it, and where that stands, in points."""
    font = ImageFont.truetype(FACE, round(11 * SCALE))
    picture = Image.new("L", (500, 120), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((60, 40), text, font=font, fill=20)
    box = Box(*(side / SCALE for side in pen.textbbox((60, 40), text, font=font)))
    return Raster(grey=np.asarray(picture), scale=SCALE, bilevel=bilevel), box


def judged(text: str, sure: float = 0.89, drawn: str = "", *, bilevel: bool = False, **more: object) -> float:
    """Return how sure a word is, and whether by a third, that two saw as *text* where *drawn* stands."""
    picture, box = paper(drawn or text, bilevel=bilevel)
    word = Word(text, box, sure)
    found = confirmed(picture, {word: Judged(word, **more)})  # type: ignore[arg-type]
    return found[word].word.confidence if word in found else 0.0


@pytest.mark.parametrize("text", ["14/03/2017", "Ceuta,", "empadronada"])
def test_a_word_that_a_third_reader_sees_too_is_sure(text: str) -> None:
    """Stops at its ends are nobody's value."""
    assert judged(text) >= ACCEPTED


@pytest.mark.parametrize(("drawn", "text"), [("14/03/2017", "14/03/2011"), ("Melilla", "Melida")])
def test_a_word_that_it_sees_otherwise_stays_in_doubt(drawn: str, text: str) -> None:
    """Two readers saw what does not stand there."""
    assert judged(text, drawn=drawn) == 0.0


@pytest.mark.parametrize("more", [{"other": "14/03/2011"}, {"open": True}])
def test_nobody_is_asked_where_the_two_differ(more: dict[str, object]) -> None:
    """A person sees both readings."""
    assert judged("14/03/2017", **more) == 0.0


def test_a_single_sign_is_not_asked_about() -> None:
    """A stroke is a stroke to all three."""
    assert judged("1") == 0.0


def test_figures_of_a_fax_are_asked_about_however_sure_two_are() -> None:
    """Where it lost a stroke both see the same other figure."""
    assert judged("2017", 0.999, bilevel=True) >= ACCEPTED
    assert judged("2017", 0.999) == 0.0
    assert judged("Melilla", 0.999, bilevel=True) == 0.0
