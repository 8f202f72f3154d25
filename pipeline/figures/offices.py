"""The offices compared: what each received, resolved, has open, and how it scans."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.figures import told
from pipeline.figures.asked import Sum
from pipeline.figures.compare import Flows, Pair, Share
from pipeline.figures.due import Due, ahead
from pipeline.figures.forecast import Forecast
from pipeline.figures.open import Lying
from pipeline.figures.quality import Quality, quality
from validators.calendar import Calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office; `lying` is None where nothing is open, `late` are open cases whose day has passed."""

    code: str
    received: Pair
    resolved: Pair
    lying: Lying | None
    late: int
    forecast: Forecast
    returned: Share
    """Of the cases received, those returned."""
    bad_papers: Pair
    """Papers with something that makes a scan bad, each once."""
    quality: Quality


def offices(
    flows: Flows,
    lying: Mapping[str, Lying],
    due: Sequence[Due],
    by_day: Iterable[Sum],
    calendars: Calendars,
    today: dt.date,
) -> tuple[Office, ...]:
    """Return each office that has any figure, by its code."""
    resolved, found = worked_by_day(by_day), []
    for code in sorted({office for _, _, office in flows.sums} | lying.keys()):
        own, mine = flows.of(code), [one for one in due if one.office == code]
        received = own.total(told.RECEIVED)
        office = Office(
            code=code,
            received=received,
            resolved=own.total(told.RESOLVED),
            lying=lying.get(code),
            late=sum(one.cases for one in mine if one.day < today),
            forecast=ahead(mine, resolved[code], calendars, today),
            returned=Share(own.total(told.RETURNED), received),
            bad_papers=own.total(told.BAD_PAPER),
            quality=quality(own),
        )
        found.append(office)
    return tuple(found)


def worked_by_day(by_day: Iterable[Sum]) -> defaultdict[str, Counter[dt.date]]:
    """Return how many cases people of each office answered on each day, of sums by day and office."""
    found: defaultdict[str, Counter[dt.date]] = defaultdict(Counter)
    for one in by_day:
        if one.what == told.RESOLVED and told.worked(one.name) and one.office and one.day:
            found[one.office][one.day] += one.number
    return found
