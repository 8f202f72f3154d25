"""Which column a word stands in: the end of a long cell is its own, even where another label is nearer."""

import pytest

from extractors.lines import Box, Line, Word
from extractors.padron.page.columns import Column, columns_of

HOME = Column("address", Box(58, 224, 87, 234))
TOWN = Column("municipality", Box(298, 224, 328, 234))
STREET = Word("Calle", Box(58, 239, 176, 249), 1.0)
VALUE = Word("Algeciras", Box(298, 239, 335, 249), 1.0)


@pytest.mark.parametrize(("begins", "column"), [(186, 0), (187, 1)])
def test_a_blank_wide_as_the_print_is_high_parts_no_cell(begins, column):
    """A postal code just behind its street is the home's, not the town's in the next box."""
    code = Word("11202", Box(begins, 239, begins + 40, 249), 1.0)
    place = columns_of([HOME, TOWN], [Line((STREET, code, VALUE))])
    assert place(code) == column


def test_what_stands_between_two_cells_goes_to_the_nearer_label():
    """A word hardly nearer to its left neighbour than to its right one is not taken for its end."""
    between = Word("Sur", Box(184, 239, 292, 249), 1.0)
    assert columns_of([HOME, TOWN], [Line((STREET, between, VALUE))])(between) == 1
