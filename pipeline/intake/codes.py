"""What is held against a package: a code of the contract's closed list, and the member at fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.reasons import first_of


class Fault(NamedTuple):
    """One reason against a package, and the member at fault where there is one."""

    code: str
    file: str | None = None


def foremost(faults: Sequence[Fault]) -> Fault:
    """Return the fault that prevails; of equals, the first found."""
    code = first_of([fault.code for fault in faults])
    return next(fault for fault in faults if fault.code == code)
