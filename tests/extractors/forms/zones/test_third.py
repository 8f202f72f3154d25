"""A third reader's word on what two saw alike and what would not pass."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.certainty import ACCEPTED, Second, Signals, certainty
from extractors.forms.template import Zone
from extractors.forms.zones.cleaning import Written
from extractors.forms.zones.handwriting import make
from extractors.forms.zones.looks import Said
from extractors.forms.zones.places import Place
from extractors.forms.zones.third import confirmed
from extractors.forms.zones.twice import Twice
from extractors.lines import Box
from extractors.reading.raster import Grey

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
BOX = Box(0, 0, 100, 20)


def line(text: str) -> Grey:
    """Return one line of print whose letters are as high as places bring them."""
    font = ImageFont.truetype(FACE, 42)
    picture = Image.new("L", (round(font.getlength(text)) + 24, 66), 255)
    ImageDraw.Draw(picture).text((12, 6), text, font=font, fill=20)
    return np.asarray(picture)


def place(
    drawn: str, text: str, second: Second = "same", told: float = 0.97, name: str = "applicant.address.city"
) -> Place:
    """Return a place in which *drawn* stands and two readers saw *text*, the second so sure of it."""
    pixels = line(drawn)
    found = Written(pixels=pixels, ink=pixels < 128, box=BOX, high=10.0)
    said = Said(text, told)
    seen = Twice(text, Signals(0.9, second, told=told), said, said)
    return Place(
        Zone(name=name, kind="text", box=BOX, label=(), ink=0.0, acroform=""),
        found,
        seen,
        make(found, 200 / 72),
        [pixels],
    )


@pytest.mark.parametrize(("drawn", "text"), [("CALLE", "CALLE"), ("Vigo", "VIGO"), ("Peñón", "Peñon")])
def test_what_a_third_reader_sees_too_is_sure(drawn: str, text: str) -> None:
    """Accents and case decide nothing."""
    assert confirmed(place(drawn, text)) >= ACCEPTED


@pytest.mark.parametrize(
    ("drawn", "text"), [("CALLE", "ALLE"), ("FERREIRÓS", "FFRREIRÓS"), ("Vigo", "Vigo.")]
)
def test_what_a_third_reader_sees_otherwise_is_not(drawn: str, text: str) -> None:
    """A letter that two missed, one that they took for another, a speck for a point."""
    assert confirmed(place(drawn, text)) == 0.0


@pytest.mark.parametrize(("second", "told"), [("other", 0.99), ("none", 0.99), ("same", 0.94)])
def test_nobody_is_asked_about_what_two_did_not_see_alike_and_clearly(second: Second, told: float) -> None:
    """Two recognisers that stumble over one mark outvote nobody."""
    assert confirmed(place("CALLE", "CALLE", second, told)) == 0.0


@pytest.mark.parametrize("name", ["applicant.address.street_type", "applicant.address.stair"])
def test_a_sign_or_two_may_be_what_is_left_of_a_value(name: str) -> None:
    """C is what a fax left of C/, and a stroke is an I as well as a 1; two figures of a day are figures."""
    assert confirmed(place("Cc", "Cc", name=name)) == 0.0
    assert confirmed(place("4", "4", name="applicant.phone")) == 0.0
    assert confirmed(place("24", "24", name="applicant.phone")) >= ACCEPTED


def test_figures_are_compared_sign_by_sign() -> None:
    """In a number no letter may stand for a figure."""
    assert confirmed(place("51001", "51001", name="applicant.phone")) >= ACCEPTED
    assert confirmed(place("51001", "51007", name="applicant.phone")) == 0.0


def test_what_a_third_reader_is_not_sure_of_stays_in_doubt() -> None:
    """Its own certainty tells: from 0.95 on none was counted wrong."""
    sure = [certainty("zone", "name", Signals(0.9, "third", told=told)) for told in (0.95, 0.5)]
    assert sure[0] >= ACCEPTED > sure[1]


@pytest.mark.parametrize(
    ("text", "name"), [("DZ227120", "applicant.id_number"), ("PLA7", "applicant.address.street_type")]
)
def test_nobody_is_asked_about_signs_that_nothing_proves(text: str, name: str) -> None:
    """A passport's number that a fax cut is another passport's; no street's sort has a figure."""
    assert confirmed(place(text, text, name=name)) == 0.0
