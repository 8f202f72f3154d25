"""What stands between a proposal and a grant, each doubt told from the others."""

from pipeline.decisions.proposal import every_doubt


def test_the_same_doubt_about_two_beneficiaries_tells_which_is_whose():
    """Who settles one by one has to know about whom each speaks."""
    same = {"rule": "AS-BEN-04", "outcome": "review", "reason": {"es": "Menor de 26."}, "basis": "art. 3"}
    report = {"findings": [same, same | {"person": "beneficiary-2"}, same | {"person": "beneficiary-3"}]}
    assert [one.beneficiary for one in every_doubt(report)] == ["", "2", "3"]
