"""CAT-24: short stays abroad leave the habitual residence in Spain as it is.

Source: Ley General de la Seguridad Social (RDLeg 8/2015) art. 51, by natural years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import LGSS_2015, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules.absence import days_abroad, unread

KEPT = Rule(
    id="CAT-24",
    basis="RDLeg 8/2015, art. 51",
    es="Las estancias en el extranjero no pasan de {limit} días en ningún año natural: la residencia se "
    "mantiene.",
    gl="As estadías no estranxeiro non pasan de {limit} días en ningún ano natural: a residencia mantense.",
    en="Stays abroad are not over {limit} days in any calendar year: residence is kept.",
    since=LGSS_2015,
)
RULES = KEPT.formerly((RD_1192_2012, "Ley General de la Seguridad Social (RDLeg 1/1994)"))
_LONG = Text(
    "Más de {limit} días en el extranjero en un año natural: valore si conserva la residencia habitual.",
    "Máis de {limit} días no estranxeiro nun ano natural: valore se conserva a residencia habitual.",
    "Over {limit} days abroad in a calendar year: assess whether habitual residence is kept.",
)
_UNREAD = Text(
    "No se pueden leer con seguridad las estancias en el extranjero.",
    "Non se poden ler con seguridade as estadías no estranxeiro.",
    "The stays abroad cannot be read with certainty.",
)


@judge("asistencia_sanitaria")
def stays(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-24: the days of each natural year, both ends counted; too many, or unread, a person assesses."""
    facts = [fact for absence in application.absences for fact in (absence.since, absence.until)]
    if not facts and not application.papers.get("absence_statement"):
        return
    limit = whole("lgss-2015", "absence_days_per_year", on=law.on)
    if not facts or unread(application):
        yield KEPT.finds(Outcome.REVIEW, law, *facts, reason=_UNREAD)
        return
    years = {day.value.year for day in facts if day.value is not None}
    most = max(days_abroad(application, dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in _span(years))
    if most > limit:
        yield KEPT.finds(Outcome.REVIEW, law, *facts, reason=_LONG, limit=limit)
    else:
        yield KEPT.finds(Outcome.MET, law, *facts, limit=limit)


def _span(years: set[int]) -> range:
    """Return all years from the first to the last."""
    return range(min(years), max(years) + 1)
