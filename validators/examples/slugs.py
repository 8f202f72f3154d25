"""The closed lists of the contract's fields (docs/contract/fields.md): a slip of the pen is refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CAUSES = frozenset(
    {"residence_change", "birth", "omission", "expiry", "improper", "duplicate", "death", "abroad"}
)
_IDENTITY = frozenset({"dni", "foreigner_card", "nie", "passport"})
SLUGS: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {
        ("Period", "cause_in"): _CAUSES,
        ("Period", "cause_out"): _CAUSES,
        ("Person", "id_type"): _IDENTITY,
        ("Identity", "kind"): frozenset({"dni", "tie", "passport", "eu_certificate"}),
        ("ConvenioRequest", "request_type"): frozenset({"alta", "baja", "variacion"}),
        ("ConvenioRequest", "notification_choice"): frozenset({"applicant_address", "other_address"}),
        ("ConvenioRequest", "payment_method"): frozenset({"direct_debit", "deposit"}),
        ("ConvenioRequest", "territorial_office"): frozenset({"ceuta", "melilla"}),
        ("Registration", "form"): frozenset({"individual", "collective", "historical", "cohabitation"}),
        ("Beneficiary", "relationship"): frozenset(
            {"spouse", "partner", "ex_spouse", "child", "ward", "sibling"}
        ),
        ("FamilyRecord", "record"): frozenset({"birth", "marriage", "family_book"}),
        ("Named", "role"): frozenset({"holder", "spouse", "child", "parent", "sibling", "other"}),
        ("Decision", "subject"): frozenset({"divorce", "separation", "guardianship", "foster", "desamparo"}),
        ("EarlierConvenio", "reason"): frozenset(
            {"death", "requirement_lost", "own_decision", "unpaid", "breach"}
        ),
    }
)
"""The slugs that a field may hold, by the record's name and the field's."""
ADDRESS = frozenset(
    {"street_type", "street_name", "number", "block", "stair", "floor", "door", "postal_code", "city"}
)
"""The parts of an address."""
