"""On whose side an open case lies: who has to do the next thing."""

from __future__ import annotations

from typing import Final

from pipeline.trays import kinds

DESK, PERSON, SECOND, REGISTER, NOTICE, PROGRAM, SILENT = (
    "desk",
    "person",
    "second",
    "register",
    "notice",
    "program",
    "silent",
)
SIDES: Final = (DESK, PERSON, SECOND, REGISTER, NOTICE, PROGRAM, SILENT)
"""Somebody at the desk decides; the person has time to answer; a second person confirms; another body was
asked; decided, to be notified; the program reads or waits by itself; silence answered, to be confirmed."""
_OF = {
    kinds.ANSWER: PERSON,
    kinds.SECOND: SECOND,
    kinds.REGISTER: REGISTER,
    kinds.NOTICE: NOTICE,
    kinds.READING: PROGRAM,
    kinds.WAITING: PROGRAM,
    kinds.SILENCE: SILENT,
}
TO_DECIDE: Final = frozenset({DESK, SECOND, REGISTER, PROGRAM})
"""The sides whose cases still take a decision before their last day."""


def side(tray: str) -> str:
    """Return the side of a tray."""
    return _OF.get(tray, DESK)
