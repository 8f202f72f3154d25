"""Which monthly fees were paid, late, short or not at all, and the day on which non-payment ends a convenio.

Source: Orden SSI/1475/2014 art. 6, RD 576/2013 art. 7.1.d and 7.2.d; docs/law.md CE-PAGO-01, CE-EXT-04 and
section 11, number 8. The fee of a month is paid within the first working days of the next; it is not split.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Literal, NamedTuple

from validators.dates import add_months, first_of_next_month
from validators.deadlines import Where, payment_limit
from validators.law import version, whole
from validators.life.events import Event, Kind
from validators.policy import Policy
from validators.quotas import Due
from validators.rules import Law

ACT = "rd-576-2013"
YEAR = 12
Status = Literal["paid", "late", "unpaid", "pending", "unknown", "unrecorded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The fee of one month and what became of it.

    `pay_by` is None where no calendar tells the day. `unpaid`: the day has passed, and the record says that
    nothing came; `unrecorded`: it has passed and the record says nothing; `late`: paid after it; `unknown`:
    the last day or the amount cannot be told, or it came in parts. `provisional`: the calendar may change.
    """

    due: Due
    pay_by: dt.date | None
    status: Status
    paid_on: dt.date | None = None
    provisional: bool = False


class Extinct(NamedTuple):
    """The first days without the convenio for non-payment, one for each reading; empty where none ends it.

    `always`: every reading ends it. `first`: it is the first fee that was never paid.
    """

    days: tuple[dt.date, ...]
    always: bool
    first: bool = False


def quotas(dues: Iterable[Due], events: Sequence[Event], at: Where, today: dt.date, law: Law) -> list[Quota]:
    """Return what became of each fee by *today*."""
    return [_quota(due, events, at, today, law) for due in dues]


def _payments(events: Iterable[Event]) -> list[tuple[dt.date, Decimal]]:
    """Return the payments that stand, in order; one that the bank returned does not."""
    standing: list[tuple[dt.date, Decimal]] = []
    for event in events:
        if event.kind is Kind.QUOTA_PAID and event.amount is not None:
            standing.append((event.on, event.amount))
        elif event.kind is Kind.QUOTA_RETURNED:
            del standing[-1:]
    return standing


def _quota(due: Due, all_events: Sequence[Event], at: Where, today: dt.date, law: Law) -> Quota:
    """Return one fee: paid on the day on which one payment covered it, for it is not split."""
    events = [event for event in all_events if event.month == due.month]
    payments, opens = _payments(events), first_of_next_month(due.month)
    by = payment_limit(opens, _paid_in(at, all_events, opens), _then(law, opens))
    least = due.amount if due.amount is not None else max(due.otherwise)
    paid_on = next((day for day, euros in payments if euros >= least), None)
    if paid_on is not None:
        status: Status = "paid" if by.date is None or paid_on <= by.date else "late"
    elif today < opens or (by.date is not None and today <= by.date):
        status = "pending"
    elif by.date is None or payments:
        status = "unknown"
    else:
        status = "unpaid" if any(_says_unpaid(event, by.date) for event in events) else "unrecorded"
    return Quota(due=due, pay_by=by.date, status=status, paid_on=paid_on, provisional=by.provisional)


def _says_unpaid(event: Event, last: dt.date) -> bool:
    """Whether an event says that a fee was not paid; one of a day on which it still could be does not."""
    return event.kind is Kind.QUOTA_RETURNED or (event.kind is Kind.QUOTA_UNPAID and event.on > last)


def _paid_in(at: Where, events: Sequence[Event], opens: dt.date) -> Where:
    """Return whose days off count for a payment: those of the city to which the person had moved by then."""
    moves = (event.to for event in reversed(events) if event.kind is Kind.CITY_CHANGED and event.on <= opens)
    city = next(moves, None)
    return at if city is None else Where(places=(city,), seat=at.seat)


def _then(law: Law, on: dt.date) -> Law:
    """Return the law of a day: a convenio lives for years, and each month is paid under its own."""
    return replace(law, on=on, version=version(on))


def undue(dues: Iterable[Due], events: Sequence[Event]) -> Iterator[Event]:
    """Yield the payments of a month in which nothing was due."""
    owed = {due.month for due in dues}
    told = (event for event in events if event.kind is Kind.QUOTA_PAID and event.month is not None)
    yield from (event for event in told if event.month not in owed)


def short(dues: Iterable[Due], events: Sequence[Event]) -> Iterator[tuple[Due, Event]]:
    """Yield the payments that are less than what was due."""
    known = {due.month: due for due in dues}
    for event in events:
        due = known.get(event.month) if event.month else None
        if event.kind is Kind.QUOTA_PAID and due and due.amount and (event.amount or 0) < due.amount:
            yield due, event


def extinct(found: Sequence[Quota], law: Law) -> Extinct | None:
    """Return when non-payment ends the convenio, None where by no reading it does."""
    if not found:
        return None
    first = found[0]
    if _missed(first, late=True):
        firm = first.status == "unpaid" and not first.provisional
        return Extinct((first.due.first,), always=firm, first=True)
    ends = [_end(found, late=late, owed=owed, window=window) for late, owed, window in _readings(law.policy)]
    days = tuple(sorted({day for day in ends if day is not None}))
    firm = None not in ends and not any(quota.provisional for quota in found if _missed(quota, late=True))
    return Extinct(days, always=firm) if days else None


def _readings(policy: Policy) -> Iterator[tuple[bool, bool, str]]:
    """Yield every reading that the policy leaves open: what is late, the month of a default, the window."""
    owed = {"month_owed": (True,), "payment_month": (False,)}.get(policy.default_day, (True, False))
    windows = ("natural_year", "twelve_months", "whole_term")
    chosen = windows if policy.alternate_window == "review" else (policy.alternate_window,)
    yield from product((True, False), owed, chosen)


def _missed(quota: Quota, *, late: bool) -> bool:
    """Whether a fee counts as a default: never paid, or, by a severe reading, paid *late* or in parts."""
    return quota.status == "unpaid" or (late and quota.status in {"late", "unknown"})


def _end(found: Sequence[Quota], *, late: bool, owed: bool, window: str) -> dt.date | None:
    """Return the first day without the convenio by one reading: of the month after the deciding default."""
    missed = [quota.due.month for quota in found if _missed(quota, late=late)]
    for number, month in enumerate(missed):
        if _decides(missed[: number + 1], window):
            return add_months(month, 1 if owed else 2)
    return None


def _decides(missed: Sequence[dt.date], window: str) -> bool:
    """Whether the last of some defaults ends the convenio: the second in a row, or the third alternate."""
    last = missed[-1]
    in_a_row = whole(ACT, "unpaid_consecutive", on=last)
    if all(add_months(last, -back) in missed for back in range(in_a_row)):
        return True
    counted = [month for month in missed if _inside(month, last, window)]
    return len(counted) >= whole(ACT, "unpaid_alternate", on=last)


def _inside(month: dt.date, last: dt.date, window: str) -> bool:
    """Whether a default is added up with the *last* one."""
    if window == "natural_year":
        return month.year == last.year
    return window == "whole_term" or add_months(month, YEAR) > last
