"""The contract's closed list of reasons why a package or a member cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

CODES = (
    "empty",
    "type-mismatch",
    "unsupported-type",
    "encrypted",
    "zip-unsafe-name",
    "zip-ambiguous",
    "zip-nested",
    "zip-bomb",
    "too-many-files",
    "too-large",
    "malware",
    "corrupt",
    "too-many-pages",
    "image-too-large",
    "memory",
    "timeout",
    "no-documents",
)
"""In the order in which they prevail when several apply."""


class Fault(NamedTuple):
    """One reason against a package, and the member at fault where there is one."""

    code: str
    file: str | None = None


def foremost(faults: Iterable[Fault]) -> Fault:
    """Return the fault that prevails; of equals, the first found."""
    return min(faults, key=lambda fault: CODES.index(fault.code))
