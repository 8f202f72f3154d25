"""What the administration answered, or silence for it: from the filing to a grant, a refusal or another end.

Source: Orden SSI/1475/2014 arts. 5.2 and 5.3, RD 576/2013 art. 4.2, Ley 39/2015 arts. 21 to 24, 40 to 44, 68
and 94; docs/law.md CE-RESOL-01 to 03, PLZ-12 to 16. What silence granted is not undone here by anything: it
is granted only after the last day by every reading, and a later refusal is a finding.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from validators.dates import day_after
from validators.deadlines import Deadlines, Requirement, Where, deadlines, duty_met, notified_on, where
from validators.facts import Application
from validators.life.doings import Act, acts, happenings
from validators.life.events import SILENT, Event, Kind
from validators.rules import Law


class State(StrEnum):
    """How a case stands. `doubtful`: the readings of the law differ, a person decides."""

    AWAITING = "awaiting"
    SUSPENDED = "suspended"
    NOTIFYING = "notifying"
    DOUBTFUL = "doubtful"
    GRANTED = "granted"
    GRANTED_BY_SILENCE = "granted_by_silence"
    REJECTED_BY_SILENCE = "rejected_by_silence"
    REFUSED = "refused"
    REFERRED = "referred"
    DESISTED = "desisted"
    WITHDRAWN = "withdrawn"
    AWAITING_SIGNATURE = "awaiting_signature"
    LAPSE_DOUBTFUL = "lapse_doubtful"
    LAPSED = "lapsed"
    IN_FORCE = "in_force"
    ENDED = "ended"


_BY_OUTCOME = {
    "grant": State.GRANTED,
    "refusal": State.REFUSED,
    "referral": State.REFERRED,
    "desistimiento": State.DESISTED,
    "withdrawal": State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a case was answered by a day.

    `clock` has the dates by the reading of the settings; `last_days` are the last days to resolve by every
    reading, oldest first, none where a calendar is missing. `since` is the day from which the state holds,
    `granted_on` that of a grant: of its notification or of the silence. `silent` is the day of the silence.
    """

    state: State
    clock: Deadlines
    at: Where
    last_days: tuple[dt.date, ...]
    acts: tuple[Act, ...]
    requirements: tuple[Requirement, ...] = ()
    since: dt.date | None = None
    granted_on: dt.date | None = None
    silent: dt.date | None = None
    recorded: Event | None = None
    withdrawn: Event | None = None


def answer(application: Application, events: Sequence[Event], today: dt.date, law: Law) -> Answer:
    """Return how *application* was answered by *today*; *events* are those that count, in order."""
    happened = happenings(events)
    clocks = [deadlines(application, (), law, one) for one in happened]
    clock = min(clocks, key=lambda one: one.resolve_by or dt.date.min)
    found = Answer(
        state=State.AWAITING,
        clock=clock,
        at=where(application, law.calendars),
        last_days=_last_days(clocks),
        acts=acts(events),
        requirements=happened[0].requirements,
        recorded=next((event for event in events if event.kind in SILENT), None),
        withdrawn=next((event for event in events if event.kind is Kind.WITHDRAWAL_DECLARED), None),
    )
    silent = silence(found, today, law)
    if silent is not None and clock.silence == "positive":
        return _silently_granted(found, silent, law)
    return _expressly(found, silent, events, today, law)


def _last_days(clocks: Sequence[Deadlines]) -> tuple[dt.date, ...]:
    """Return the last days to resolve by every reading, none where one cannot be told."""
    if any(clock.resolve_by is None for clock in clocks):
        return ()
    days = {
        day
        for clock in clocks
        for day in (clock.resolve_by, clock.resolve_by_seat, clock.resolve_by_otherwise)
        if day
    }
    return tuple(sorted(days))


def silence(found: Answer, today: dt.date, law: Law) -> dt.date | None:
    """Return the day from which silence has answered, or None.

    As the record has it; else once the last day has passed by every reading, on calendars that hold.
    """
    if found.recorded is not None:
        return found.recorded.on
    if not found.last_days or found.clock.provisional or found.clock.resolve_by is None:
        return None
    stopped = stops(found, law)
    if today <= found.last_days[-1] or (stopped is not None and stopped <= found.last_days[-1]):
        return None
    return day_after(found.clock.resolve_by)


def stops(found: Answer, law: Law) -> dt.date | None:
    """Return the first day on which something answered: a notice, an attempt, or the person's withdrawal."""
    met = [duty_met(act.notices, law) for act in found.acts]
    days = [one.on for one in met if one is not None]
    return min([*days, *([found.withdrawn.on] if found.withdrawn else [])], default=None)


def _silently_granted(found: Answer, silent: dt.date, law: Law) -> Answer:
    """Return what silence granted; a later grant confirms it, and the person signs from the later of both."""
    later = [notified(act, law) for act in found.acts if act.outcome == "grant"]
    confirmed = [day for day in later if day is not None and day > silent]
    return replace(
        found,
        state=State.GRANTED_BY_SILENCE,
        since=silent,
        granted_on=max([silent, *confirmed]),
        silent=silent,
    )


def _expressly(
    found: Answer, silent: dt.date | None, events: Sequence[Event], today: dt.date, law: Law
) -> Answer:
    """Return what was answered expressly, or that nothing was yet."""
    if undecided(found, today, law):
        return replace(found, state=State.DOUBTFUL)
    by_act = _by_act(found, today, law)
    if by_act is not None:
        return replace(by_act, silent=silent)
    if found.withdrawn is not None:
        return replace(found, state=State.WITHDRAWN, since=found.withdrawn.on)
    if silent is not None:
        return replace(found, state=State.REJECTED_BY_SILENCE, since=silent, silent=silent)
    taken = any(act.taken for act in found.acts)
    return replace(found, state=State.NOTIFYING if taken else _waiting(found, events, today))


def _by_act(found: Answer, today: dt.date, law: Law) -> Answer | None:
    """Return what the notified acts say: the first grant, which no later act takes back, else the last."""
    told = [(day, act) for act in found.acts if (day := notified(act, law)) and day <= today]
    granted = next((day for day, act in told if act.outcome == "grant"), None)
    if granted is not None:
        return replace(found, state=State.GRANTED, since=granted, granted_on=granted)
    said = [(day, act.outcome) for day, act in told if act.outcome is not None]
    return replace(found, state=_BY_OUTCOME[said[-1][1]], since=said[-1][0]) if said else None


def notified(act: Act, law: Law) -> dt.date | None:
    """Return the day on which an act counts as notified."""
    return notified_on(act.notices, law)


def undecided(found: Answer, today: dt.date, law: Law) -> bool:
    """Whether the readings differ on what has answered: the notice came between two last days.

    Silence that rejects changes nothing: a later act answers all the same. A date that may still move, or
    that cannot be told, decides nothing either once it has passed.
    """
    if found.clock.silence != "positive" or found.recorded is not None:
        return False
    stopped = stops(found, law)
    if not found.last_days:
        return False
    first, last = found.last_days[0], found.last_days[-1]
    if stopped is not None:
        return first < stopped <= last or (stopped > last and found.clock.provisional)
    return first < today <= last or (today > last and found.clock.provisional)


def _waiting(found: Answer, events: Sequence[Event], today: dt.date) -> State:
    """Return whether the time to resolve runs, or stands still until a requirement is complied with."""
    last = next(
        (
            event
            for event in reversed(events)
            if event.kind in {Kind.REQUIREMENT_NOTIFIED, Kind.REQUIREMENT_COMPLIED}
        ),
        None,
    )
    if last is None or last.kind is Kind.REQUIREMENT_COMPLIED or last.suspends is False:
        return State.AWAITING
    return State.SUSPENDED if found.clock.cure_by is None or today <= found.clock.cure_by else State.AWAITING
