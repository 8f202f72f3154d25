"""A damaged file that holds an older version of itself is told; one that only lost its index is not."""

import pytest

from extractors.reading.files.versions import cut, several

FIRST = b"%PDF-1.7\n1 0 obj\n<</A 1>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
SAME = b"1 0 obj\n<</A 1>>\nendobj\n"
OTHER = b"1 0 obj\n<</A 2>>\nendobj\n"
INDEX = b"xref\ntrailer\n<<>>\nstartxref\n%d\n%%%%EOF\n"


@pytest.mark.parametrize("after", [b"", b"\n", b"\0" * 900, b"10 objections"])
def test_a_file_that_ends_where_it_says_was_not_cut(after):
    """Blanks and notes after the end are no version."""
    assert not cut(FIRST + after)


@pytest.mark.parametrize("left", [8, 12, len(OTHER)])
def test_a_version_that_did_not_arrive_whole_is_told(left):
    """From its first object on: what came before it is not what was sent."""
    assert cut(FIRST + OTHER[:left])


@pytest.mark.parametrize("data", [FIRST, FIRST[:-20], b"", FIRST[:-20] + SAME])
def test_one_version_is_no_doubt(data):
    """Whole, without its index, or with an object said twice in the same words."""
    assert not several(data)


@pytest.mark.parametrize(
    "data",
    [
        FIRST + OTHER + INDEX % 90,
        FIRST + INDEX % 90,
        FIRST[:-20] + OTHER,
        FIRST[:-20] + OTHER.replace(b" 0 ", b" 1 "),
    ],
)
def test_versions_that_differ_are_told(data):
    """Two indexes, or one number for two objects."""
    assert several(data)


def test_the_two_halves_of_a_file_for_the_web_are_one_version():
    """The first half says 0 where no index stands yet."""
    assert not several(FIRST.replace(b"startxref\n9", b"startxref\n0") + INDEX % 9)
