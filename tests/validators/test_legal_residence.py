"""Which words of a card prove that its holder resides."""

import pytest

from validators.facts import Fact
from validators.rules._legal_residence import _stay_only

RESIDENCE, STAY = "RESIDENCIA TEMPORAL", "ESTANCIA POR ESTUDIOS"


@pytest.mark.parametrize(
    ("value", "others", "stay"),
    [(RESIDENCE, (), False), (STAY, (), True), (RESIDENCE, (STAY,), True), (STAY, (RESIDENCE,), True)],
)
def test_one_reading_as_a_stay_is_enough_to_prove_no_residence(value, others, stay):
    """Two cards of one number may bear other words: the surer one does not outweigh the other."""
    permit = Fact(value=value, confidence=0.99, evidence=(), others=others)
    assert _stay_only(permit) is stay
