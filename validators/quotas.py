"""What each month of a convenio especial costs, from the day of signature on.

Source: Orden SSI/1475/2014 arts. 4.2 and 6, RD 576/2013 art. 7.2; docs/law.md section 8. Amounts are euros.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from validators.dates import first_of_next_month, last_of_month, month_length
from validators.fee import THIRTY, birthdays, by_age, change, full_fee, part_of_month
from validators.finding import Applied
from validators.law import amount
from validators.policy import Policy
from validators.rules.fee import ACT, CHANGE, LEAP, PART, ROUNDED, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The fee of the days `first` to `last` of one month, both counted.

    `amount` is None where the readings of a birthday differ: then a person decides between `otherwise`.
    Else `otherwise` is the amount by the reading that the policy did not take, where it differs.
    """

    month: dt.date
    first: dt.date
    last: dt.date
    amount: Decimal | None
    otherwise: tuple[Decimal, ...] = ()
    applied: tuple[Applied, ...] = ()


def schedule(born: dt.date, signed_on: dt.date, last: dt.date, policy: Policy) -> tuple[Due, ...]:
    """Return what each month costs, from the day of signature to *last*, both counted; none if it is before.

    *last* is the last day with the convenio: of death, of the notice or of the loss (RD 576/2013, art. 7.2),
    or the end of the last month that is asked for.
    """
    found, month = [], signed_on.replace(day=1)
    while max(month, signed_on) <= last:
        found.append(_due(born, signed_on, month, last, policy))
        if (month := first_of_next_month(month)) == dt.date.max:
            break
    return tuple(found)


def _due(born: dt.date, signed_on: dt.date, month: dt.date, last: dt.date, policy: Policy) -> Due:
    """Return what one month costs, by every reading that the policy leaves open."""
    first, end = max(signed_on, month), min(last, last_of_month(month))
    fulls = dict.fromkeys(full_fee(day, signed_on, month) for day in birthdays(born, month, policy))
    amounts = [part_of_month(full, first, end, policy) for full in fulls]
    other = _other(policy)
    spare = dict.fromkeys(part_of_month(full, first, end, other) for full in fulls)
    one = len(amounts) == 1
    return Due(
        month=month,
        first=first,
        last=end,
        amount=amounts[0] if one else None,
        otherwise=tuple(a for a in spare if a not in amounts) if one else tuple(amounts),
        applied=tuple(_why_due(born, signed_on, (month, first, end), policy, next(iter(fulls)))),
    )


def _other(policy: Policy) -> Policy:
    """Return the policy with the other reading of the part of a month."""
    return Policy(proration="thirty" if policy.proration == "natural_days" else "natural_days")


def _why_due(
    born: dt.date, signed_on: dt.date, days: tuple[dt.date, dt.date, dt.date], policy: Policy, full: Decimal
) -> Iterator[Applied]:
    """Yield the rules behind the cost of one month; *days* are its first, and the first and last counted."""
    month, first, last = days
    days_of_age = birthdays(born, month, policy)
    if signed_on < days_of_age[-1] and month >= first_of_next_month(days_of_age[0]):
        changed = change(born, on=month, policy=policy)
        reason = None if changed.otherwise is None else LEAP
        higher = amount(ACT, "fee_from_age", on=month)
        yield CHANGE.on(signed_on).applied(
            reason=reason, day=changed.on, other=changed.otherwise, **written(higher)
        )
    else:
        yield by_age(born, signed_on, month, policy)
    if (first, last) != (month, last_of_month(month)):
        length = month_length(month.year, month.month)
        divisor = length if policy.proration == "natural_days" else THIRTY
        yield PART.applied(count=(last - first).days + 1, divisor=divisor, **written(full))
        yield ROUNDED.applied()
