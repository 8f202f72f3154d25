"""One thing that `ventanilla doctor` looks at, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import VentanillaError


class Check(NamedTuple):
    """One thing looked at: what it is, whether it is well, what was seen, and how to mend it."""

    what: str
    well: bool
    seen: str
    remedy: str = ""
    needed: bool = True


def tried(what: str, ask: Callable[[], str], remedy: str) -> Check:
    """Ask and say what came, or the failure: in its own words where it has any that name nobody."""
    try:
        return Check(what, well=True, seen=ask())
    except VentanillaError as fault:
        return Check(what, well=False, seen=fault.what, remedy=fault.remedy)
    except Exception as error:  # noqa: BLE001 - whatever fails, the doctor names it and goes on
        return Check(what, well=False, seen=f"no responde ({type(error).__name__})", remedy=remedy)
