"""What an administrator may choose of calls back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """How programs of offices are called back."""

    private: bool = False
    """Whether addresses of private networks may be called; without it, public ones and this machine's own."""
    seconds: float = 5.0
    """How long one call may take in all."""
    tries: int = 12
    """After how many calls without an answer one is given up: with the pauses between, after a day."""
    pause_seconds: float = 60.0
    """The pause after the first try; each later one is twice as long, up to `longest_pause_seconds`."""
    longest_pause_seconds: float = 6 * 3600.0
