"""Numbered blocks of a form become one list whose parts keep their own certainty."""

import pytest

from extractors.document import Field
from extractors.forms.lists import gathered
from extractors.lines import Box


def field(value, sure, page=1, x=0.0):
    """Return one field of a block."""
    text = "" if value in {None, False} else str(value)
    return Field(value=value, text=text, confidence=sure, page=page, box=Box(x, 0, x + 9, 9))


def people(*blocks):
    """Return the list of blocks given as name: (value, certainty)."""
    named = {
        f"beneficiaries.{n}.{name}": field(value, sure, x=10.0 * at)
        for n, block in enumerate(blocks)
        for at, (name, (value, sure)) in enumerate(block.items())
    }
    return gathered(named)["beneficiaries"]


ANA = {"given_name": ("Ana", 0.99), "disability": (False, 0.97), "relationship": ("child", 0.96)}
NOBODY = {"given_name": (None, 0.99), "disability": (False, 0.99), "relationship": (None, 0.99)}


def sure(found, n=0):
    """Return the certainty of the parts of item *n*."""
    return {name: part.confidence for name, part in found.items[n].parts.items()}


def test_a_doubtful_tick_leaves_the_name_beside_it_as_sure_as_it_was():
    """The list and its item are as sure as the least of their parts, each part as sure as itself."""
    found = people(ANA | {"disability": (True, 0.5)}, NOBODY)

    assert sure(found) == {"given_name": 0.99, "disability": 0.5, "relationship": 0.96}
    assert (found.confidence, found.items[0].confidence) == (0.5, 0.5)
    assert found.items[0].parts["relationship"].box == Box(20, 0, 29, 9)


def test_a_block_that_may_not_be_empty_holds_every_part():
    """Whoever may stand in it would move all that follow."""
    found = people(NOBODY | {"disability": (False, 0.5)}, ANA)

    assert max(sure(found).values()) == found.confidence == 0.5


@pytest.mark.parametrize(("name", "most"), [(0.5, 0.96), (0.99, 0.99)])
def test_one_sure_entry_proves_that_somebody_stands_in_a_block(name, most):
    """A name that nobody could read well counts its block as little as a doubtful tick does."""
    found = people(ANA | {"given_name": ("Ana", name)})

    assert sure(found)["disability"] == min(0.97, most)
    assert sure(found)["given_name"] == name


def test_a_block_of_nothing_but_doubts_is_no_sure_person():
    """That an empty part of it is empty is no surer than that the block is somebody's."""
    found = people(NOBODY | {"given_name": ("A", 0.6)})

    assert sure(found)["disability"] == 0.6
