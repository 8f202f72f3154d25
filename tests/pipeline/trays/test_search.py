"""Search finds by all words at once, each the beginning of one, the newest first."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.store.schema import cases
from pipeline.trays import search as searching
from pipeline.trays.search import Search, found, numbered, too_short
from pipeline.trays.tables import standings, words
from pipeline.trays.wanted import Reach
from tests.pipeline.trays.conftest import BOTH, NOW

pytestmark = BOTH


@pytest.fixture
def find(store):
    """Return a function that searches and gives the numbers found."""

    def look(text="", **other):
        reach = Reach(offices=other.pop("offices", None))
        return [one.number for one in found(store, Search(text=text, reach=reach, at=NOW, **other)).lines]

    return look


def test_all_words_must_begin_a_word_of_the_case(lay, find):
    """In any order; what lacks one is not found."""
    ana = lay(said=("garcia", "munoz", "ana", "x1234567l"))
    lay(said=("garcia", "ruiz", "luis"))

    assert find("Muñ GARC") == find("x-1234567") == find("ana muñoz garcía") == [ana]
    assert find("garcia zz") == []


@pytest.mark.parametrize("least", [1, 2000])
def test_a_common_word_is_found_as_a_rare_one_is(lay, find, monkeypatch, least):
    """Both ways of looking give the same, the newest first."""
    monkeypatch.setattr(searching, "_MANY", least)
    made = [lay(said=("garcia",)) for _ in range(3)]
    lay(said=("ruiz",))

    assert find("gar") == made[::-1]


def test_what_comes_after_a_word_in_another_script_is_found(lay, find):
    """The index goes by the code of letters, whatever the language of the database."""
    number = lay(said=("نور", "ñandu", "zzz"))

    assert find("نو") == [number]
    assert find("zz") == [number]


def test_signs_of_the_database_are_no_jokers(lay, find):
    """A per cent is a sign like others; a quote ends nothing."""
    lay(said=("garcia",))

    assert find("%%") == []
    assert find("gar' OR '1'='1") == []


def test_a_search_is_narrowed_by_office_days_and_queue(lay, find):
    """And by whose cases somebody sees."""
    first = lay("review-residence", received_on=dt.date(2026, 3, 1))
    second = lay("cure-papers", office="MEL01", received_on=dt.date(2026, 3, 2))

    assert find(since=dt.date(2026, 3, 2)) == [second]
    assert find(until=dt.date(2026, 3, 1)) == [first]
    assert find(queue="cure") == find(office="MEL01") == [second]
    assert find(offices=frozenset({"CEU01"})) == [first]


def test_pages_of_a_search_follow_each_other(store, lay, monkeypatch):
    """By the order of entry, none twice."""
    monkeypatch.setattr(searching, "PAGE", 2)
    made = [lay(said=("garcia",)) for _ in range(3)]
    asked = Search(text="garcia", reach=Reach(), at=NOW)

    one = found(store, asked)
    two = found(store, asked, one.after)

    assert [line.number for line in (*one.lines, *two.lines)] == made[::-1]
    assert two.after is None


def test_an_exact_number_names_a_case(store, lay):
    """Though it lies in no tray yet."""
    number = lay()

    assert numbered(store, f" {number.lower()}") == number
    assert numbered(store, number[:-1]) is None


@pytest.mark.parametrize(
    ("text", "short"), [("a", True), ("a b", True), ("", False), ("ab", False), (".", True)]
)
def test_a_single_letter_says_too_little(store, text, short):
    """Nothing at all is another question."""
    del store
    assert too_short(text) == short


def test_what_is_in_the_index_goes_with_the_case(store, lay):
    """Nothing of a person is left when a case is erased."""
    lay(said=("garcia",))
    with store.write() as connection:
        connection.execute(sa.delete(cases))

    with store.read() as connection:
        assert (
            connection.execute(sa.select(words)).all() == connection.execute(sa.select(standings)).all() == []
        )
