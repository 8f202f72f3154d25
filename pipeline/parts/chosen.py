"""What an administrator may choose of how a machine says that it is ready."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What `/readyz` and `doctor --part` ask."""

    folders: bool = True
    """Whether this machine has the offices' folders; off on one with the desk or workers of many machines."""
    seconds: float = 2.0
    """How long one thing may take to answer before it counts as away."""
