"""Passwords: how they are kept, and which are refused.

Length counts, and that nobody would guess it first; nothing is asked of its letters and signs
(NIST SP 800-63B, 3.1.1.2).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

Weakness = Literal["short", "long", "own_name", "common"]
SHORTEST: Final = 12
LONGEST: Final = 200
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""Compared with where there is no such account, so that both answers take as long."""
_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB: many who come in at once must not take the memory of the machine."""
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and figures that are not taken for one another when read from paper."""


def digest(password: str) -> str:
    """Return what the record keeps of a password (argon2id)."""
    with _AT_ONCE:
        return _HASHER.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether *password* is the one whose digest is *kept*; without any it takes as long and is not."""
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _NOBODY, _bytes(password)[: 8 * LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def outdated(kept: str) -> bool:
    """Whether a digest was made with less work than is asked for today."""
    return _HASHER.check_needs_rehash(kept)


def weakness(password: str, *, login: str, name: str) -> Weakness | None:
    """Return why a password is refused, None if it may be chosen."""
    plain = unicodedata.normalize("NFC", password).casefold().strip()
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    rest = plain
    for part in sorted(
        {login.casefold(), *re.split(r"\W+", f"{login} {name}".casefold())}, key=len, reverse=True
    ):
        rest = rest.replace(part, "") if len(part) > 2 else rest
    if len(rest) < SHORTEST // 2 and rest != plain:
        return "own_name"
    return "common" if _common(plain) else None


def one_time() -> str:
    """Return a password to be read from paper and changed at once: 78 bits, in four groups."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(4))


def _common(plain: str) -> bool:
    """Whether it is one of the first that anybody tries, alone, repeated or with figures around it."""
    core = plain.strip("0123456789!.,;:-_*@# ")
    pieces = {plain[:size] for size in range(1, 7) if plain == (plain[:size] * len(plain))[: len(plain)]}
    return bool(pieces) or core in _commonest() or plain in _commonest() or not core


@cache
def _commonest() -> frozenset[str]:
    """Return the passwords that are tried first."""
    text = files("desk.people").joinpath("commonest.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and line[0] != "#")


def _bytes(password: str) -> bytes:
    """Return a password as it is kept, however a keyboard composed its accents."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
