"""Words put together to lines."""

from extractors.lines import Box, Word, lines

UP = (
    Word("Código", Box(34, 739, 41, 761)),
    Word("seguro", Box(35.5, 716, 41, 737)),
    Word("de", Box(34, 706, 39, 714)),
    Word("verificación", Box(34, 669, 40, 704)),
)
"""A scan's words up the margin, whose boxes are as broad as their ink: a tail or a capital makes them so."""


def test_words_up_the_margin_are_one_line_though_their_ink_is_not_of_one_breadth():
    beside = Word("Baja", Box(60, 700, 85, 710))
    assert [line.text for line in lines((*UP, beside))] == ["Baja", "Código seguro de verificación"]


def test_one_narrow_drawing_of_letters_takes_no_small_word_of_the_print_with_it():
    """A piece of a stamp was read as a high word: a letter above or below it is the print's."""
    drawn = Word("ALAL", Box(100, 300, 110, 340))
    print_ = (Word("piso", Box(70, 280, 90, 290)), Word("2", Box(103, 280, 108, 290)))
    assert [line.text for line in lines((drawn, *print_))] == ["piso 2", "ALAL"]


def test_a_word_that_is_broader_than_the_margins_column_stays_in_its_own_line():
    level = Word("Alta", Box(33, 690, 55, 700))
    assert next(line.text for line in lines((*UP, level))) == "Alta"
