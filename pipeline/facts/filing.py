"""When the application was handed in, and who says so (docs/contract: The package)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from pipeline.case import Presentation, Received
from pipeline.facts.fields import Paper, day
from validators.facts import Fact, Filing

SPAIN = ZoneInfo("Europe/Madrid")


def filing(case: Received, papers: Sequence[Paper]) -> Filing:
    """Return the filing date by the weight of who says it: office, option, package, stamp, reception.

    The sender's word is never taken when it lies after the reception.
    """
    received_on = case.received_at.astimezone(SPAIN).date()
    stamps = tuple(_stamps(papers))
    stated = (*_stated(case.said), *stamps)
    for source in ("office", "option"):
        for said in case.said:
            if said.said_by == source and said.filed_on:
                return Filing(
                    filed_on=said.filed_on, source=said.said_by, received_on=received_on, stated=stated
                )
    for said in case.said:
        if said.filed_on and said.filed_on <= received_on:
            return Filing(filed_on=said.filed_on, source="package", received_on=received_on, stated=stated)
    for stamp in stamps:
        if stamp.value and stamp.value <= received_on:
            return Filing(filed_on=stamp.value, source="stamp", received_on=received_on, stated=stated)
    return Filing(filed_on=received_on, source="reception", received_on=received_on, stated=stated)


def _stated(said: Sequence[Presentation]) -> Iterator[Fact[dt.date]]:
    """Yield the dates that a person wrote beside or inside the package."""
    for one in said:
        if one.filed_on:
            yield Fact(value=one.filed_on)


def _stamps(papers: Sequence[Paper]) -> Iterator[Fact[dt.date]]:
    """Yield the dates of registry stamps and receipts in the papers."""
    for paper in papers:
        for name in ("filed_at", "registry.entered_on"):
            stamp = paper.fact(name, day)
            if stamp is not None:
                yield stamp
