"""Entries in a municipal register that still stand on the filing day, by papers that may be relied on."""

from __future__ import annotations

import datetime as dt

from validators.dates import add_months
from validators.facts import Application, Fact, Period, Registration
from validators.rules import Law
from validators.rules._certainty import known, sure, ticked
from validators.rules._stale import after


def standing(paper: Registration, application: Application, law: Law) -> list[Fact[dt.date]]:
    """Return the days of the entries that are surely open and begun, in a paper of late.

    A certificate that is surely without seal and signature shows nothing; a volante needs neither.
    """
    if paper.official and paper.signed is not None and ticked(law, paper.signed) != "yes":
        return []
    if older(paper.issued_on, law) or after(paper.issued_on, application.filing.received_on):
        return []
    return [fact for period in open_since(paper, law) for fact in (period.since, period.until)]


def open_since(paper: Registration, law: Law) -> list[Period]:
    """Return the entries of a paper that are surely open and have begun by the filing day."""
    return [
        period
        for period in paper.periods
        if sure(law, period.until) and not known(period.until)
        if period.since.value is not None and period.since.value <= law.on
    ]


def older(issued: Fact[dt.date] | None, law: Law) -> bool:
    """Whether a paper was issued, in some reading, so long ago that it no longer speaks of the filing day."""
    oldest = add_months(law.on, -law.policy.certificate_age_months)
    return issued is not None and any(day and day < oldest for day in (issued.value, *issued.others))
