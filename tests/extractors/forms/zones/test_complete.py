"""What is whole by its own shape, so that no part of it can lie hidden."""

import pytest

from extractors.forms.template import Zone
from extractors.forms.zones.complete import complete
from extractors.lines import Box

WHOLE = [
    ("declarant.birth_date", None, "03/04/1981"),
    ("signature.applicant_date", "dmy", "03/04/2021"),
    ("applicant.birth_date", "ddmmyyyy", "03041981"),
    ("birth_date", "y", "1981"),
    ("birth_date", "d", "03"),
    ("applicant.mobile", None, "612 345 678"),
    ("applicant.address.postal_code", None, "28013"),
    ("declarant.id_number", None, "12345678Z"),
]
PARTS = [
    ("declarant.birth_date", None, "3/04/1981"),
    ("signature.applicant_date", "dmy", "3/04/2021"),
    ("birth_date", "d", "3"),
    ("applicant.mobile", None, "0034612345678"),
    ("applicant.address.postal_code", None, "2801"),
    ("declarant.id_number", None, "12345678A"),
    ("declarant.id_number", None, "AB123456"),
    ("declarant.first_surname", None, "Serrano"),
    ("applicant.address.number", None, "112"),
]


def zone(name, part):
    """A place of that name, for a whole value or one part of it."""
    return Zone(name=name, kind="text", box=Box(0, 0, 100, 12), label=(), ink=0.0, acroform="", part=part)


@pytest.mark.parametrize(("name", "part", "text"), WHOLE)
def test_a_value_to_which_nothing_can_be_added_is_complete(name, part, text):
    """All its figures are there, or its check letter holds."""
    assert complete(zone(name, part), text)


@pytest.mark.parametrize(("name", "part", "text"), PARTS)
def test_a_value_that_may_go_on_is_not(name, part, text):
    """A name may have a second word, a number of a foreign country any length, `3` a figure before it."""
    assert not complete(zone(name, part), text)
