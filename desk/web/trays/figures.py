"""Figures without cases: how many lie in each tray, since when, and how the blind sample came out."""

from __future__ import annotations

import datetime as dt

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.trays.shown import groups, named, reach, tidied, wanted
from desk.web.visit import Visit
from pipeline.decisions.kept import sample_rate
from pipeline.trays import kinds
from pipeline.trays.counts import counts

_OWN = frozenset({kinds.MINE, kinds.IN_HAND})
_SAMPLED = dt.timedelta(days=90)
"""As far back as the sample is told: a few cases say nothing."""


def figures(visit: Visit) -> Response:
    """Show the count of each tray of one's offices, and how often a second look saw it otherwise."""
    late = tidied(visit)
    trays = {group: [one for one in all_ if one not in _OWN] for group, all_ in groups()}
    asked = wanted(visit, "")
    found = counts(visit.room.store, asked, [one for all_ in trays.values() for one in all_])
    since = visit.at - _SAMPLED
    with visit.room.store.read() as connection:
        rate = sample_rate(connection, since, reach(visit).offices)
    shown = {
        group: [(named(visit.say, one), found[one]) for one in all_ if found[one].cases]
        for group, all_ in trays.items()
    }
    return visit.page(
        "trays/figures.html", groups=shown, late=late, rate=rate, since=since.date(), today=visit.at.date()
    )


DOORS = (Door("/cifras", figures, Right.FIGURES),)
