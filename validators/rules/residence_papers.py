"""CE-RES-12 and 15 to 20: what the certificates themselves leave in doubt, and other signs of residence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.dates import add_months, add_years
from validators.facts import Application, Evidence, Fact, Registration
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.renewal import must_renew
from validators.residence import read_timeline
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.stays import Stay, certificates, match, stays
from validators.towns import same_town
from validators.year import verdict

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
)
NO_START = Rule(
    id="CE-RES-17",
    basis=f"{_INSTRUCTIONS} 8.1.1",
    es="El certificado no dice la fecha inicial de alta.",
    gl="O certificado non di a data inicial de alta.",
    en="The certificate does not give the initial registration date.",
)
IMPOSSIBLE = Rule(
    id="CE-RES-18",
    basis=f"{_INSTRUCTIONS} 8.1.1",
    es="El certificado contiene fechas imposibles.",
    gl="O certificado contén datas imposibles.",
    en="The certificate contains impossible dates.",
)
OTHER_PROOF = Rule(
    id="CE-RES-19",
    basis="Ley 39/2015, art. 77.1; Orden SSI/1475/2014, art. 5.2.b",
    es="Se aporta otra prueba de residencia distinta del padrón: valorarla.",
    gl="Achégase outra proba de residencia distinta do padrón: valorala.",
    en="Proof of residence other than the register is offered: to be assessed.",
)
RENEWAL = Rule(
    id="CE-RES-20",
    basis=f"Ley 7/1985, art. 16.1; {_INSTRUCTIONS} 6.7 y 6.8",
    es="El plazo de renovación de la inscripción ({mark}) venció tras expedirse el certificado ({issued}).",
    gl="O prazo de renovación da inscrición ({mark}) venceu tras expedirse o certificado ({issued}).",
    en="The entry's renewal fell due ({mark}) after the certificate was issued ({issued}).",
)


@judge("convenio_especial")
def persons(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review for each register paper that is not surely about the applicant."""
    if not alta(application, law):
        return
    for paper in application.registrations:
        if match(application, paper.person) != "same":
            person = paper.person
            facts = (person.id_number, person.first_surname, person.given_name, person.birth_date)
            place = (Evidence(paper.document, "person.id_number"),)
            yield OTHER_PERSON.finds(Outcome.REVIEW, law, *facts, evidence=place)


@judge("convenio_especial")
def age_of_certificate(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether a certificate shows the filing day: issued after it, or not long before."""
    own = certificates(application)
    line = read_timeline(application, law.policy, stays(own))
    if not alta(application, law) or not line.present:
        return
    oldest = add_months(law.on, -law.policy.certificate_age_months)
    dates = [d for stay in line.present for paper in own if (d := _issue(paper, stay)) is not None]
    known = [fact for fact in dates if fact.value is not None]
    if not known:
        places = [Evidence(paper.document, "issued_on") for paper in own]
        outcome = Outcome.REVIEW if dates else Outcome.CURE
        yield OLD.finds(outcome, law, *dates, evidence=places, reason=_UNDATED)
        return
    best = max(known, key=lambda f: (f.value is not None and f.value >= oldest, f.confidence, str(f.value)))
    read = [value >= oldest for value in (best.value, *best.others) if value is not None]
    outcome = (Outcome.MET if all(read) else Outcome.REVIEW) if any(read) else Outcome.CURE
    months = law.policy.certificate_age_months
    reason = _fresh(best.value) if outcome is Outcome.MET else None
    yield OLD.finds(outcome, law, best, reason=reason, months=months, issued=best.value)


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
            yield NO_START.finds(Outcome.CURE, law, paper.last_change_on, evidence=place)


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


@judge("convenio_especial")
def other_proof(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where the register falls short and another paper may show an older residence."""
    if not alta(application, law):
        return
    line = read_timeline(application, law.policy, stays(certificates(application)))
    said = verdict(line, law.policy, appealed=False)
    if said is None or said.outcome is Outcome.MET:
        return
    start = line.start or law.on
    older = [p.valid_from for p in application.permits if _before(p.valid_from, start)]
    unread = application.papers.get("other", ()) if said.outcome is Outcome.NOT_MET else ()
    if older or unread:
        yield OTHER_PROOF.finds(Outcome.REVIEW, law, *older)


def _after(fact: Fact[dt.date] | None, day: dt.date) -> bool:
    """Whether a date was read and lies after *day*."""
    return fact is not None and fact.value is not None and fact.value > day


def _before(fact: Fact[dt.date] | None, day: dt.date) -> bool:
    """Whether a date was read and lies before *day*."""
    return fact is not None and fact.value is not None and fact.value < day


@judge("convenio_especial")
def renewal(application: Application, law: Law) -> Iterator[Finding]:
    """Yield what the two-year renewal of non-EU residents means for an entry that is still open.

    A certificate without date of issue is asked for again by CE-RES-16.
    """
    own = certificates(application)
    line = read_timeline(application, law.policy, stays(own))
    if not alta(application, law) or not must_renew(application, law.policy.acceptance, law.on):
        return
    years = whole("lbrl-1985", "renewal_years", on=law.on)
    for stay in line.present:
        mark, issued = add_years(stay.since, years), stay.certified_on
        if mark <= law.on and stay.until is None and issued is not None:
            late = issued < mark
            outcome = Outcome.REVIEW if late else Outcome.NOTICE
            reason = None if late else _active(mark)
            yield RENEWAL.finds(outcome, law, *stay.facts, reason=reason, mark=mark, issued=issued)


def _active(mark: dt.date) -> Text:
    """Return the sentence for an entry that the certificate shows alive after its renewal fell due."""
    return Text(
        f"La renovación venció el {mark:%d/%m/%Y}; el certificado posterior muestra la inscripción activa.",
        f"A renovación venceu o {mark:%d/%m/%Y}; o certificado posterior mostra a inscrición activa.",
        f"Renewal fell due on {mark:%d/%m/%Y}; the later certificate shows the entry still active.",
    )
