"""The duty to show that a right is not exportable, where a country's convention is not verified."""

from __future__ import annotations

import re

from validators.facts import Procedure
from validators.law import Duty, export_duty
from validators.rules import Law

_CODE = re.compile(r"[A-Z]{3}")


def duty(country: str, procedure: Procedure, law: Law) -> Duty:
    """Return the duty of a national of *country*, by the policy where the table leaves it open.

    A nationality that is no country's code was not understood: a person looks whatever the policy says.
    """
    found = export_duty(country, procedure, on=law.on)
    open_one = found == "review" or (found == "unknown" and _CODE.fullmatch(country) is not None)
    return law.policy.unverified_country if open_one else found
