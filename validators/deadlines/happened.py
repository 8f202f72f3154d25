"""What happened in a case that moves its dates, as plain data: who records it is another's business.

Source: Ley 39/2015 arts. 22, 23, 40 to 44 and 68. Nothing here is checked for sense: a requirement complied
with before it was notified is a finding of the clock, never an exception.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Working days added to a time to cure (arts. 32 and 68.2), and the day on which that was decided."""

    days: int
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement to cure defects, from the day on which it was notified to the person.

    `granted_days` are the working days that the notice gives, the law's by default; `extensions` those added
    later, in the order in which they were. `suspends` tells whether the notice, or an act of its own, says
    that the time to resolve stops (art. 22.1: "se podrá").
    """

    notified_on: dt.date
    complied_on: dt.date | None = None
    granted_days: int | None = None
    extensions: tuple[Extension, ...] = ()
    suspends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A compulsory report of another body: asked for and received, both told to the person (art. 22.1.d)."""

    requested_on: dt.date
    received_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A documented attempt to notify on paper, at the person's address (art. 42.2).

    `at` is the hour of the clock on the wall, None where the slip does not say.
    """

    on: dt.date
    at: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What was done to notify the resolution: every day is None, and the attempts empty, until it happens.

    `dictated_on` is the date of the act itself; `at_disposal_on` the day on which it lay ready at the
    electronic office of who chose it or is bound to it, `offered_on` that on which it lay there for anybody
    else (arts. 42.1 and 43.2), `opened_on` that on which the person opened it; `published_on` that of the
    official gazette, after the attempts on paper; `notified_on` the day on which it was accepted or refused
    on paper.
    """

    dictated_on: dt.date | None = None
    attempts: tuple[Attempt, ...] = ()
    at_disposal_on: dt.date | None = None
    offered_on: dt.date | None = None
    opened_on: dt.date | None = None
    notified_on: dt.date | None = None
    published_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """All that moves the time to resolve. `extra_days` are working days by which it was extended (art. 23).

    An application just received has none of it.
    """

    requirements: tuple[Requirement, ...] = ()
    reports: tuple[Report, ...] = ()
    extra_days: int = 0
