"""What is asked of one case again and again is worked out once, and forgotten with the case."""

from dataclasses import dataclass
from threading import Thread

import pytest

from validators.once import kept, once


@dataclass(frozen=True)
class Thing:
    name: str


@pytest.fixture
def counted():
    """A marked function, and the things that it was really asked about."""
    asked = []

    @once
    def named(thing: Thing) -> list[str]:
        asked.append(thing)
        return [thing.name]

    return named, asked


def test_within_a_case_the_same_question_has_the_same_answer(counted):
    """The very answer, not one like it: it is not worked out again."""
    named, asked = counted
    thing = Thing("a")
    with kept():
        assert named(thing) is named(thing)
    assert len(asked) == 1


def test_equal_things_are_not_the_same_thing(counted):
    """Nothing is compared: who is like another gets an answer of their own."""
    named, asked = counted
    with kept():
        named(Thing("a"))
        named(Thing("a"))
    assert len(asked) == 2


def test_between_cases_nothing_is_kept(counted):
    """An answer does not outlive its case, and outside a case there is none."""
    named, asked = counted
    thing = Thing("a")
    with kept():
        named(thing)
    named(thing)
    named(thing)
    assert len(asked) == 3


def test_a_case_that_fails_is_forgotten_too(counted):
    """Whatever ends the block, its answers go."""
    named, asked = counted
    thing = Thing("a")
    with pytest.raises(AttributeError), kept():
        named(thing).nothing_of_the_kind()
    named(thing)
    assert len(asked) == 2


def test_another_thread_keeps_its_own_answers(counted):
    """Two cases judged at once do not see each other's."""
    named, asked = counted
    thing = Thing("a")
    with kept():
        named(thing)
        other = Thread(target=named, args=(thing,))
        other.start()
        other.join()
    assert len(asked) == 2
