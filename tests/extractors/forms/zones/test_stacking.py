"""Two lines in a place for one, told from one line by letters that stand below others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.stacking import inserted, stacked

FACE = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", 28)


def told(text: str, below: str = "", down: int = 24) -> bool:
    """Whether *text*, with another value *down* pixels *below* it, stands on two lines."""
    picture = Image.new("L", (360, 100), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((10, 40), text, font=FACE, fill=0, anchor="ls")
    pen.text((10, 40 + down), below, font=FACE, fill=0, anchor="ls")
    return stacked(np.asarray(picture) < 128, 20.0)


@pytest.mark.parametrize(
    ("text", "below"), [("VIEIRA", "Iriarte"), ("D", "B"), ("1", "3"), ("Li", "María José")]
)
def test_a_value_below_another_is_on_a_second_line(text: str, below: str) -> None:
    """However short both are."""
    assert told(text, below)


@pytest.mark.parametrize(
    "text", ["Ángel Yagüe", "Mª José, Íñiguez", "1.º izq.", "3ª", "ana_gil@correo.example", "C/ Mayor-Sol"]
)
def test_what_rises_and_sinks_on_one_line_stays_on_it(text: str) -> None:
    """Accents, raised signs, commas, hyphens and letters with tails."""
    assert not told(text)


def test_a_word_set_a_little_lower_is_on_the_same_line() -> None:
    """A typewriter's carriage slips by half a letter."""
    assert not told("Sol", "      Mayor", down=10)


def test_ink_without_a_letter_is_on_no_line() -> None:
    """Dust alone."""
    assert not stacked(np.zeros((20, 20), dtype=np.bool_), 20.0)


def _drawn(text: str, put_in: str = "", at: tuple[int, int] = (0, 0)) -> bool:
    """Whether something was put in where *put_in* stands *at* a place by *text*."""
    picture = Image.new("L", (360, 100), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((10, 40), text, font=FACE, fill=0, anchor="ls")
    pen.text(at, put_in, font=FACE, fill=0, anchor="ms")
    return inserted(np.asarray(picture) < 128, 20.0)


@pytest.mark.parametrize(("text", "put_in", "at"), [("GARCIA", "n", (62, 18)), ("24/01/2026", "^", (62, 62))])
def test_a_letter_above_a_line_or_a_caret_below_it_was_put_in(
    text: str, put_in: str, at: tuple[int, int]
) -> None:
    """Which value its writer ended with, a person sees."""
    assert _drawn(text, put_in, at)


@pytest.mark.parametrize("text", ["Ángel Yagüe", "Mª José, Íñiguez", "1.º izq.", "ana_gil@correo.example"])
def test_accents_and_commas_were_not_put_in(text: str) -> None:
    """They are lower than a letter, or reach into the line."""
    assert not _drawn(text)
