"""CE-RES-12: stays abroad that put effective residence in doubt, counted with both days as written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from validators.dates import add_years
from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import LGSS_2015, SSI_1475_2014
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta

ABSENT = Rule(
    id="CE-RES-12",
    basis="RDLeg 8/2015, art. 51 (por analogía); Real Decreto 1690/1986, art. 54.1",
    es="Ausencias superiores a {limit} días: valore la residencia efectiva.",
    gl="Ausencias superiores a {limit} días: valore a residencia efectiva.",
    en="Absences over {limit} days: assess whether residence was effective.",
    since=LGSS_2015,
)
RULES = ABSENT.formerly((SSI_1475_2014, "Real Decreto 1690/1986, art. 54.1"))
_LONG = {"review": Outcome.REVIEW, "kept": Outcome.NOTICE, "broken": Outcome.NOT_MET}
_BROKEN = Text(
    "Ausencias superiores a {limit} días: interrumpen la residencia efectiva, por criterio de la oficina.",
    "Ausencias superiores a {limit} días: interrompen a residencia efectiva, por criterio da oficina.",
    "Absences over {limit} days: they interrupt effective residence, by the office's reading of the law.",
)
_SHORT = Text(
    "Las ausencias declaradas no alcanzan a poner en duda la residencia efectiva.",
    "As ausencias declaradas non chegan a pór en dúbida a residencia efectiva.",
    "The absences stated are too short to put effective residence in doubt.",
)
_UNREAD = Text(
    "No se pueden leer con seguridad las ausencias declaradas o selladas.",
    "Non se poden ler con seguridade as ausencias declaradas ou seladas.",
    "The absences stated or stamped cannot be read with certainty.",
)


@judge("convenio_especial")
def absences(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the stays abroad are short; a stay that cannot be read is never short."""
    if not alta(application, law):
        return
    facts = [fact for absence in application.absences for fact in (absence.since, absence.until)]
    papers = application.papers.get("absence_statement", ())
    limit = whole("lgss-2015", "absence_days_per_year", on=law.on)
    if not facts and not papers:
        return
    if not facts or unread(application):
        yield ABSENT.finds(Outcome.REVIEW, law, *facts, reason=_UNREAD)
    elif _long(application, law, limit):
        outcome = _LONG[law.policy.absence_rule]
        reason = _BROKEN if outcome is Outcome.NOT_MET else None
        yield ABSENT.finds(outcome, law, *facts, reason=reason, limit=limit)
    else:
        yield ABSENT.finds(Outcome.MET, law, *facts, reason=_SHORT)


def unread(application: Application) -> bool:
    """Whether some absence has a day that is not surely read, or ends before it begins."""
    if any(f.value is None or f.others for a in application.absences for f in (a.since, a.until)):
        return True
    pairs = [(a.since.value, a.until.value) for a in application.absences]
    return any(since is not None and until is not None and until < since for since, until in pairs)


def _long(application: Application, law: Law, limit: int) -> bool:
    """Whether one natural year of the window, or the window itself, holds too many days abroad."""
    opens = add_years(law.on, -whole("ssi-1475-2014", "residence_years", on=law.on))
    years = range(opens.year, law.on.year + 1)
    by_year = [days_abroad(application, dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in years]
    running = days_abroad(application, opens, law.on)
    return max(by_year) > limit or running >= law.policy.absence_window_days


def days_abroad(application: Application, first: dt.date, last: dt.date) -> int:
    """Return the days abroad from *first* to *last*, a day in two papers counted once."""
    spans = (_span(a.since.value, a.until.value, first, last) for a in application.absences)
    return len(frozenset(day for span in spans for day in span))


def _span(since: dt.date | None, until: dt.date | None, first: dt.date, last: dt.date) -> Iterable[int]:
    """Return the days of one absence between *first* and *last*, as ordinals."""
    if since is None or until is None:
        return ()
    return range(max(since, first).toordinal(), min(until, last).toordinal() + 1)
