"""The residence timeline: drawn, told in sentences, each period led to its box."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from desk.web.case.found import Found
from desk.web.case.told import kind_name, value
from desk.web.visit import Values, Visit
from pipeline.letters.picture import picture
from pipeline.letters.timeline import said

FILED = "filed_on"
_FIRST, _LAST = "\u2068", "\u2069"
"""Set apart the direction of a name where no element can stand, in the words of a list to choose from."""


class Stay(NamedTuple):
    """One period of one paper."""

    document: str
    item: int
    paper: str
    town: str
    since: str
    until: str


class Date(NamedTuple):
    """A date that may be asked about: `name` as `pipeline.what_if` takes it, and what it is now."""

    name: str
    words: str


def build(visit: Visit, case: Found) -> Values:
    """Return the picture with its words, the periods as papers give them, and the dates to ask about."""
    drawn = residence(visit, case.report)
    return {
        **drawn,
        "stays": tuple(_stays(visit, case)),
        "dates": tuple(dates(visit, case)),
        "asked": "",
    }


def residence(visit: Visit, report: Any, prefix: str = "") -> Values:
    """Return the picture and the sentences of a report's timeline; *prefix* tells two on one page apart."""
    block, language = report.get("residence"), visit.say.language
    if not block:
        return {"svg": "", "sentences": ()}
    filed_on = dt.date.fromisoformat(report["filed_on"])
    # the picture escapes what papers say
    svg = Markup(picture(block, filed_on, language, prefix))  # noqa: S704
    return {"svg": svg, "sentences": said(block, filed_on, language)}


def _stays(visit: Visit, case: Found) -> Iterator[Stay]:
    """Yield the periods of every certificate, each with its place on the paper."""
    for document, number, row, kind in _periods(case):
        paper = f"{document.removeprefix('d')} {kind_name(visit.say, kind)}"
        until = _told(visit, row.get("to")) or visit.say("case.still_there")
        yield Stay(
            document,
            number,
            paper,
            str(row.get("municipality") or "-"),
            _told(visit, row.get("from")) or visit.say("case.not_read"),
            until,
        )


def _told(visit: Visit, day: Any) -> str:
    """Return a day of a period, empty where there is none."""
    return value(visit.say, day) if day else ""


def dates(visit: Visit, case: Found) -> Iterator[Date]:
    """Yield the dates on which the year of residence hangs."""
    if not case.report.get("residence"):
        return
    yield Date(FILED, f"{visit.say('case.filed_on')} ({value(visit.say, case.report['filed_on'])})")
    for document, number, row, kind in _periods(case):
        paper = f"{document.removeprefix('d')} {kind_name(visit.say, kind)}"
        for end in ("from", "to"):
            town = f"{_FIRST}{row.get('municipality') or '-'}{_LAST}"
            words = f"{paper}, {town}: {visit.say(f'fields.periods.{end}').lower()}"
            now = _told(visit, row.get(end)) or visit.say("case.still_there")
            yield Date(f"{document}.periods.{number}.{end}", f"{words} ({now})")


def _periods(case: Found) -> Iterator[tuple[str, int, Any, str]]:
    """Yield each period of each paper: document, number, values, kind."""
    for one in case.places.documents:
        rows = one["fields"].get("periods", {}).get("value")
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield one["id"], number, row, one["kind"]
