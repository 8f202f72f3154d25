"""The events of a case as the clock asks for them: requirements, reports, and the acts with their notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from validators.deadlines import Attempt, Extension, Happened, Notices, Report, Requirement
from validators.life.events import Event, Kind

_NOTICES = frozenset(
    {
        Kind.NOTICE_ATTEMPTED,
        Kind.NOTICE_AVAILABLE,
        Kind.NOTICE_OPENED,
        Kind.NOTICE_REJECTED,
        Kind.NOTICE_PUBLISHED,
        Kind.RESOLUTION_NOTIFIED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One resolution, what it says, and what was done to notify it; `taken` None where none is on record."""

    taken: Event | None
    notices: Notices
    events: tuple[Event, ...]

    @property
    def outcome(self) -> str | None:
        """What the act says, None where nobody recorded it."""
        return self.taken.outcome if self.taken else None


def happenings(events: Sequence[Event]) -> tuple[Happened, ...]:
    """Return what moved the clock, twice where nobody said whether a requirement suspends it.

    First as if it did: the notice is to say so (Ley 39/2015, art. 22.1.a).
    """
    sure, unsure = _happened(events, unsaid=True), _happened(events, unsaid=False)
    return (sure,) if sure == unsure else (sure, unsure)


def _happened(events: Sequence[Event], *, unsaid: bool) -> Happened:
    """Return what moved the clock; *unsaid* is what a notice means that does not say whether it suspends."""
    return Happened(
        requirements=tuple(_requirements(events, unsaid=unsaid)),
        reports=tuple(_reports(events)),
        extra_days=sum(event.days or 0 for event in events if event.kind is Kind.TERM_EXTENDED),
    )


def _requirements(events: Sequence[Event], *, unsaid: bool) -> Iterator[Requirement]:
    """Yield each requirement with its extension and the day on which it was complied with."""
    starts = [n for n, event in enumerate(events) if event.kind is Kind.REQUIREMENT_NOTIFIED]
    for start, end in zip(starts, [*starts, len(events)][1:], strict=True):
        yield _requirement(events[start], events[start + 1 : end], unsaid=unsaid)


def _requirement(notice: Event, after: Sequence[Event], *, unsaid: bool) -> Requirement:
    """Return one requirement and what came *after* it, up to the next one."""
    made = Requirement(notified_on=notice.on, suspends=unsaid if notice.suspends is None else notice.suspends)
    for event in after:
        if event.kind is Kind.REQUIREMENT_EXTENDED:
            extended = (*made.extensions, Extension(days=event.days or 0, on=event.on))
            made = replace(made, extensions=extended)
        elif event.kind is Kind.REQUIREMENT_COMPLIED and made.complied_on is None:
            made = replace(made, complied_on=event.on)
    return made


def _reports(events: Sequence[Event]) -> Iterator[Report]:
    """Yield each report of another body that was asked for, with the day on which it came."""
    came = [event.on for event in events if event.kind is Kind.REPORT_RECEIVED]
    asked = [event.on for event in events if event.kind is Kind.REPORT_REQUESTED]
    for day, until in zip(asked, [*asked, dt.date.max][1:], strict=True):
        yield Report(requested_on=day, received_on=next((one for one in came if day <= one < until), None))


def acts(events: Sequence[Event]) -> tuple[Act, ...]:
    """Return the resolutions in order, each with the notices recorded from it to the next."""
    taken = [n for n, event in enumerate(events) if event.kind is Kind.RESOLUTION_TAKEN]
    loose = _act(None, events[: taken[0]] if taken else events)
    found = [
        _act(events[start], events[start + 1 : end])
        for start, end in zip(taken, [*taken, len(events)][1:], strict=True)
    ]
    return (*([loose] if loose.events else []), *found)


def _act(taken: Event | None, after: Sequence[Event]) -> Act:
    """Return one act from its own event and those that follow it."""
    told = tuple(event for event in after if event.kind in _NOTICES)
    own = _day(told, Kind.RESOLUTION_NOTIFIED, Kind.NOTICE_REJECTED)
    return Act(
        taken=taken,
        events=told,
        notices=Notices(
            dictated_on=taken.on if taken else None,
            attempts=tuple(
                Attempt(on=event.on, at=event.hour) for event in told if event.kind is Kind.NOTICE_ATTEMPTED
            ),
            at_disposal_on=_day(told, Kind.NOTICE_AVAILABLE, chosen=True),
            offered_on=_day(told, Kind.NOTICE_AVAILABLE, chosen=False),
            opened_on=_day(told, Kind.NOTICE_OPENED),
            notified_on=own,
            published_on=_day(told, Kind.NOTICE_PUBLISHED),
        ),
    )


def _day(events: Sequence[Event], *kinds: Kind, chosen: bool | None = None) -> dt.date | None:
    """Return the day of the first event of some kinds; *chosen*: by whether the person chose that way."""
    days = (one.on for one in events if one.kind in kinds and chosen in {None, one.chosen is not False})
    return next(days, None)
