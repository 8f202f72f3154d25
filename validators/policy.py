"""The choices that the law leaves open, as named settings with the defaults of docs/law.md section 11."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One frozen set of choices; the numbers of docs/law.md section 11 stand beside each."""

    acceptance: float = 0.9
    """Least confidence of a deciding value for which the program proposes without a person."""
    boundary_day: Literal["review", "met", "not_met"] = "review"
    """1: the year completes on the very day of filing."""
    adjacency_days: int = 1
    """2: days that may lie between a baja and the next alta without being a gap."""
    certificate_age_months: int = 3
    """4: age from which a certificate no longer shows the residence on the filing day."""
    transient_overlap_days: int = 60
    """CE-RES-10: double entry around a move that does not matter."""
    absence_window_days: int = 120
    """19: days abroad inside the year before the filing from which a person assesses the residence."""
    proration: Literal["natural_days", "thirty"] = "natural_days"
    """7: denominator of the first and last month's fee."""
