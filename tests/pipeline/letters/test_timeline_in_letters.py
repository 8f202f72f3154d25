"""The residence timeline in a letter: drawn and told where residence is the ground, and nowhere else."""

import io

import pikepdf
import pytest


def alternatives(data):
    """Return the words that stand for the pictures of a page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]


@pytest.mark.parametrize(
    ("kind", "rule", "outcome"),
    [
        ("requirement", "CE-RES-09", "cure"),
        ("hearing", "CE-RES-04", "not_met"),
        ("refusal", "CE-RES-04", "not_met"),
    ],
)
def test_it_is_drawn_with_its_words(told, page, text, found, kind, rule, outcome):
    """Who does not see the picture hears the same sentences; they stand as a list too."""
    made = page(told(findings=[found(rule, outcome)]), kind)
    (words,) = alternatives(made)
    sentence = "El año continuado no se cumple hasta el 01/10/2026"

    assert sentence in words
    assert sentence in text(made)


@pytest.mark.parametrize(
    ("kind", "rule", "outcome"), [("requirement", "CE-DOC-03", "cure"), ("refusal", "CE-COB-01", "not_met")]
)
def test_where_residence_is_not_the_ground_there_is_none(told, page, text, found, kind, rule, outcome):
    """A letter says what matters to it."""
    made = page(told(findings=[found(rule, outcome)]), kind)

    assert alternatives(made) == []
    assert "Su residencia, según los papeles" not in text(made)


def test_without_a_timeline_nothing_is_drawn(told, page, text):
    """No certificate came."""
    assert "Su residencia, según los papeles" not in text(page(told(residence=None), "refusal"))
