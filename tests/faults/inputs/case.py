"""One bad or odd input: what it is, under which name it comes, and the answers that are right."""

from collections.abc import Callable
from typing import NamedTuple

READ = "read"
HARMLESS = frozenset({READ, "corrupt", "memory", "timeout"})
"""What may become of a paper that is made to break a reader."""
DAMAGED = frozenset({READ, "corrupt"})
"""What may become of a paper that was cut or changed."""


class Input(NamedTuple):
    """A file and the answers that are right: `read`, or codes of the contract."""

    name: str
    make: Callable[[], bytes]
    answers: frozenset[str]


def read(name: str, make: Callable[[], bytes]) -> Input:
    """Return an input that is odd and must be read."""
    return Input(name, make, frozenset({READ}))


def returned(name: str, make: Callable[[], bytes], *codes: str) -> Input:
    """Return an input that must be returned with one of *codes*."""
    return Input(name, make, frozenset(codes))
