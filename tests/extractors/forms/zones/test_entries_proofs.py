"""What a value of a form proves by itself, and what it does not."""

import pytest

from extractors.forms.template import Zone
from extractors.forms.zones.proofs import likeness, proof, repaired
from extractors.lines import Box


def zone(name, part=None):
    """A place of that name."""
    return Zone(
        name=name, kind="text", box=Box(0, 0, 9, 9), label=(), ink=0.0, acroform="", value=None, part=part
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("applicant.id_number", "12345678Z", "held"),
        ("applicant.address.city", "CEUTA", "none"),
        ("applicant.address.city", "CFUTA", "failed"),  # a fax lost a stroke
        ("applicant.address.city", "Fnideq", "none"),
        ("applicant.id_number", "12.345.678-Z", "held"),
        ("applicant.id_number", "12345678A", "failed"),
        ("applicant.id_number", "AB1234567", "none"),
        ("applicant.id_number", "154258625", "failed"),  # 15425862S, its letter taken for a figure
        ("applicant.id_number", "270860332", "failed"),  # 27086033Z, or Z7086033Z
        ("applicant.id_number", "573778603", "failed"),  # 57377860J, the hook of its letter for a 3
        ("applicant.id_number", "X04593247", "failed"),  # X0459324Z, its letter without a foot
        ("applicant.id_number", "123456789", "none"),
        ("applicant.id_number", "1245678Z", "failed"),  # a figure lies under correction fluid
        ("applicant.id_number", "X124567L", "failed"),
        ("applicant.id_number", "Y8828299", "failed"),  # its letter is whitened out
        ("applicant.id_number", "22538425", "failed"),
        ("applicant.id_number", "AB123456C", "none"),
        ("account.iban", "ES9121000418450200051332", "twice"),
        ("account.iban", "DE89370400440532013000", "held"),
        ("account.iban", "ES9121000418450200051333", "failed"),
        ("holder.social_security_number", "511234567829", "failed"),
        ("address.postal_code", "51001", "none"),
        ("address.postal_code", "53001", "failed"),
        ("notification.mobile", "600123456", "none"),
        ("notification.mobile", "60012345", "failed"),
        ("applicant.birth_date", "31/02/1980", "failed"),
        ("applicant.birth_date", "28/02/1980", "none"),
        ("signature.applicant_date", "28/02/1980", "failed"),
        ("applicant.first_surname", "Núñez", "none"),
        ("applicant.first_surname", "Nu9ez", "failed"),
        ("applicant.nationality", "Chilena", "none"),
        ("applicant.nationality", "Ch lena", "failed"),
        ("notification.email", "ana@correo.example", "none"),
        ("notification.email", "ana0correo.example", "failed"),
    ],
)
def test_a_value_says_for_itself(name, text, told):
    """Check letters, check digits, days, provinces and shapes."""
    assert proof(zone(name), text) == told


@pytest.mark.parametrize(("part", "text"), [("d", "32"), ("m", "13"), ("y", "98"), ("d", "1O")])
def test_a_part_of_a_day_must_be_one(part, text):
    """No thirty-second day, no year of two figures."""
    assert proof(zone("applicant.birth_date", part), text) == "failed"


def test_a_z_and_a_2_in_front_prove_nothing_by_the_letter():
    """Z1234567 and 21234567 have the same check letter."""
    told = [proof(zone("applicant.id_number"), text) for text in ("Z1234567R", "21234567R")]
    assert told == ["none", "none"]


def test_a_figure_where_the_letter_stands_is_put_right_and_told():
    """S for the 5 of 12345678Z; the repair is told, and never taken for proof."""
    assert repaired(zone("applicant.id_number"), "1234S678Z") == "12345678Z"
    assert repaired(zone("applicant.id_number"), "12345678Z") is None


def test_readings_that_differ_in_a_2_and_a_z_are_one_until_the_sign_is_looked_at():
    """The engine, held to figures and capitals, seldom tells them apart."""
    assert likeness("212345678") != likeness("Z1234567R")
    assert likeness("21234567R") == likeness("Z1234567R")
