"""What was read of a rectangle of a page, as it crosses from the child that reads, in bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

LONGEST = 4_000
"""Letters of the longest text."""


class Seen(NamedTuple):
    """What stands in the rectangle, and the chance that it is right: of its least sure word."""

    text: str
    confidence: float


def packed(seen: Seen) -> dict[str, Any]:
    """Return what was seen as JSON values."""
    return {"text": seen.text, "confidence": seen.confidence}


def unpacked(data: Mapping[str, Any]) -> Seen:
    """Return what `packed` made *data* from.

    Raises:
        KeyError, TypeError, ValueError: *data* is nothing of ours.
    """
    seen = Seen(data["text"], float(data["confidence"]))
    if not isinstance(seen.text, str) or len(seen.text) > LONGEST or not 0 <= seen.confidence <= 1:
        raise ValueError
    return seen
