"""Which events of the journal are told to whom is called back, and as what: a closed list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from validators.life.events import Kind as Lived

Kind = Literal[
    "case.received", "case.routed", "case.returned", "case.required", "case.decided", "case.resolved"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LIFE, FINAL = "life", "decision-final"
"""The journal's events of a row in the life of a case, and of a decision that can be undone no more."""
REQUIRE = "require"
"""The kind of decision that asks the person for something (`pipeline.decisions.kinds`)."""
JOURNAL: Mapping[str, Kind] = MappingProxyType(
    {
        "received-new": "case.received",
        "received-answer": "case.received",
        "routed": "case.routed",
        "returned": "case.returned",
    }
)
LIVED: Mapping[str, Kind] = MappingProxyType(
    {
        Lived.REQUIREMENT_NOTIFIED.value: "case.required",
        Lived.RESOLUTION_TAKEN.value: "case.decided",
        Lived.RESOLUTION_NOTIFIED.value: "case.resolved",
        Lived.GRANTED_BY_SILENCE.value: "case.resolved",
        Lived.REJECTED_BY_SILENCE.value: "case.resolved",
        Lived.WITHDRAWAL_DECLARED.value: "case.resolved",
    }
)
BY_DECISION: Mapping[Kind, bool] = MappingProxyType({"case.required": True, "case.decided": False})
"""What is told when a decision is final, and so not again when the life of the case tells of it.

Before that it may be undone, and nothing of it leaves the house. True: of a decision that requires.
"""
