"""A letter that opposes the query of data, in a paper of no known kind."""

import pytest

from extractors.mentions import touched


@pytest.mark.parametrize(
    "line",
    [
        "Me opongo a la consulta de mis datos del padrón.",
        "No autorizo la consulta de mis datos",
        "No consiento que se consulten mis datos",
        "Opóñome á consulta",
        "I do not consent to the query",
    ],
)
def test_opposition_is_noticed_in_a_letter_and_not_on_a_form(line):
    """Forms print the words beside a box: there the box tells."""
    assert "opposes_queries" in touched(line, unknown=True)
    assert "opposes_queries" not in touched(line)


@pytest.mark.parametrize(
    "line", ["No me opongo a la consulta.", "Non me opoño á consulta", "Autorizo la consulta de mis datos"]
)
def test_who_does_not_oppose_is_not_said_to(line):
    """A denial and a consent are no opposition."""
    assert "opposes_queries" not in touched(line, unknown=True)
