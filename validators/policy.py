"""The choices that the law leaves open, as named settings with the defaults of docs/law.md section 11.

`validators/law/ambiguities.yaml` explains each one: the question, its readings and what they change.
Where the readings would change the proposal of a case the default is `review`; where they change only a
date or an amount, the default is one of them and the other is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One frozen set of choices; the numbers of docs/law.md section 11 and the rules stand beside each.

    A number has a `least` and a `most` in its metadata: what lies outside is refused where settings are read.
    """

    acceptance: float = field(default=0.9, metadata={"least": 0.5, "most": 1})
    """Least confidence of a deciding value for which the program proposes without a person."""
    boundary_day: Literal["review", "met", "not_met"] = "review"
    """1, CE-RES-03: the year completes on the very day of filing."""
    adjacency_days: int = field(default=1, metadata={"most": 60})
    """2, CE-RES-02 and 05: days that may lie between a baja and the next alta without being a gap."""
    lapsed_gap: Literal["review", "continuous", "broken"] = "review"
    """3, CE-RES-06: days without an entry after a baja for lack of renewal."""
    certificate_age_months: int = field(default=3, metadata={"most": 120})
    """4, CE-RES-16 and AS-PAD-01: age from which a certificate no longer shows the home on the filing day."""
    seat_calendar: Literal["place", "place_and_seat"] = "place"
    """5, PLZ-04 and 17: whose days off count for the date to resolve by."""
    compliance_day: Literal["counts", "suspended"] = "counts"
    """6, PLZ-08 and 09: the day on which the defects are cured, in the time to resolve."""
    proration: Literal["natural_days", "thirty"] = "natural_days"
    """7, CE-FEE-04: denominator of the first and last month's fee."""
    default_day: Literal["review", "month_owed", "payment_month"] = "review"
    """8, CE-EXT-04: the month in which a default happens: the one owed, or the one in which it falls due."""
    alternate_window: Literal["review", "natural_year", "twelve_months", "whole_term"] = "review"
    """8, CE-EXT-04: the time in which three alternate defaults are added up."""
    megabyte: Literal["review", "decimal", "binary"] = "review"
    """9, AS-SIZE-01: whether 10 Mb are ten million bytes or 10 x 1024 x 1024."""
    iprem_payments: Literal["review", "twelve", "fourteen"] = "review"
    """10, AS-BEN-08: the yearly IPREM that is doubled, in twelve or in fourteen payments."""
    unverified_country: Literal["review", "required", "none"] = "review"
    """11, CE-DOC-04 and AS-EXP-01: a country of which it is not verified that a convention covers care."""
    certifying_country: Literal["review", "nationality", "provenance"] = "review"
    """12, CE-DOC-04 and AS-EXP-01: whose institution certifies where nationality and provenance differ."""
    without_residence: Literal["review", "admitted", "refer"] = "review"
    """13, CE-SUJ-03: who is not shown to reside legally asks for the convenio, with a free route open."""
    expired_identity: Literal["review", "accept", "cure"] = "review"
    """14, CE-ID-08: an identity document that had expired, before INGESA."""
    inss_deadline: Literal["thirty_days", "one_day"] = "thirty_days"
    """15, AS-PLZ-01: the time of the INSS to resolve, by RD 1192/2012 or by RD 286/2003."""
    leap_birthday: Literal["review", "february_28", "march_1"] = "review"
    """16, CE-FEE-02 and CE-SUJ-04: the birthday of who was born on 29 February, in a common year."""
    bar_anniversary: Literal["review", "free", "barred"] = "review"
    """17, CE-VET-01: a filing on the very day on which the year after the last convenio ends."""
    eu_family_card: Literal["review", "no_insurance", "insurance"] = "review"
    """18, AS-COB-02: whether the card of a Union citizen's family was granted against insurance."""
    absence_rule: Literal["review", "kept", "broken"] = "review"
    """19, CE-RES-12: what long absences, by analogy with the keeping of benefits, do to the residence."""
    absence_window_days: int = field(default=120, metadata={"most": 366})
    """19, CE-RES-12: days abroad inside the year before the filing from which the absences are long."""
    later_move: Literal["review", "filing_day", "lost"] = "review"
    """20, CE-EMP-01: a move after the filing and before the resolution."""
    transient_overlap_days: int = field(default=60, metadata={"most": 366})
    """CE-RES-10: double entry around a move that does not matter."""
