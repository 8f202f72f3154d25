"""Words of which a place has few: what is one of them, what is one of them misread, and what is neither."""

import pytest

from extractors.forms.template import Zone
from extractors.forms.zones.listed import listed, misread
from extractors.forms.zones.proofs import proof
from extractors.lines import Box


def zone(leaf):
    """A place for the last part of a field's name."""
    return Zone(
        name=f"applicant.address.{leaf}", kind="text", box=Box(0, 0, 90, 12), label=(), ink=0.0, acroform="",
        value=None, part=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("leaf", "text"),
    [("street_type", "C/"), ("street_type", "Avda."), ("floor", "BAJO"), ("door", "Izq"), ("number", "S/N")],
)
def test_a_word_of_its_place_is_known_however_it_is_written(leaf, text):
    """In capitals, with a point, with a stroke."""
    assert listed(zone(leaf), text)


@pytest.mark.parametrize(("leaf", "text"), [("floor", "Entlo"), ("number", "s/n."), ("door", "Izq.")])
def test_a_word_that_lost_its_point_may_have_lost_more_and_a_speck_may_be_one(leaf, text):
    """It is no other word for all that."""
    assert [listed(zone(leaf), text), misread(zone(leaf), text)] == [False, False]


@pytest.mark.parametrize(
    ("leaf", "text"), [("street_type", "Bajo"), ("street_name", "Calle"), ("door", "B"), ("floor", "2")]
)
def test_a_word_of_another_place_a_letter_and_a_figure_are_not(leaf, text):
    """Nothing speaks for a letter but its own strokes."""
    assert not listed(zone(leaf), text)


def test_a_word_that_another_is_like_says_nothing_for_itself():
    """A square in Spanish, Galician and Catalan: one sign tells them apart."""
    assert not any(listed(zone("street_type"), text) for text in ("Plaza", "Praza", "Plaça"))
    assert not any(misread(zone("street_type"), text) for text in ("Plaza", "Praza", "Plaça"))


@pytest.mark.parametrize(("leaf", "text"), [("door", "Doha"), ("street_type", "Cable"), ("floor", "Baja")])
def test_a_word_but_for_a_sign_is_in_doubt(leaf, text):
    """A fax closed the c of a door on the right, and both readers were sure of a town in Qatar."""
    assert proof(zone(leaf), text) == "failed"
