"""Opaque identifiers that sort by time (ULID): 48 bits of milliseconds, 80 bits of chance."""

from __future__ import annotations

import datetime as dt
import os

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26


def ulid(at: dt.datetime) -> str:
    """Return a new identifier for the moment *at*, 26 characters of Crockford's base 32."""
    number = (int(at.timestamp() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
