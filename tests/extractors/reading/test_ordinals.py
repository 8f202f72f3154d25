"""A small raised sign is told from a zero by where it hangs, and only there."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.words.ordinals import restored

FACES = "/usr/share/fonts/truetype/dejavu/DejaVu{}.ttf"


def line(text, face):
    """Return one line of print."""
    font = ImageFont.truetype(FACES.format(face), 40)
    paper = Image.new("L", (round(font.getlength(text)) + 30, 70), 255)
    ImageDraw.Draw(paper).text((15, 8), text, font=font, fill=10)
    return np.asarray(paper)


@pytest.mark.parametrize("face", ["Sans", "SansMono"])
@pytest.mark.parametrize(
    ("seen", "typed"),
    [
        ("30", "3º"),
        ("Calle Mayor, 5, 20, izq", "Calle Mayor, 5, 2º, izq"),
        ("10 de marzo de 2026", "1º de marzo de 2026"),
        ("Fecha de expedición: 10 de marzo de 2026", "Fecha de expedición: 10 de marzo de 2026"),
        ("70 %", "70 %"),
        ("Constitución, piso 20", "Constitución, piso 20"),
    ],
)
def test_a_zero_is_a_raised_sign_only_where_one_hangs(seen, typed, face):
    """An accent beside an i hangs as well, and so do the rings of a percent sign: a 10 before them is ten."""
    assert restored(seen, line(typed, face)) == typed


@pytest.mark.parametrize("text", ["19 de marzo", "20, bajo"])
def test_a_worn_figure_whose_top_alone_is_black_is_no_raised_sign(text):
    """Its foot is pale and goes on all the way down; under a sign there is paper."""
    worn = line(text, "SansMono").copy()
    worn[30:, 40:64] = 255 - (255 - worn[30:, 40:64].astype(int)) // 3
    assert restored(text, worn) == text


def test_a_day_in_figures_has_no_raised_sign():
    """Whatever hangs where its figures stand."""
    assert restored("19.04.2013", line("1º.04.2013", "Sans")) == "19.04.2013"
