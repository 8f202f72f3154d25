"""The monthly fee of the convenio especial, its change with age, and parts of a month.

Source: Orden SSI/1475/2014 arts. 4.2 and 6, RD 576/2013 arts. 6 and 7.2, the model of the convenio
(BOE-A-2014-10169, 3ª); docs/law.md section 8. Amounts are euros.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from validators.dates import add_years, age, first_of_next_month, leap_birthday, month_length
from validators.facts import Application
from validators.law import amount, whole
from validators.policy import Policy
from validators.rules import Law

ACT = "ssi-1475-2014"
CENT = Decimal("0.01")
THIRTY = 30
"""Policy 7, the other reading: a month of thirty days whatever its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The amount a month; `since` is the month from which it applies, None until the convenio is signed."""

    monthly: Decimal
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The first day of the higher fee. `otherwise` is the day by the other reading of a 29 February."""

    on: dt.date
    otherwise: dt.date | None = None


def fee(application: Application, law: Law) -> Fee | None:
    """Return the amount that would apply on the filing date, or None.

    None where no convenio is asked for, and where the date of birth is not known surely: an amount is
    never proposed on a doubtful reading (CE-FEE-01, CE-FEE-03).
    """
    born = application.applicant.birth_date
    if application.procedure != "convenio_especial" or not _starts_one(application):
        return None
    if born is None or born.value is None or born.others or born.confidence < law.policy.acceptance:
        return None
    if born.value > law.on:
        return None
    return Fee(monthly=monthly(born.value, law.on))


def _starts_one(application: Application) -> bool:
    """Whether the form asks for a new convenio, not for the end or change of one."""
    types = [form.request_type.value for form in application.convenio if form.request_type]
    return not types or "alta" in types


def monthly(born: dt.date, on: dt.date) -> Decimal:
    """Return the fee of the month for the age reached *on* a day (CE-FEE-01)."""
    higher = age(born, on) >= whole(ACT, "fee_age", on=on)
    return amount(ACT, "fee_from_age" if higher else "fee_below_age", on=on)


def fee_in_month(born: dt.date, signed_on: dt.date, month: dt.date) -> Decimal:
    """Return the fee of a whole *month* (its first day) of a convenio signed on a day (CE-FEE-02, 03)."""
    if age(born, signed_on) >= whole(ACT, "fee_age", on=signed_on):
        return amount(ACT, "fee_from_age", on=month)
    return amount(ACT, "fee_from_age" if month >= change(born, on=month).on else "fee_below_age", on=month)


def change(born: dt.date, *, on: dt.date) -> Change:
    """Return from when the higher fee is due: the first day of the month after the birthday (CE-FEE-02).

    Who was born on 29 February has no such birthday: 28 February gives March, 1 March gives April.
    """
    years = whole(ACT, "fee_age", on=on)
    birthday = add_years(born, years)
    if not leap_birthday(born, years):
        return Change(on=first_of_next_month(birthday))
    return Change(
        on=first_of_next_month(birthday), otherwise=first_of_next_month(birthday + dt.timedelta(days=1))
    )


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
