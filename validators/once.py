"""What a hundred rules ask of one case is worked out once: answers are kept while the case is judged.

    with kept():                     # `assess` does this
        certificates(application)    # looked up
        certificates(application)    # the same tuple again

Only pure functions of values that never change are marked. Answers are known by the very objects asked
about, so that nothing is compared; they are forgotten at the end, so that nobody's data outlive their case.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple, Unpack

P = TypeVarTuple("P")
R = TypeVar("R")


class _Answers(threading.local):
    """The answers of the case that a thread judges, with what was asked about; None between cases."""

    known: dict[tuple[Any, ...], tuple[tuple[Any, ...], Any]] | None = None


_ANSWERS = _Answers()


@contextmanager
def kept() -> Iterator[None]:
    """Keep the answers of the functions marked with `once` until the end of the block."""
    before, _ANSWERS.known = _ANSWERS.known, {}
    try:
        yield
    finally:
        _ANSWERS.known = before


def once(function: Callable[[Unpack[P]], R]) -> Callable[[Unpack[P]], R]:
    """Mark a function of unchanging values, given by position, whose answer is kept within a block."""

    @wraps(function)
    def asked(*given: *P) -> R:
        known = _ANSWERS.known
        if known is None:
            return function(*given)
        key = (function, *map(id, given))
        if key not in known:
            # what was asked about is kept too: an id belongs to another object once its own is gone
            known[key] = (given, function(*given))
        found: R = known[key][1]
        return found

    return asked
