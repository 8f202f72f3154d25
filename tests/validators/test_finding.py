"""What a finding says to people, and of whom."""

import datetime as dt

import pytest

from validators.finding import Finding, Outcome, Text


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (None, Text("Falta.", "Falta.", "Missing.")),
        (
            "beneficiary-2",
            Text(
                "Persona beneficiaria 2: Falta.", "Persoa beneficiaria 2: Falta.", "Beneficiary 2: Missing."
            ),
        ),
    ],
)
def test_a_finding_about_a_beneficiary_says_which_one(about, told):
    """By the place in the form, in the three languages; the applicant needs no name."""
    finding = Finding(
        rule="AS-ID-01",
        outcome=Outcome.CURE,
        reason=Text("Falta.", "Falta.", "Missing."),
        basis="RD 1192/2012, art. 6.2.a",
        law_version=dt.date(2018, 7, 31),
        about=about,
    )
    assert finding.told == told
