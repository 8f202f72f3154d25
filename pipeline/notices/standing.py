"""What follows from the notices of a case: when an act counts as told, until when the person may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.letters.choices import Choices
from pipeline.letters.days import notified
from pipeline.notices.kept import Notice, counted
from pipeline.notices.steps import BY_THE_PERSON, TOLD
from validators.dates import add_days
from validators.deadlines import Attempt, rejected_after
from validators.life.events import Kind
from validators.rules import Law

if TYPE_CHECKING:
    from pipeline.decisions.kept import Decision
    from pipeline.decisions.situation import Situation


def told_on(steps: Iterable[Notice], today: dt.date, law: Law) -> dt.date | None:
    """Return the day on which an act counts as told by its *steps*, None while it does not.

    By the way that came first (Ley 39/2015, art. 41.7). What lies at the electronic office and is not opened
    counts as rejected once its ten natural days have passed (art. 43.2).
    """
    told = list(steps)
    days = [one.happened_on for one in told if one.step in TOLD]
    for one in told:
        last = rejected_after(one.happened_on, law).date if one.step == "available" else None
        days += [add_days(last, 1)] if last is not None and last < today else []
    return min(days, default=None)


def steps_of(notices: Iterable[Notice], decision: str | None) -> tuple[Notice, ...]:
    """Return the steps of one decision that count."""
    return tuple(one for one in counted(tuple(notices)) if one.decision == decision)


def attempts(steps: Iterable[Notice]) -> tuple[Attempt, ...]:
    """Return the attempts on paper among some steps, with their hour."""
    tried = (one for one in steps if one.step == "attempted")
    return tuple(
        Attempt(on=one.happened_on, at=dt.time.fromisoformat(one.hour) if one.hour else None) for one in tried
    )


def hearing_of(found: Situation) -> Decision | None:
    """Return the last decision to hear the person that nothing took back."""
    return next((one for one in reversed(found.decisions) if one.stands and one.kind == "hear"), None)


def waived(found: Situation) -> bool:
    """Whether the person said that nothing will be alleged: the hearing is held then (art. 82.3)."""
    decision = hearing_of(found)
    told = steps_of(found.notices, decision.id) if decision is not None else ()
    return any(one.step == "waived" for one in told)


def hearing_ends(found: Situation) -> dt.date | None:
    """Return the last day of the hearing, None where nobody was heard; by the calendars of the person."""
    decision = hearing_of(found)
    if decision is None:
        return None
    law = found.lived.law
    day = told_on(steps_of(found.notices, decision.id), found.today, law)
    if day is None:
        return None
    chosen = Choices(notified_on=day, hearing_days=decision.letter.get("hearing_days"))
    return notified(chosen, "hearing", found.lived.application, law.policy, law.calendars).last_day


def waiting_until(found: Situation) -> dt.date | None:
    """Return the last day that the person has to cure what was asked last, None where nothing runs."""
    events = found.lived.life.events
    complied = [one.on for one in events if one.kind is Kind.REQUIREMENT_COMPLIED]
    asked = [one.on for one in events if one.kind is Kind.REQUIREMENT_NOTIFIED]
    if not asked or (complied and complied[-1] >= asked[-1]):
        return None
    return found.lived.life.clock.cure_by


def answered(found: Situation) -> bool:
    """Whether the person answered what was asked last, as far as somebody recorded it."""
    decided = found.standing
    told = steps_of(found.notices, decided.id) if decided is not None else ()
    return any(one.step in BY_THE_PERSON for one in told)
