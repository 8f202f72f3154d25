"""Entries in a municipal register that still stand on the filing day, by papers that may be relied on."""

from __future__ import annotations

import datetime as dt

from validators.facts import Application, Fact, Registration
from validators.rules import Law
from validators.rules._certainty import known, sure, ticked
from validators.rules._stale import current


def standing(paper: Registration, application: Application, law: Law) -> list[Fact[dt.date]]:
    """Return the days of the entries that are surely open and begun, in a paper of late.

    A certificate that is surely without seal and signature shows nothing; a volante needs neither.
    """
    if paper.official and paper.signed is not None and ticked(law, paper.signed) != "yes":
        return []
    if not current(paper.issued_on, application.filing.received_on, law):
        return []
    return [
        fact
        for period in paper.periods
        if sure(law, period.until) and not known(period.until)
        if period.since.value is not None and period.since.value <= law.on
        for fact in (period.since, period.until)
    ]
