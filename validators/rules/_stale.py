"""Papers about the present that were written too long ago, or too late, to speak of it."""

from __future__ import annotations

import datetime as dt

from validators.dates import add_years
from validators.facts import Fact
from validators.law import whole
from validators.rules import Law


def stale(written: Fact[dt.date] | None, law: Law) -> bool:
    """Whether a paper about the present was written before the year that the Orden looks at."""
    years = whole("ssi-1475-2014", "residence_years", on=law.on)
    return written is not None and written.value is not None and written.value < add_years(law.on, -years)


def after(written: Fact[dt.date] | None, day: dt.date) -> bool:
    """Whether a paper bears a date later than *day* in some reading."""
    return written is not None and any(one and one > day for one in (written.value, *written.others))


def current(written: Fact[dt.date] | None, received_on: dt.date, law: Law) -> bool:
    """Whether the day on a paper, if it bears one, is of the last year and not after its reception."""
    return not stale(written, law) and not after(written, received_on)
