"""The name of the person a case is about, as far as the papers give it and agree on it."""

from __future__ import annotations

from pipeline.case import Assessed, Received


def interested(case: Received) -> str:
    """Return the applicant's name, empty if the papers do not give it whole or agree on it."""
    if not isinstance(case, Assessed):
        return ""
    applicant = case.application.applicant
    names = (applicant.given_name, applicant.first_surname, applicant.second_surname)
    if not all(fact and fact.value and not fact.others for fact in names[:2]):
        return ""
    return " ".join(fact.value for fact in names if fact and fact.value)
