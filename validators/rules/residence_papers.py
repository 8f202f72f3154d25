"""CE-RES-15 to 18: whose certificates they are, how old, and whether their dates can be true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.crosscheck import columns
from validators.dates import add_months
from validators.facts import Application, Evidence, Fact, RegisterAnswer, Registration
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import INE_2020, SSI_1475_2014
from validators.residence import read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._answered import in_force, lives_in
from validators.rules._asked import alta
from validators.rules.identity_match import with_differences
from validators.stays import Stay, certificates, stays
from validators.towns import same_town

_INSTRUCTIONS = "Resolución de 17-2-2020 (BOE-A-2020-4784), apdo."

OTHER_PERSON = Rule(
    id="CE-RES-15",
    basis="Orden SSI/1475/2014, art. 5.2.b",
    es="Los datos personales del certificado no coinciden con los de la solicitud.",
    gl="Os datos persoais do certificado non coinciden cos da solicitude.",
    en="The personal data of the certificate and of the application differ.",
)
OLD = Rule(
    id="CE-RES-16",
    basis=f"Orden SSI/1475/2014, art. 2.b; {_INSTRUCTIONS} 8.1.1",
    es="Certificado de más de {months} meses (expedido el {issued}): aporte uno actual.",
    gl="Certificado de máis de {months} meses (expedido o {issued}): achegue un actual.",
    en="Certificate older than {months} months (issued {issued}): provide a current one.",
    since=INE_2020,
)
NO_START = Rule(
    id="CE-RES-17",
    basis=f"{_INSTRUCTIONS} 8.1.1",
    es="El certificado no dice la fecha inicial de alta.",
    gl="O certificado non di a data inicial de alta.",
    en="The certificate does not give the initial registration date.",
    since=INE_2020,
)
_NOT_READ = Text(
    "El certificado es una imagen en la que el programa no lee la fecha de alta: mírela usted.",
    "O certificado é unha imaxe na que o programa non le a data de alta: mírea vostede.",
    "The certificate is a picture in which the program reads no date of registration: please look at it.",
)
IMPOSSIBLE = Rule(
    id="CE-RES-18",
    basis=f"{_INSTRUCTIONS} 8.1.1",
    es="El certificado contiene fechas imposibles.",
    gl="O certificado contén datas imposibles.",
    en="The certificate contains impossible dates.",
    since=INE_2020,
)
RULES = (
    *OLD.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 2.b; Real Decreto 1690/1986, art. 61")),
    *NO_START.formerly((SSI_1475_2014, "Orden SSI/1475/2014, arts. 2.a y 5.2.b")),
    *IMPOSSIBLE.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 5.2.b; RD 1690/1986, art. 53.1")),
)


@judge("convenio_especial")
def persons(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review for each register paper that is not surely about the applicant."""
    if not alta(application, law):
        return
    for column in columns(application):
        if column.kind not in {"certificate", "volante"} or column.match == "same":
            continue
        person = column.person
        facts = (person.id_number, person.first_surname, person.given_name, person.birth_date)
        reason = with_differences(OTHER_PERSON, application.applicant, person)
        yield OTHER_PERSON.finds(Outcome.REVIEW, law, *facts, reason=reason)


def _seen(paper: Registration) -> tuple[Evidence, ...]:
    """Return the place of the day of issue, or, on a paper that gives none, of its first stay."""
    if paper.issued_on is not None:
        return paper.issued_on.evidence
    return paper.periods[0].since.evidence if paper.periods else ()


@judge("convenio_especial")
def age_of_certificate(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether a certificate shows the filing day: issued after it, or not long before."""
    own = certificates(application)
    line = read_timeline(application, law.policy, stays(own))
    if not alta(application, law) or not line.present:
        return
    asked = next((lives_in(application, law, stay.town) for stay in line.present), None)
    if asked is not None:
        yield _queried(asked, law)
        return
    oldest = add_months(law.on, -law.policy.certificate_age_months)
    dates = [d for stay in line.present for paper in own if (d := _issue(paper, stay)) is not None]
    known = [fact for fact in dates if fact.value is not None]
    if not known:
        places = [e for paper in own for e in _seen(paper)]
        outcome = Outcome.REVIEW if dates else Outcome.CURE
        yield OLD.finds(outcome, law, *dates, evidence=places, reason=_UNDATED)
        return
    best = max(known, key=lambda f: (f.value is not None and f.value >= oldest, f.confidence, str(f.value)))
    read = [value >= oldest for value in (best.value, *best.others) if value is not None]
    outcome = (Outcome.MET if all(read) else Outcome.REVIEW) if any(read) else Outcome.CURE
    months = law.policy.certificate_age_months
    reason = _fresh(best.value) if outcome is Outcome.MET else None
    yield OLD.finds(outcome, law, best, reason=reason, months=months, issued=best.value)


def _queried(answer: RegisterAnswer, law: Law) -> Finding:
    """Return that the register itself shows the residence on the filing day ("or query", CE-RES-16)."""
    facts = [fact for stay in in_force(answer, law.on) for fact in (stay.municipality, stay.until)]
    return OLD.finds(Outcome.MET, law, *facts, reason=_SHOWN, source=answer.source, day=answer.as_of)


_SHOWN = Text(
    "La consulta al padrón ({source}, datos del {day}) muestra la inscripción en vigor.",
    "A consulta ao padrón ({source}, datos do {day}) mostra a inscrición en vigor.",
    "The query of the register ({source}, data of {day}) shows the entry in force.",
)
_UNDATED = Text(
    "No consta la fecha de expedición del certificado.",
    "Non consta a data de expedición do certificado.",
    "The certificate's date of issue is not known.",
)


def _fresh(issued: dt.date | None) -> Text:
    """Return the sentence for a certificate that shows the filing day."""
    return Text(
        f"Certificado reciente, expedido el {issued:%d/%m/%Y}.",
        f"Certificado recente, expedido o {issued:%d/%m/%Y}.",
        f"Recent certificate, issued on {issued:%d/%m/%Y}.",
    )


def _issue(paper: Registration, stay: Stay) -> Fact[dt.date] | None:
    """Return the issue date of a certificate that shows *stay*."""
    shows = any(
        same_town(p.municipality.value or "", stay.town) and (p.until.value or dt.date.max) >= stay.end
        for p in paper.periods
    )
    return paper.issued_on if shows else None


@judge("convenio_especial")
def first_registration(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a cure for a certificate without any date of alta, unless another one gives it."""
    if not alta(application, law):
        return
    own = certificates(application)
    towns = [stay.town for stay in stays(own)]
    for paper in own:
        town = paper.municipality.value if paper.municipality else None
        if not paper.periods and not any(same_town(known, town or "") for known in towns):
            place = (Evidence(paper.document, "periods"),)
            outcome, reason = (Outcome.REVIEW, _NOT_READ) if paper.seen else (Outcome.CURE, None)
            yield NO_START.finds(outcome, law, paper.last_change_on, evidence=place, reason=reason)


@judge("convenio_especial")
def impossible_dates(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review for a certificate whose dates cannot all be true.

    One issued after the reception came with an answer to a requirement, or its date is misread.
    """
    if not alta(application, law):
        return
    latest = add_months(max(application.filing.received_on, law.on), law.policy.certificate_age_months)
    for paper in certificates(application):
        facts = [paper.issued_on, *(f for p in paper.periods for f in (p.since, p.until))]
        if any(_impossible(paper, birth, latest) for birth in _births(application, paper)):
            yield IMPOSSIBLE.finds(Outcome.REVIEW, law, *facts)
        elif _after(paper.issued_on, application.filing.received_on):
            yield IMPOSSIBLE.finds(Outcome.NOTICE, law, paper.issued_on, reason=_LATER)


_LATER = Text(
    "El certificado se expidió después de la recepción del expediente.",
    "O certificado expediuse despois da recepción do expediente.",
    "The certificate was issued after the case was received.",
)


def _births(application: Application, paper: Registration) -> list[dt.date | None]:
    """Return the applicant's dates of birth by the form and by the certificate."""
    facts = (application.applicant.birth_date, paper.person.birth_date)
    return [fact.value if fact else None for fact in facts]


def _impossible(paper: Registration, born: dt.date | None, latest: dt.date) -> bool:
    """Whether a stay ends before it begins, precedes the birth, follows the issue, or ends by death."""
    issued = paper.issued_on.value if paper.issued_on else None
    limit = issued or latest
    if limit > latest:
        return True
    for period in paper.periods:
        since, until = period.since.value, period.until.value
        days = [day for day in (born, since, until, limit) if day is not None]
        if days != sorted(days) or "death" in {period.cause_in, period.cause_out}:
            return True
    return False


def _after(fact: Fact[dt.date] | None, day: dt.date) -> bool:
    """Whether a date was read and lies after *day*."""
    return fact is not None and fact.value is not None and fact.value > day
