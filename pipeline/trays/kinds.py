"""The trays there are. A case lies in one of them; a few more gather cases from all.

    OPEN       a queue and a reason, `review-residence`; `approve` has none
    the rest   what a case waits for, in one word

`done` and `returned` are no work: they are found by searching.
"""

from __future__ import annotations

from itertools import chain

from pipeline.trays.reasons import DECISIVE, names

READING, WAITING, HELD = "reading", "waiting", "held"
"""The program has it; it waits by itself; it waits for a person to look."""
ON_HOLD, LEVEL, SECOND, REGISTER = "on-hold", "second-level", "second", "register"
"""Put aside until a day; for a supervisor; another person confirms; another body was asked."""
ANSWER, LAPSED, NOTICE, SILENCE = "answer", "lapsed", "notice", "silence"
"""The person has time to answer; that time passed; decided, to be notified; answered by silence."""
APPROVE, DONE, RETURNED = "approve", "done", "returned"
ALARM, MINE, IN_HAND, SAMPLE = "alarm", "mine", "in-hand", "sample"
"""Gathered: time to resolve passed without an answer; assigned to me; in my hand; for the blind look."""

GATHERED = (ALARM, MINE, IN_HAND, SAMPLE)
AFTER = (SECOND, NOTICE, LAPSED, ANSWER, REGISTER, SILENCE)
ASIDE = (LEVEL, ON_HOLD, HELD, WAITING, READING)


def queue_trays() -> tuple[str, ...]:
    """Return the trays of what is to be decided, by queue and by the weight of the reason."""
    queues = ("review", "cure", "refer", "refuse")
    assert set(queues) == set(DECISIVE)
    return (APPROVE, *(f"{queue}-{reason}" for queue in queues for reason in names()))


def every_tray() -> tuple[str, ...]:
    """Return the name of each tray that has a page."""
    return tuple(chain(GATHERED, queue_trays(), AFTER, ASIDE))


def tray_of_queue(queue: str, reasons: tuple[str, ...]) -> str:
    """Return where a case of a queue lies."""
    return queue if queue not in DECISIVE else f"{queue}-{reasons[0]}"
