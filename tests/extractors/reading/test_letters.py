"""Two readings of one line, compared word by word."""

import pytest

from extractors.reading.words.letters import compared, figured, in_place


def test_spaces_and_stops_make_no_difference():
    """One reader parts words where the other does not, and neither sees each full stop."""
    assert compared(["Nº.", "12", "de", "mayo,"], "Nº12 de mayo") == ["same"] * 4


def test_accents_and_capitals_alone_are_told_apart_from_other_letters():
    """The same letters under other accents are no contradiction, and no confirmation either."""
    assert compared(["Merce", "Nunez", "Rius"], "Mercè Núñez Ríos") == ["accents", "accents", "other"]


@pytest.mark.parametrize("told", ["11/1/2020", "1/11/2026", "1/11/202", "1/1/2020"])
def test_a_day_with_other_figures_or_parted_elsewhere_is_another(told: str):
    """The eleventh of January and the first of November have the same figures."""
    assert compared(["1/11/2020"], told) == ["other"]


def test_an_added_letter_puts_both_its_neighbours_in_doubt():
    """Nobody can say to which of two words a letter between them belongs."""
    assert compared(["el", "3", "de"], "el 38 de") == ["same", "other", "other"]


def test_words_are_matched_only_where_both_see_as_many():
    """Strokes of a ruling are no words."""
    assert in_place(["Alta", "2020"], "| Alta 2020") == ["Alta", "2020"]
    assert in_place(["Alta", "2020"], "Alta2020") is None


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("O5-feb-2018", "05-feb-2018"),
        ("l2/1O/2O18", "12/10/2018"),
        ("O1-oct-2018", "01-oct-2018"),
        ("OOO-lll-OOOO", "OOO-lll-OOOO"),
        ("SO5-feb-2018", "SO5-feb-2018"),
        ("Olot", "Olot"),
    ],
)
def test_only_among_the_figures_of_a_day_a_round_or_straight_sign_is_one(seen, meant):
    """No letter can stand there; a month's own, and those of any other word, stay letters."""
    assert figured(seen) == meant
