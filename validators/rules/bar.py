"""CE-VET-01: a year without another convenio after one that ended by will, non-payment or breach.

Source: Real Decreto 576/2013 art. 7.1.c to e and 7.3; the year counts from the day after the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.dates import add_years, day_after
from validators.facts import Application, EarlierConvenio, Fact
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import RD_576_2013
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._catalogue import said
from validators.rules._certainty import fact_of, known, sure

BARRED = Rule(
    id="CE-VET-01",
    basis="Real Decreto 576/2013, art. 7.1.c, d y e y art. 7.3; Orden SSI/1475/2014, art. 2",
    es="No ha transcurrido un año desde la extinción del convenio anterior ({ended}): podrá pedir otro "
    "desde el {free}.",
    gl="Non transcorreu un ano desde a extinción do convenio anterior ({ended}): poderá pedir outro "
    "desde o {free}.",
    en="One year has not passed since the earlier agreement ended ({ended}): another may be asked for "
    "from {free}.",
)
_FREE = Text(
    "El convenio anterior no impide pedir otro.",
    "O convenio anterior non impide pedir outro.",
    "The earlier agreement does not prevent asking for another.",
)
_BOUNDARY = Text(
    "El año desde la extinción del convenio anterior se cumple el mismo día de la solicitud.",
    "O ano desde a extinción do convenio anterior cúmprese o mesmo día da solicitude.",
    "The year since the earlier agreement ended completes on the very filing day.",
)
_UNCLEAR = Text(
    "Hubo o hay un convenio especial anterior y no consta con certeza cómo o cuándo terminó: compruébelo.",
    "Houbo ou hai un convenio especial anterior e non consta con certeza como ou cando rematou: compróbeo.",
    "There was or is an earlier special agreement, and how or when it ended is not certain: check it.",
)
_IN_FORCE = Text(
    "Consta un convenio especial en vigor de la misma persona.",
    "Consta un convenio especial en vigor da mesma persoa.",
    "A special agreement of the same person is in force.",
)
_BARRING = frozenset({"own_decision", "unpaid", "breach"})
_FREEING = frozenset({"requirement_lost"})
"""Who lost a requirement is not barred (art. 7.3); who is said to have died is not the same person."""
_LAST_DAY: Mapping[str, Outcome] = MappingProxyType(
    {"review": Outcome.REVIEW, "free": Outcome.MET, "barred": Outcome.NOT_MET}
)
"""What each value of setting 17 makes of the very anniversary."""


@judge("convenio_especial")
def one_year_bar(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what each earlier convenio means for this one, from the papers or the office's record.

    Words of an earlier convenio of which nothing else is known are looked at.
    """
    if not alta(application, law):
        return
    for earlier in application.earlier_convenios:
        yield _judged(earlier, law)
    facts = (fact for one in application.earlier_convenios for fact in (one.ended_on, one.reason) if fact)
    told = {place.document for fact in facts for place in fact.evidence}
    for mention in said(application, "earlier_convenio"):
        if mention.evidence.document not in told:
            yield BARRED.finds(Outcome.REVIEW, law, fact_of(mention), reason=_UNCLEAR)


def _judged(earlier: EarlierConvenio, law: Law) -> Finding:
    """Return the finding for one earlier convenio."""
    ended, cause = earlier.ended_on, earlier.reason
    if earlier.in_force is not None and earlier.in_force.value:
        return BARRED.finds(Outcome.REVIEW, law, earlier.in_force, reason=_IN_FORCE)
    if cause is None or cause.value is None or not sure(law, cause):
        return BARRED.finds(Outcome.REVIEW, law, ended, cause, reason=_UNCLEAR)
    if cause.value not in _BARRING | _FREEING or _cannot_be(ended, law):
        return BARRED.finds(Outcome.REVIEW, law, ended, cause, reason=_UNCLEAR)
    if cause.value in _FREEING:
        return BARRED.finds(Outcome.MET, law, cause, reason=_FREE)
    days = (ended.value, *ended.others) if ended is not None else ()
    outcomes = {_on(day, law) for day in days if day is not None}
    if ended is None or not known(ended) or len(outcomes) != 1:
        return BARRED.finds(Outcome.REVIEW, law, ended, cause, reason=_UNCLEAR)
    return _dated(max(day for day in days if day is not None), outcomes.pop(), earlier, law)


def _cannot_be(ended: Fact[dt.date] | None, law: Law) -> bool:
    """Whether the earlier convenio, in some reading, ended before there were any, or has still to end."""
    days = (ended.value, *ended.others) if ended is not None else ()
    return any(day is not None and not RD_576_2013 <= day <= law.on for day in days)


def _dated(ended: dt.date, outcome: Outcome, earlier: EarlierConvenio, law: Law) -> Finding:
    """Return the finding for a convenio whose end is known: barred, free, or on the very anniversary."""
    facts, last = (earlier.ended_on, earlier.reason), anniversary(ended, law)
    if outcome is Outcome.NOT_MET:
        free = day_after(last)
        return BARRED.finds(outcome, law, *facts, ended=ended, free=free)
    reason = _BOUNDARY if law.on == last else _UNCLEAR if outcome is Outcome.REVIEW else _FREE
    return BARRED.finds(outcome, law, *facts, reason=reason)


def _on(ended: dt.date, law: Law) -> Outcome:
    """Return what a convenio that ended on a day means for a filing on the day of *law*."""
    last = anniversary(ended, law)
    if law.on == last:
        return _LAST_DAY[law.policy.bar_anniversary]
    return Outcome.NOT_MET if law.on < last else Outcome.MET


def anniversary(ended: dt.date, law: Law) -> dt.date:
    """Return the last day of the year of art. 7.3, counted from the day after the end, date to date."""
    return add_years(ended, whole("rd-576-2013", "bar_years", on=law.on))
