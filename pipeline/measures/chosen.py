"""What an administrator may choose of the measures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Where Prometheus finds the measures; nobody does without a port."""

    host: str = "127.0.0.1"
    port: int = field(default=0, metadata={"most": 65535})
    """The port of `/metrics` of the machine that has the desk; 0: none is opened."""
    seconds: float = field(default=15.0, metadata={"least": 1, "most": 3600})
    """For how long what was counted is told again, however often it is asked for."""
