"""Names that lost a letter within, as both readers see them."""

import pytest

from extractors.forms.zones.naming import doubtful, torn


@pytest.mark.parametrize("name", ["Im ne", "Ós ar", "tmane", "Ana m Ruiz"])
def test_a_small_word_that_no_name_has_is_a_rest_of_one(name):
    """A letter under correction fluid parts a name; what follows begins small."""
    assert doubtful(name, ())


@pytest.mark.parametrize("name", ["Pérez de la Vega", "ben Alí Haddú", "Puig i Soler", "María"])
def test_small_words_of_names_are_none(name):
    """Particles are written small in the middle and at the head."""
    assert not doubtful(name, ())


@pytest.mark.parametrize(
    ("text", "is_"), [("Cal e", True), ("Calle", False), ("12 b", False), ("Real 3 a", False)]
)
def test_a_small_letter_alone_at_the_end_is_the_rest_of_a_word(text, is_):
    """A door behind a number is none."""
    assert torn(text) == is_
