"""In which tray a case lies, and until when it surely lies there.

What silence answered comes first: it can only be confirmed. Then what the desk did with the case, what was
told of it by other ways, and only then what the program proposes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.trays import kinds
from validators.life import SILENT, Kind, Life, State

_BY_STAGE = {
    "accepted": kinds.READING,
    "waiting": kinds.WAITING,
    "hold": kinds.HELD,
    "returned": kinds.RETURNED,
    "resolved": kinds.DONE,
    "closed": kinds.DONE,
}
_BY_AWAITS = {
    "second": kinds.SECOND,
    "notice": kinds.NOTICE,
    "register": kinds.REGISTER,
    "done": kinds.DONE,
}
_UNDECIDED = frozenset({State.AWAITING, State.SUSPENDED, State.DOUBTFUL})
_SILENCE = frozenset({State.GRANTED_BY_SILENCE, State.REJECTED_BY_SILENCE, State.LAPSE_DOUBTFUL})
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What tells where a case lies. `awaits` and what follows are those of `handling`.

    `answered_on` is the day on which something was handed in for it last, after the first time.
    """

    stage: str
    queue: str | None = None
    reasons: tuple[str, ...] = ()
    awaits: str | None = None
    awaits_until: dt.date | None = None
    on_hold_until: dt.date | None = None
    level: int = 1
    answered_on: dt.date | None = None
    life: Life | None = None
    """None where nothing was told of it, or it cannot be read."""


class Lies(NamedTuple):
    """A tray, the person's last day to answer if that is what is waited for, and when to look again."""

    tray: str
    cure_by: dt.date | None = None
    look_on: dt.date | None = None


def lies(stood: Stood, today: dt.date) -> Lies:
    """Return where a case lies *today*."""
    if stood.stage != "routed":
        return Lies(_BY_STAGE.get(stood.stage, kinds.HELD))
    if stood.awaits != "done" and _silent(stood.life):
        return Lies(kinds.SILENCE)
    return _at_the_desk(stood, today) or _told(stood, today) or _open(stood, today)


def _silent(life: Life | None) -> bool:
    """Whether silence answered and nobody has certified or confirmed it yet."""
    if life is None or not any(event.kind in SILENT for event in life.events):
        return False
    confirmed = {Kind.SILENCE_CERTIFIED, Kind.RESOLUTION_NOTIFIED, Kind.SIGNED}
    return life.state in _SILENCE or not any(event.kind in confirmed for event in life.events)


def _at_the_desk(stood: Stood, today: dt.date) -> Lies | None:
    """Return where what was done at the desk puts it."""
    if stood.awaits == "answer":
        return _asked(stood.awaits_until, today)
    return Lies(_BY_AWAITS[stood.awaits]) if stood.awaits in _BY_AWAITS else None


def _asked(until: dt.date | None, today: dt.date) -> Lies:
    """Return where a case lies of which something was asked; without a last day nobody's time has passed."""
    if until is None or today <= until:
        return Lies(kinds.ANSWER, until, until + _DAY if until else None)
    return Lies(kinds.LAPSED, until)


def _told(stood: Stood, today: dt.date) -> Lies | None:
    """Return where what was told of it, by command or by an earlier program, puts it."""
    if stood.life is None:
        return None
    if stood.life.state is State.NOTIFYING:
        return Lies(kinds.NOTICE)
    if stood.life.state in _UNDECIDED:
        return _asked(stood.life.clock.cure_by, today) if _unanswered(stood, stood.life) else None
    return None if stood.life.state is State.LAPSE_DOUBTFUL else Lies(kinds.DONE)


def _unanswered(stood: Stood, life: Life) -> bool:
    """Whether a requirement was notified and nothing came since."""
    asked = [event.on for event in life.events if event.kind is Kind.REQUIREMENT_NOTIFIED]
    met = [event.on for event in life.events if event.kind is Kind.REQUIREMENT_COMPLIED]
    met += [stood.answered_on] if stood.answered_on else []
    return bool(asked) and not any(day >= max(asked) for day in met)


def _open(stood: Stood, today: dt.date) -> Lies:
    """Return where a case lies that somebody is to decide."""
    if stood.on_hold_until is not None and today < stood.on_hold_until:
        return Lies(kinds.ON_HOLD, look_on=stood.on_hold_until)
    if stood.level > 1:
        return Lies(kinds.LEVEL)
    return Lies(kinds.tray_of_queue(stood.queue or "review", stood.reasons or ("other",)))
