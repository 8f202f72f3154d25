"""CE-DOC-01 to 06: the papers that Orden SSI/1475/2014 art. 5.2 asks for, each about the applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.dates import add_years
from validators.facts import Application, Declaration, Fact, Identity, NonExport
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match, person_of
from validators.law import export_duty, whole
from validators.nationality import Nationality, nationality
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._certainty import known, sure, ticked
from validators.stays import certificates, match, stays
from validators.towns import is_country

IDENTITY = Rule(
    id="CE-DOC-01",
    basis="Orden SSI/1475/2014, art. 5.2.a",
    es="Falta el documento de identidad del solicitante.",
    gl="Falta o documento de identidade do solicitante.",
    en="The applicant's identity document is missing.",
)
CERTIFICATE = Rule(
    id="CE-DOC-02",
    basis="Orden SSI/1475/2014, art. 5.2.b",
    es="Falta el certificado de empadronamiento del último año.",
    gl="Falta o certificado de empadroamento do último ano.",
    en="The certificate of registration for the last year is missing.",
)
DECLARATION = Rule(
    id="CE-DOC-03",
    basis="Orden SSI/1475/2014, art. 5.2.c; Ley 39/2015, art. 69",
    es="Falta la declaración responsable firmada de no tener otra cobertura obligatoria.",
    gl="Falta a declaración responsable asinada de non ter outra cobertura obrigatoria.",
    en="The signed declaration of no other compulsory cover is missing.",
)
NOT_EXPORTABLE = Rule(
    id="CE-DOC-04",
    basis="Orden SSI/1475/2014, art. 5.2.c",
    es="Falta el certificado de la institución del país de procedencia de que el derecho no es exportable.",
    gl="Falta o certificado da institución do país de procedencia de que o dereito non é exportable.",
    en="The certificate of the country of provenance that the right is not exportable is missing.",
)
ILLEGIBLE = Rule(
    id="CE-DOC-05",
    basis="Ley 39/2015, art. 28.3 y 28.5",
    es="Copia no legible en un dato decisivo: pídase cotejo motivado.",
    gl="Copia non lexible nun dato decisivo: pídase cotexo motivado.",
    en="A deciding value of a copy is not legible: ask for a reasoned check against the original.",
)
QUERY = Rule(
    id="CE-DOC-06",
    basis="Ley 39/2015, art. 28.2; Real Decreto 523/2006",
    es="La consulta de residencia no da histórico: se necesita el certificado.",
    gl="A consulta de residencia non dá histórico: necesítase o certificado.",
    en="The query of residence data gives no history: the certificate is needed.",
)

_HAS_IDENTITY = Text(
    "Consta el documento de identidad.",
    "Consta o documento de identidade.",
    "The identity document is there.",
)
_WHOSE = Text(
    "El documento no identifica con seguridad al solicitante.",
    "O documento non identifica con seguridade o solicitante.",
    "The paper does not surely name the applicant.",
)
_DECLARED = Text(
    "Consta la declaración firmada de no tener otra cobertura.",
    "Consta a declaración asinada de non ter outra cobertura.",
    "The signed declaration of no other cover is there.",
)
_UNSURE = Text(
    "La declaración no se lee con seguridad, o hay varias que no concuerdan.",
    "A declaración non se le con seguridade, ou hai varias que non concordan.",
    "The declaration cannot be read with certainty, or several disagree.",
)
_EXEMPT = Text(
    "Su nacionalidad no obliga a aportar certificado de no exportación.",
    "A súa nacionalidade non obriga a achegar certificado de non exportación.",
    "The nationality does not call for a non-export certificate.",
)
_SHOWN = Text(
    "Consta que el derecho no es exportable.",
    "Consta que o dereito non é exportable.",
    "The right is shown not to be exportable.",
)
_COUNTRY = Text(
    "No se conoce con seguridad la nacionalidad, o el país no está entre los verificados.",
    "Non se coñece con seguridade a nacionalidade, ou o país non está entre os verificados.",
    "The nationality is not surely known, or the country is not among those verified.",
)
_PROVENANCE = Text(
    "El país de procedencia no es el de nacionalidad: revísese qué institución debe certificar.",
    "O país de procedencia non é o da nacionalidade: revísese que institución debe certificar.",
    "The country of provenance is not that of nationality: check which institution must certify.",
)
_LETTER = Text(
    "El certificado de no exportación no es concluyente o no es con seguridad del solicitante.",
    "O certificado de non exportación non é concluínte ou non é con seguridade do solicitante.",
    "The non-export certificate is not conclusive, or not surely the applicant's.",
)


@judge("convenio_especial")
def identity(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether a paper surely identifies the applicant; a Spaniard needs the DNI."""
    accepted = {"dni"} if nationality(application).values == {"ESP"} else _ACCEPTED
    cards = [
        (c.kind, c.number, match(application, person_of(c)))
        for c in application.identities
        if _one_of(c, accepted)
    ]
    own = [(kind, number) for kind, number, about in cards if about == "same"]
    if own:
        best = max(own, key=lambda pair: min(_seen(pair[0]), _seen(pair[1])))
        yield IDENTITY.finds(Outcome.MET, law, *best, reason=_HAS_IDENTITY)
    elif any(about == "unsure" for _, _, about in cards):
        facts = (fact for kind, number, _ in cards for fact in (kind, number))
        yield IDENTITY.finds(Outcome.REVIEW, law, *facts, reason=_WHOSE)
    else:
        yield IDENTITY.finds(Outcome.CURE, law)


_ACCEPTED = frozenset({"dni", "tie", "passport", "eu_certificate"})


def _one_of(card: Identity, accepted: frozenset[str] | set[str]) -> bool:
    """Whether a card surely is of one of the *accepted* kinds."""
    return card.kind is not None and card.kind.value in accepted and not card.kind.others


def _seen(fact: Fact[str] | None) -> float:
    """Return how sure a value is; no value, no certainty."""
    return fact.confidence if known(fact) and fact is not None else 0.0


@judge("convenio_especial")
def register(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a cure where no register paper about the applicant came (a volante alone is CE-PAD-02)."""
    if not alta(application, law):
        return
    papers = [r for r in application.registrations if match(application, r.person) != "different"]
    if not papers:
        yield CERTIFICATE.finds(Outcome.CURE, law)
    if not certificates(application):
        yield QUERY.finds(Outcome.NOTICE, law)


@judge("convenio_especial")
def declaration(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the applicant, or the representative, declares and signs to have no other cover."""
    if not alta(application, law):
        return
    answers = [_declares(application, paper, law) for paper in application.declarations]
    facts = [f for p in application.declarations for f in (p.declares, p.signature.present)]
    if answers and set(answers) == {Outcome.MET}:
        yield DECLARATION.finds(Outcome.MET, law, *facts, reason=_DECLARED)
    elif set(answers) <= {Outcome.CURE}:
        yield DECLARATION.finds(Outcome.CURE, law, *facts)
    else:
        yield DECLARATION.finds(Outcome.REVIEW, law, *facts, reason=_UNSURE)


def _declares(application: Application, paper: Declaration, law: Law) -> Outcome:
    """Return what one declaration is worth."""
    marks = [ticked(law, paper.declares), ticked(law, paper.signature.present)]
    about = match(application, paper.declarant)
    if about == "different":
        return Outcome.REVIEW
    if "no" in marks:
        return Outcome.CURE
    if _stale(paper.signature.on, law):
        return Outcome.REVIEW
    named = about == "same" or _same_name(application, paper)
    return Outcome.MET if marks == ["yes", "yes"] and named else Outcome.REVIEW


def _same_name(application: Application, paper: Declaration) -> bool:
    """Whether the declarant has the applicant's name and no number of their own speaks against it."""
    same = names_match(full_name(application.applicant), full_name(paper.declarant)) == "same"
    return same and not known(paper.declarant.id_number)


@judge("convenio_especial")
def export(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the right in the country of provenance is shown not to be exportable.

    Without an identity paper nor a nationality elsewhere, CE-DOC-01 asks for the paper that will tell.
    """
    if not alta(application, law):
        return
    nations = nationality(application)
    duty = _duty(nations, law)
    if not nations.values and not application.identities:
        return
    if duty in {"review", "unknown"} or not nations.values:
        yield NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *nations.facts, reason=_COUNTRY)
    elif duty == "none":
        yield NOT_EXPORTABLE.finds(Outcome.MET, law, nations.fact, reason=_EXEMPT)
    elif not application.non_exports:
        yield NOT_EXPORTABLE.finds(Outcome.CURE, law, *nations.facts)
    else:
        yield _certified(application, nations, law)
    if duty in {"required", "none"} and nations.values != {"ESP"}:
        yield from _provenance(application, nations, law)


def _duty(nations: Nationality, law: Law) -> str:
    """Return the duty of the applicant's nationality; two nationalities are for a person to weigh."""
    if len(nations.values) != 1:
        return "review"
    return export_duty(next(iter(nations.values)), "convenio_especial", on=law.on)


def _certified(application: Application, nations: Nationality, law: Law) -> Finding:
    """Return the finding on the certificates that came: one that surely says no, about the applicant."""
    papers = application.non_exports
    good = [p for p in papers if _says_no(application, p, law)]
    facts = [f for p in papers for f in (p.not_exportable, p.country)]
    if not good or len(good) < len(papers):
        return NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *facts, reason=_LETTER)
    if {p.country.value for p in good if p.country} != nations.values:
        return NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *facts, nations.fact, reason=_PROVENANCE)
    return NOT_EXPORTABLE.finds(Outcome.MET, law, *facts, nations.fact, reason=_SHOWN)


def _says_no(application: Application, paper: NonExport, law: Law) -> bool:
    """Whether a certificate surely says that the applicant's right is not exportable."""
    if match(application, paper.person) == "different" or ticked(law, paper.not_exportable) != "yes":
        return False
    named = names_match(full_name(application.applicant), full_name(paper.person)) == "same"
    issued = paper.issued_on
    future = issued is not None and issued.value is not None and issued.value > application.filing.received_on
    return named and sure(law, paper.country) and not future and not _stale(issued, law)


def _stale(written: Fact[dt.date] | None, law: Law) -> bool:
    """Whether a paper about the present was written before the year that the Orden looks at."""
    years = whole("ssi-1475-2014", "residence_years", on=law.on)
    return written is not None and written.value is not None and written.value < add_years(law.on, -years)


def _provenance(application: Application, nations: Nationality, law: Law) -> Iterator[Finding]:
    """Yield a review where the register says that the person came from another country than their own."""
    origins = {s.origin for s in stays(certificates(application)) if is_country(s.origin)}
    if origins and not origins <= nations.values:
        yield NOT_EXPORTABLE.finds(Outcome.REVIEW, law, *nations.facts, reason=_PROVENANCE)


@judge("convenio_especial")
def legible(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where a copy has a place for a deciding value and the value cannot be read."""
    facts: list[Fact[str]] = [c.number for c in application.identities if c.number]
    if alta(application, law):
        facts += [r.municipality for r in certificates(application) if r.municipality]
    lost = [f for f in facts if f.value is None]
    if lost:
        yield ILLEGIBLE.finds(Outcome.REVIEW, law, *lost)
