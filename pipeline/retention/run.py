"""One run of retention: what was left to be finished, then cases blocked, then blocked ones erased.

    done = retain(store, settings, calendars, now, by="ana")
    plan = planned(store, settings, calendars, now)       # what it would do; writes nothing

Bounded, and to be run again: at night, by a person or a timer. Nothing is done without `retention.terms`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from pipeline.retention.block import NotBlockedError, block
from pipeline.retention.clean import clean, purge
from pipeline.retention.ending import Around, Ending, endings
from pipeline.retention.erase import Due, due, erase, learnt, whole
from pipeline.retention.ring import Ring
from pipeline.retention.years import years_after
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars

PROGRAM = "ventanilla"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do now: the cases to be blocked and to be erased, each at most `retention.cases`."""

    block: tuple[Ending, ...] = ()
    erase: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run did. `stayed` counts the cases that could not be blocked, by why; `blocked` are numbers."""

    blocked: tuple[tuple[str, str], ...] = ()
    """The office and number of each case that was blocked."""
    erased: int = 0
    papers: int = 0
    stayed: Mapping[str, int] = field(default_factory=dict)
    rewritten: bool = False
    more: bool = False
    """Whether another run would find more to do."""


def planned(store: Store, settings: Settings, calendars: Calendars, now: dt.datetime) -> Plan:
    """Return what a run would do; *now* in the zone of the office."""
    most = settings.retention.cases
    return Plan(
        block=tuple(islice(_to_block(store, settings, calendars, now), most)),
        erase=tuple(due(store, settings.retention, now.date(), most)),
    )


def retain(
    store: Store, settings: Settings, calendars: Calendars, now: dt.datetime, *, by: str = PROGRAM
) -> Done:
    """Do what is due, and finish what was begun; *now* in the zone of the office.

    Raises:
        UsageError: no folder of keys is chosen, or one among the papers.
        EnvironmentFault: the ring, the papers or the record do not answer, or another run is going on.
    """
    if not settings.retention.terms:
        return Done()
    ring = Ring.at(settings.retention, settings.storage.local, store.files)
    with ring.alone():
        learnt(store, ring, now)
        whole(store, ring)
        erased = erase(
            store, ring, due(store, settings.retention, now.date(), settings.retention.cases), by=by, at=now
        )
        blocked, stayed = _block_all(store, ring, settings, calendars, now, by)
        papers = clean(store, settings, now)
        rewritten = purge(store, now)
    after = planned(store, settings, calendars, now)
    left = bool(after.erase) or len(after.block) > sum(stayed.values())
    return Done(blocked=blocked, erased=erased, papers=papers, stayed=stayed, rewritten=rewritten, more=left)


def _block_all(
    store: Store, ring: Ring, settings: Settings, calendars: Calendars, now: dt.datetime, by: str
) -> tuple[tuple[tuple[str, str], ...], Mapping[str, int]]:
    """Block the cases that are due; one that must stay does not stop the others."""
    around, most = _around(settings, calendars, now), settings.retention.cases
    blocked: list[tuple[str, str]] = []
    stayed: Counter[str] = Counter()
    for ending in _to_block(store, settings, calendars, now):
        if len(blocked) >= most:
            break
        try:
            block(store, ring, ending, around, by=by, at=now)
        except NotBlockedError as error:
            stayed[error.why] += 1
        else:
            blocked.append((ending.office, ending.number))
    return tuple(blocked), dict(stayed)


def _to_block(store: Store, settings: Settings, calendars: Calendars, now: dt.datetime) -> Iterator[Ending]:
    """Yield the cases whose time to be blocked has come, the oldest first."""
    chosen = settings.retention
    if chosen.soonest is None:
        return
    before = years_after(now.date() + dt.timedelta(days=1), -chosen.soonest)
    midnight = dt.datetime.combine(before, dt.time(), now.tzinfo)
    for ending in endings(store, midnight, _around(settings, calendars, now)):
        term = chosen.term(ending.procedure, ending.outcome)
        if term is not None and years_after(ending.closed_on, term.block_years) <= now.date():
            yield ending


def _around(settings: Settings, calendars: Calendars, now: dt.datetime) -> Around:
    """Return what cases are looked at with."""
    return Around(settings.policy, calendars, now.date())
