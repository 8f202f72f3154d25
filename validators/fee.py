"""The monthly fee of the convenio especial, its change with age, and the share of a part of a month.

Source: Orden SSI/1475/2014 arts. 4.2 and 6, RD 576/2013 arts. 6 and 7.2, the model of the convenio
(BOE-A-2014-10169, 3ª); docs/law.md section 8. Amounts are euros.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from validators.dates import add_years, first_of_next_month, leap_birthday, month_length
from validators.facts import Application
from validators.finding import Applied
from validators.law import amount, whole
from validators.policy import Policy
from validators.rules import Law
from validators.rules.fee import ACT, BY_AGE, CHANGE, FIRST, LEAP, written

CENT = Decimal("0.01")
THIRTY = 30
"""Policy 7, the other reading: a month of thirty days whatever its length."""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The amount a month; `since` is the month from which it applies, None until the convenio is signed.

    `applied` are the rules that made the amount and its change with age.
    """

    monthly: Decimal
    since: dt.date | None = None
    applied: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The first day of the higher fee. `otherwise` is the day by the other reading of a 29 February."""

    on: dt.date
    otherwise: dt.date | None = None


def fee(application: Application, law: Law) -> Fee | None:
    """Return the amount that would apply on the filing date, or None.

    None where no convenio is asked for, where the date of birth is not known surely, and on the one day
    on which a 29 February can be counted in two ways: an amount is never proposed on a doubtful reading
    (CE-FEE-01, CE-FEE-03).
    """
    born = application.applicant.birth_date
    if application.procedure != "convenio_especial" or not _starts_one(application):
        return None
    if born is None or born.value is None or born.others or born.confidence < law.policy.acceptance:
        return None
    if born.value > law.on:
        return None
    days = birthdays(born.value, law.on, law.policy)
    amounts = {full_fee(day, law.on, law.on.replace(day=1)) for day in days}
    if len(amounts) > 1:
        return None
    return Fee(monthly=amounts.pop(), applied=tuple(_why(born.value, law)))


def _starts_one(application: Application) -> bool:
    """Whether the form asks for a new convenio, not for the end or change of one."""
    types = [form.request_type.value for form in application.convenio if form.request_type]
    return not types or "alta" in types


def _why(born: dt.date, law: Law) -> Iterator[Applied]:
    """Yield the rules behind the amount of the filing date: age, the day that counts, the change to come."""
    yield by_age(born, law.on, law.on, law.policy)
    yield FIRST.on(law.on).applied()
    to_come = change(born, on=law.on, policy=law.policy)
    if law.on < birthdays(born, law.on, law.policy)[0]:
        words = written(amount(ACT, "fee_from_age", on=to_come.on))
        if to_come.otherwise is None:
            yield CHANGE.on(law.on).applied(day=to_come.on, **words)
        else:
            yield CHANGE.on(law.on).applied(reason=LEAP, day=to_come.on, other=to_come.otherwise, **words)


def by_age(born: dt.date, on: dt.date, month: dt.date, policy: Policy) -> Applied:
    """Return the rule that gives the amount by the age reached *on* a day, at the prices of *month*."""
    years = whole(ACT, "fee_age", on=on)
    higher = on >= birthdays(born, on, policy)[0]
    euros = amount(ACT, "fee_from_age" if higher else "fee_below_age", on=month)
    side = ("ya", "xa", "already") if higher else ("aún no", "aínda non", "not yet")
    said = written(euros) | dict(zip(("side_es", "side_gl", "side_en"), side, strict=True))
    return BY_AGE.applied(years=years, day=on, **said)


def monthly(born: dt.date, on: dt.date) -> Decimal:
    """Return the fee of the month for the age reached *on* a day (CE-FEE-01)."""
    higher = on >= add_years(born, whole(ACT, "fee_age", on=on))
    return amount(ACT, "fee_from_age" if higher else "fee_below_age", on=on)


def fee_in_month(born: dt.date, signed_on: dt.date, month: dt.date) -> Decimal:
    """Return the fee of a whole *month* (its first day) of a convenio signed on a day (CE-FEE-02, 03).

    By the earlier reading of a 29 February; `schedule` shows both.
    """
    return full_fee(birthdays(born, month, Policy())[0], signed_on, month)


def full_fee(birthday: dt.date, signed_on: dt.date, month: dt.date) -> Decimal:
    """Return the fee of a whole month: higher from signature, or from the month after *birthday*."""
    higher = signed_on >= birthday or month >= first_of_next_month(birthday)
    return amount(ACT, "fee_from_age" if higher else "fee_below_age", on=month)


def birthdays(born: dt.date, on: dt.date, policy: Policy) -> tuple[dt.date, ...]:
    """Return the day on which the fee age is reached, two where a 29 February can be read in two ways."""
    years = whole(ACT, "fee_age", on=on)
    day = add_years(born, years)
    if not leap_birthday(born, years):
        return (day,)
    chosen = {"february_28": (day,), "march_1": (day + ONE_DAY,)}
    return chosen.get(policy.leap_birthday, (day, day + ONE_DAY))


def change(born: dt.date, *, on: dt.date, policy: Policy | None = None) -> Change:
    """Return from when the higher fee is due: the first day of the month after the birthday (CE-FEE-02).

    Who was born on 29 February has no such birthday: 28 February gives March, 1 March gives April.
    """
    days = [first_of_next_month(day) for day in birthdays(born, on, policy or Policy())]
    return Change(on=days[0], otherwise=days[1] if len(days) > 1 else None)


def part_of_month(full: Decimal, first: dt.date, last: dt.date, policy: Policy) -> Decimal:
    """Return the share of a month's fee for the days from *first* to *last*, both counted (CE-FEE-04, 05).

    Both lie in one month. Rounded half up to cents, once; a whole month is never more than the fee.
    """
    if (first.year, first.month) != (last.year, last.month) or first > last:
        raise ValueError("the two days must lie in one month, in order")
    length = month_length(first.year, first.month)
    days = (last - first).days + 1
    if days == length:
        return full
    divisor = length if policy.proration == "natural_days" else THIRTY
    return min(full, (full * days / divisor).quantize(CENT, rounding=ROUND_HALF_UP))
