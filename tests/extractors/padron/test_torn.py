"""Words of a scan that stand as far apart as columns do are no one value."""

import pytest

from extractors.page import Box, Page, Word
from extractors.prose import Prose


@pytest.mark.parametrize(
    ("begins", "reader", "sure"), [(120, "ocr", 0.95), (121, "ocr", 0.85), (121, "text", 0.95)]
)
def test_a_value_with_a_column_of_white_in_it_is_not_sure(begins, reader, sure):
    """Twice the height of print between two words is more than a blank; a text layer knows its words."""
    words = (Word("Algeciras", Box(50, 10, 100, 20), 1.0), Word("Algeciras", Box(begins, 10, 170, 20), 1.0))
    page = Page(number=1, width=595, height=842, words=words, reader=reader, picture=lambda: None)
    assert Prose([page]).field(0, 19, "x", 0.95).confidence == sure
