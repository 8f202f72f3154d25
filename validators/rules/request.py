"""CE-INI, CE-ACT, CE-FIR, CE-REP: the official form, what it asks for, who signs and for whom."""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, ConvenioRequest, Fact, Person, Representation, Signature
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, same_person
from validators.law.regimes import LEY_39_2015, SSI_1475_2014
from validators.rules import Law, Rule, judge
from validators.rules._certainty import by_hand, empty, known, ticked
from validators.rules._power import OTHER_MATTER, covers
from validators.rules._stale import stale
from validators.stays import match

FORM = Rule(
    id="CE-INI-01",
    basis="Orden SSI/1475/2014, art. 5.1; Ley 39/2015, art. 66.6",
    es="Falta la solicitud en el modelo oficial del anexo.",
    gl="Falta a solicitude no modelo oficial do anexo.",
    en="The application on the official form of the annex is missing.",
    since=LEY_39_2015,
)
ONE_ACT = Rule(
    id="CE-ACT-01",
    basis="Orden SSI/1475/2014, anexo",
    es="Marque una sola opción: alta, baja o variación de datos.",
    gl="Marque unha soa opción: alta, baixa ou variación de datos.",
    en="Tick one option only: joining (alta), leaving (baja) or change of data (variación).",
)
SIGNED = Rule(
    id="CE-FIR-01",
    basis="Ley 39/2015, art. 66.1.e",
    es="Falta la firma de la solicitud.",
    gl="Falta a sinatura da solicitude.",
    en="The application is not signed.",
    since=LEY_39_2015,
)
SIGNED_ON = Rule(
    id="CE-FIR-02",
    basis="Ley 39/2015, arts. 16.3, 31.2.c y 66.1.e",
    es="La fecha de firma ({signed}) no es la de presentación ({filed}).",
    gl="A data de sinatura ({signed}) non é a de presentación ({filed}).",
    en="The signing date ({signed}) is not the filing date ({filed}).",
    since=LEY_39_2015,
)
REPRESENTED = Rule(
    id="CE-REP-01",
    basis="Ley 39/2015, art. 5.3 a 5.6",
    es="Falta acreditar la representación.",
    gl="Falta acreditar a representación.",
    en="Proof of the representation is missing.",
    since=LEY_39_2015,
)
RULES = (
    *FORM.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 5.1; Ley 30/1992, art. 70.4")),
    *SIGNED.formerly((SSI_1475_2014, "Ley 30/1992, art. 70.1.d")),
    *SIGNED_ON.formerly((SSI_1475_2014, "Ley 30/1992, arts. 38.3 y 70.1")),
    *REPRESENTED.formerly((SSI_1475_2014, "Ley 30/1992, art. 32")),
)

_ON_FORM = Text(
    "Solicitud en el modelo oficial.", "Solicitude no modelo oficial.", "Application on the official form."
)
_CHOSEN = Text("Se pide {}.", "Pídese {}.", "The form asks for: {}.")
_IS_SIGNED = Text("La solicitud está firmada.", "A solicitude está asinada.", "The application is signed.")
_UNSURE = Text(
    "No se aprecia con seguridad si la solicitud está firmada.",
    "Non se aprecia con seguridade se a solicitude está asinada.",
    "It cannot be told whether the application is signed.",
)
_PROVED = Text(
    "La representación está acreditada.", "A representación está acreditada.", "The representation is proved."
)
_UNSEEN = Text(
    "No se ve con seguridad si está firmado el documento de representación: mire las dos firmas.",
    "Non se ve con seguridade se está asinado o documento de representación: mire as dúas sinaturas.",
    "Whether the proof of representation is signed cannot be seen surely: look at both signatures.",
)
_WHO = Text(
    "No está claro quién representa a quién.",
    "Non está claro quen representa a quen.",
    "It is not clear who represents whom.",
)


@judge("convenio_especial")
def form(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the official form came."""
    if application.convenio:
        yield FORM.finds(Outcome.MET, law, reason=_ON_FORM)
    else:
        yield FORM.finds(Outcome.CURE, law)


@judge("convenio_especial")
def one_act(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether exactly one of alta, baja and variation is ticked."""
    for request in application.convenio:
        fact = request.request_type
        if known(fact) and fact is not None and isinstance(fact.value, str) and not fact.others:
            chosen = Text(*(text.format(fact.value) for text in _CHOSEN))
            yield ONE_ACT.finds(Outcome.MET, law, fact, reason=chosen)
        else:
            none = empty(law, fact) == "yes"
            yield ONE_ACT.finds(Outcome.CURE if none else Outcome.REVIEW, law, fact)


@judge("convenio_especial")
def signature(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the person, or their representative, signed the form."""
    for request in application.convenio:
        person, agent = request.applicant_signature.present, request.representative_signature.present
        own, other = ticked(law, person), ticked(law, agent)
        if own == "yes" or (other == "yes" and _named(request.representative)):
            yield SIGNED.finds(Outcome.MET, law, person if own == "yes" else agent, reason=_IS_SIGNED)
        elif own == "no" and (other == "no" or agent is None):
            yield SIGNED.finds(Outcome.CURE, law, person, agent)
        else:
            yield SIGNED.finds(Outcome.REVIEW, law, person, agent, reason=_UNSURE)


@judge("convenio_especial")
def signing_date(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a notice for a form signed before it was filed, a review for one signed after or long before."""
    for request in application.convenio:
        yield from _dated(request.applicant_signature, law)
        yield from _dated(request.representative_signature, law)


def _dated(signature: Signature, law: Law) -> Iterator[Finding]:
    """Yield what the date beside one signature says."""
    fact = signature.on
    if fact is None or fact.value is None or fact.value == law.on:
        return
    late = any(day > law.on for day in (fact.value, *fact.others))
    outcome = Outcome.REVIEW if late or stale(fact, law) else Outcome.NOTICE
    yield SIGNED_ON.finds(outcome, law, fact, signed=fact.value, filed=law.on)


@judge("convenio_especial")
def representation(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether a representative's power is proved by a signed paper."""
    for request in application.convenio:
        named = _named(request.representative)
        if named:
            yield _power(application, request, law)
        elif application.representations or _touched(request, law):
            present = request.representative_signature.present
            yield REPRESENTED.finds(
                Outcome.REVIEW, law, present, *by_hand(request.representative), reason=_WHO
            )


def _touched(request: ConvenioRequest, law: Law) -> bool:
    """Whether something of a representative stands in a form that names none."""
    signed = ticked(law, request.representative_signature.present) == "yes"
    return signed or bool(request.representative_address.parts) or bool(by_hand(request.representative))


def _power(application: Application, request: ConvenioRequest, law: Law) -> Finding:
    """Return the finding on a named representative: the best of the papers that speak of it."""
    agent = request.representative
    facts = (agent.first_surname, agent.given_name, agent.id_number)
    answers = [_proof(application, agent, paper, law) for paper in application.representations]
    if Outcome.MET in answers:
        return REPRESENTED.finds(Outcome.MET, law, reason=_PROVED)
    if Outcome.REVIEW in answers:
        return _looked_at(application, agent, law)
    return REPRESENTED.finds(Outcome.CURE, law, *facts)


def _looked_at(application: Application, agent: Person, law: Law) -> Finding:
    """Return the review of papers that prove nothing surely: for what, who signed, or who represents whom."""
    fitting = [paper for paper in application.representations if _fits(application, agent, paper)]
    signed = [p for p in fitting if all(ticked(law, one) == "yes" for one in _signatures(p))]
    if signed:
        told = [fact for p in signed for fact in (p.procedure, p.represented_signature.on)]
        return REPRESENTED.finds(Outcome.REVIEW, law, *told, reason=OTHER_MATTER)
    if fitting:
        unseen = [one for paper in fitting for one in _signatures(paper)]
        return REPRESENTED.finds(Outcome.REVIEW, law, *unseen, reason=_UNSEEN)
    named = (agent.first_surname, agent.given_name, agent.id_number)
    return REPRESENTED.finds(Outcome.REVIEW, law, *named, reason=_WHO)


def _proof(application: Application, agent: Person, paper: Representation, law: Law) -> Outcome:
    """Return what one paper proves: signed by both, for this applicant, representative and procedure."""
    signs = [ticked(law, present) for present in _signatures(paper)]
    if "no" in signs:
        return Outcome.CURE
    fits = _fits(application, agent, paper) and covers(application, paper, law)
    return Outcome.MET if signs == ["yes", "yes"] and fits else Outcome.REVIEW


def _fits(application: Application, agent: Person, paper: Representation) -> bool:
    """Whether a paper is surely about this applicant and this representative."""
    about = match(application, paper.represented)
    return about == "same" and same_person(agent, paper.representative) == "same"


def _signatures(paper: Representation) -> tuple[Fact[bool] | None, Fact[bool] | None]:
    """Return what is known of both signatures of a paper."""
    return paper.represented_signature.present, paper.representative_signature.present


def _named(person: Person) -> bool:
    """Whether the form names a representative."""
    return bool(full_name(person)) or known(person.id_number)
