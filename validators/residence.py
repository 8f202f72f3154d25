"""The one-year residence rule as arithmetic: intervals, the chain that reaches the filing day, its end.

Source: Orden SSI/1475/2014 art. 2.a; docs/law.md section 4.2. Years run date to date, forward from the
start of the chain (Ley 39/2015 art. 30.4): days are never counted to make a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from validators.dates import add_years
from validators.facts import Application
from validators.law import whole
from validators.once import once
from validators.policy import Policy
from validators.stays import Stay, certificates, match, stays
from validators.towns import same_town


class Stretch(NamedTuple):
    """A gap or an overlap; `days` is `until` - `since`."""

    since: dt.date
    until: dt.date
    days: int


class Registered(NamedTuple):
    """One stay as the case shows it; `until` None is still open."""

    municipality: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """What the registers show of the year before the filing day (both ends of `window` included)."""

    window: tuple[dt.date, dt.date]
    periods: tuple[Registered, ...]
    gaps: tuple[Stretch, ...]
    overlaps: tuple[Stretch, ...]
    chain_start: dt.date | None
    complete_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The stays seen from the filing day `on`. `chain` reaches that day without a gap, oldest first.

    `before` is what ended last before the chain began (or before the filing day, without a chain);
    `later` are stays that began after the filing day.
    """

    on: dt.date
    years: int
    chain: tuple[Stay, ...]
    before: Stay | None
    earlier: tuple[Stay, ...]
    later: tuple[Stay, ...]

    @property
    def opens(self) -> dt.date:
        """The first day of the window."""
        return add_years(self.on, -self.years)

    @property
    def start(self) -> dt.date | None:
        """The day on which the chain began."""
        return self.chain[0].since if self.chain else None

    @property
    def complete_on(self) -> dt.date | None:
        """The day on which the chain completes the time, by the calendar."""
        return add_years(self.chain[0].since, self.years) if self.chain else None

    @property
    def stays(self) -> tuple[Stay, ...]:
        """All stays that began by the filing day, oldest first."""
        return (*self.earlier, *self.chain)

    @property
    def present(self) -> tuple[Stay, ...]:
        """The stays in force on the filing day."""
        return tuple(s for s in self.chain if s.end >= self.on)


def timeline(found: Sequence[Stay], on: dt.date, years: int, adjacency: int) -> Timeline:
    """Return the chain that reaches *on*: a stay joins if it lasts to within *adjacency* days of the next."""
    begun = [s for s in found if s.since <= on]
    start = min((s.since for s in begun if s.end >= on), default=None)
    while start is not None:
        joined = [s.since for s in begun if s.since < start and (start - min(s.end, start)).days <= adjacency]
        if not joined:
            break
        start = min(joined)
    earlier = tuple(s for s in begun if start is None or s.since < start)
    return Timeline(
        on=on,
        years=years,
        chain=tuple(s for s in begun if start is not None and s.since >= start),
        before=max(earlier, key=lambda s: (s.end, s.key), default=None),
        earlier=earlier,
        later=tuple(s for s in found if s.since > on),
    )


@once
def read_timeline(application: Application, policy: Policy, found: Sequence[Stay]) -> Timeline:
    """Return the timeline of *found* on the filing day, under the law and policy of the case."""
    on = application.filing.filed_on
    years = whole("ssi-1475-2014", "residence_years", on=on)
    return timeline(found, on, years, policy.adjacency_days)


def gaps(line: Timeline, adjacency: int) -> tuple[Stretch, ...]:
    """Return the times without any stay, between the first stay and the filing day."""
    return tuple(g for g in _holes(line) if g.days > adjacency)


def _holes(line: Timeline) -> Iterator[Stretch]:
    """Yield every time between the end of all stays so far and the next beginning."""
    reached: dt.date | None = None
    for stay in line.stays:
        if reached is not None and stay.since > reached:
            yield Stretch(reached, stay.since, (stay.since - reached).days)
        reached = stay.end if reached is None else max(reached, stay.end)
    if reached is not None and reached < line.on:
        yield Stretch(reached, line.on, (line.on - reached).days)


class Double(NamedTuple):
    """Two stays in different municipalities at once."""

    one: Stay
    other: Stay
    stretch: Stretch


def doubles(line: Timeline) -> tuple[Double, ...]:
    """Return the times registered in two municipalities, up to the filing day."""
    pairs = [
        (a, b) for i, a in enumerate(line.stays) for b in line.stays[i + 1 :] if not same_town(a.town, b.town)
    ]
    found = []
    for one, other in pairs:
        since, until = max(one.since, other.since), min(one.end, other.end, line.on)
        if since < until or (one.until is None and other.until is None):
            found.append(Double(one, other, Stretch(since, until, (until - since).days)))
    return tuple(found)


def residence(application: Application, policy: Policy) -> Residence | None:
    """Return what the registers show; None where the procedure does not ask or no paper of a register came.

    Without any certificate the block shows what a volante says, for information: no rule rests on it.
    """
    if application.procedure != "convenio_especial" or not application.registrations:
        return None
    own = certificates(application) or tuple(
        r for r in application.registrations if match(application, r.person) != "different"
    )
    found = stays(own)
    line = read_timeline(application, policy, found)
    return Residence(
        window=(line.opens, line.on),
        periods=tuple(Registered(s.town, s.since, None if s.presumed else s.until) for s in found),
        gaps=gaps(line, policy.adjacency_days),
        overlaps=tuple(sorted(d.stretch for d in doubles(line))),
        chain_start=line.start,
        complete_on=line.complete_on,
    )
