"""AS-PAD-01: what a register paper that came must show of the holder: who, still there, of late, at home.

Source: RD 1192/2012 art. 6.2.c; docs/law.md AS-PAD-01. No law sets a term: how old a certificate may be is
`Policy.certificate_age_months`, as before INGESA.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application, Fact, Period, Registration
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.provinces import province_of, province_of_postal_code
from validators.rules import Law, judge
from validators.rules._certainty import cure_if, known, sure, ticked
from validators.rules._registered import older, open_since
from validators.rules._stale import after
from validators.rules.asistencia_residence import REGISTERED, of_the_holder
from validators.towns import same_town

_WHOSE = Text(
    "El empadronamiento aportado no es con certeza de la persona, o no consta vigente.",
    "O empadroamento achegado non é con certeza da persoa, ou non consta vixente.",
    "The registration is not with certainty the person's, or not shown to be in force.",
)
_DATED_LATER = Text(
    "El certificado de empadronamiento lleva una fecha posterior a su recepción.",
    "O certificado de empadroamento leva unha data posterior á súa recepción.",
    "The certificate of registration is dated after its reception.",
)
_OLD = Text(
    "El empadronamiento aportado es de hace más de {months} meses y se opone a la consulta: aporte otro.",
    "O empadroamento achegado é de hai máis de {months} meses e oponse á consulta: achegue outro.",
    "The registration paper is over {months} months old and the person objects to the query: provide "
    "another.",
)
_OLD_QUERIED = Text(
    "El empadronamiento aportado es de hace más de {months} meses: compruébelo por consulta.",
    "O empadroamento achegado é de hai máis de {months} meses: compróbeo por consulta.",
    "The registration paper is over {months} months old: check it by query.",
)
_ELSEWHERE = Text(
    "El empadronamiento aportado es de otro municipio ({town}) que el domicilio de la solicitud ({home}).",
    "O empadroamento achegado é doutro concello ({town}) ca o domicilio da solicitude ({home}).",
    "The registration is in another town ({town}) than the address in the application ({home}).",
)
_IS_REGISTERED = Text("Consta el empadronamiento.", "Consta o empadroamento.", "The registration is shown.")


@judge("asistencia_sanitaria")
def own_registration(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what each paper shows; one of the past is not looked at beside one that shows today's home."""
    papers = of_the_holder(application)
    found = [(paper, _shown(paper, application, law)) for paper in papers]
    good = [paper for paper, finding in found if finding.outcome is Outcome.MET]
    for paper, finding in found:
        past = same_person(application.applicant, paper.person) == "same" and any(
            _before(paper, one, law) for one in good if one is not paper
        )
        if paper in good or not past:
            yield finding


def _shown(paper: Registration, application: Application, law: Law) -> Finding:
    """Return the finding for one paper."""
    entries = open_since(paper, law)
    last = paper.periods[-1] if paper.periods else None
    if same_person(application.applicant, paper.person) != "same" or not entries:
        facts = (paper.person.id_number, last.until if last else None)
        return REGISTERED.finds(Outcome.REVIEW, law, *facts, reason=_WHOSE)
    if paper.signed is not None and ticked(law, paper.signed) != "yes" and paper.official:
        return REGISTERED.finds(cure_if(law, paper.signed), law, paper.signed)
    if after(paper.issued_on, application.filing.received_on):
        return REGISTERED.finds(Outcome.REVIEW, law, paper.issued_on, reason=_DATED_LATER)
    if older(paper.issued_on, law):
        return _old(paper.issued_on, application, law)
    return _elsewhere(paper, entries, application, law) or REGISTERED.finds(
        Outcome.MET, law, paper.issued_on, entries[-1].municipality, reason=_IS_REGISTERED
    )


def _old(issued: Fact[dt.date] | None, application: Application, law: Law) -> Finding:
    """Return the finding for an old paper: asked for anew where the person opposes the query, else told."""
    opposed = any(ticked(law, form.opposes_queries) == "yes" for form in application.asistencia)
    months = law.policy.certificate_age_months
    if opposed:
        return REGISTERED.finds(cure_if(law, issued), law, issued, reason=_OLD, months=months)
    return REGISTERED.finds(Outcome.NOTICE, law, issued, reason=_OLD_QUERIED, months=months)


def _elsewhere(
    paper: Registration, entries: list[Period], application: Application, law: Law
) -> Finding | None:
    """Return the finding where the entry is in another town than the home; told within one province."""
    towns = [period.municipality for period in entries if sure(law, period.municipality)]
    for form in application.asistencia:
        city = form.address.parts.get("city")
        if city is None or not known(city) or not towns:
            continue
        if any(same_town(town.value or "", city.value or "") for town in towns):
            continue
        home = province_of_postal_code(_text(form.address.parts.get("postal_code")))
        same = home is not None and home in {_province(paper), province_of(towns[0].value or "")}
        outcome = Outcome.NOTICE if same else Outcome.REVIEW
        return REGISTERED.finds(
            outcome, law, towns[0], city, reason=_ELSEWHERE, town=towns[0].value, home=city.value
        )
    return None


def _province(paper: Registration) -> str | None:
    """Return the province of a paper, by its name or by the postal code of the home in it."""
    return province_of(_text(paper.province)) or province_of_postal_code(
        _text(paper.address.parts.get("postal_code"))
    )


def _text(fact: Fact[str] | None) -> str:
    """Return a fact's value, or nothing."""
    return (fact.value if fact else None) or ""


def _before(paper: Registration, good: Registration, law: Law) -> bool:
    """Whether a paper was issued before another one, or tells only of stays that ended before its entry."""
    day, newer = paper.issued_on, good.issued_on
    if day and newer and day.value and newer.value and sure(law, day, newer) and day.value < newer.value:
        return True
    begun = [period.since.value for period in open_since(good, law) if period.since.value]
    ends = [period.until for period in paper.periods if sure(law, period.until)]
    past = [end.value for end in ends if end.value is not None and end.value <= min(begun)]
    return bool(past) and len(past) == len(paper.periods)
