"""The signatures of a PDF that somebody handed in, each with four answers; checked on the bytes as they came.

    intact      the signed bytes and the signature's own value hold together
    whole       it speaks of all that is in the file: nothing but proofs or further signatures came after
    chain       its certificate comes from one of the anchors that the office believes
    revocation  what is embedded shows that no certificate of the chain was withdrawn

Each is `valid`, `invalid` or `unknown`: an issuer that nobody told us about is unknown, not bad. Nothing is
ever fetched: the addresses in a certificate are the sender's. Chain and revocation are judged at the moment
that the signature states of itself, so that the same file has the same answers on any day; a time stamp that
proves the moment is not asked for. Source: ETSI EN 319 102-1, of which this is a small part.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extractors.document import Signature

BROKEN = "signature-broken"
_MARK = b"/ByteRange"
_CPU_SECONDS = 10.0
"""After this much work what is not answered stays unknown; a signature takes some 0.03 s."""


class _TooLongError(BaseException):
    """The time is over. No library's `except Exception` may keep it."""


def signatures(data: bytes, anchors: str = "") -> tuple[Signature, ...]:
    """Return the signatures of *data* in the order in which they were made; none where there is none.

    *anchors* is the path of a PEM file. Signatures that cannot be followed at all are one with four times
    `unknown`.
    """
    if _MARK not in data:
        return ()
    found: list[Signature] = []
    try:
        with _limited(_CPU_SECONDS):
            from extractors.reading.files.signed import judged  # noqa: PLC0415 - pyHanko takes half a second to read

            found.extend(judged(data, anchors))
    except (_TooLongError, MemoryError, Exception):  # noqa: BLE001 - a hostile file may make it raise anything
        found.append(Signature())
    return tuple(found)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise _TooLongError after *seconds* of work of this process, which reads one file at a time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
