"""What an administrator may choose of drains that a pool of machines runs; one machine needs none of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """How many drains work at once on all machines together, and for how long each."""

    drains: int = field(default=2, metadata={"least": 1, "most": 1000})
    """The most drains at once, all machines together: one for each core that is to read papers."""
    cases: int = field(default=10, metadata={"least": 1})
    """A further drain is asked for when so many cases more wait: starting one costs 8 s, a case 0.3 to 10."""
    seconds: float = field(default=3600.0, metadata={"least": 10, "most": 3 * 3600})
    """After how long a drain ends, once the case in hand is done, and gives its place to a new one."""
    idle_seconds: float = field(default=120.0, metadata={"least": 1, "most": 3 * 3600})
    """After how long with nothing to do a drain ends."""
