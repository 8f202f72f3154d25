"""CE-DOC-01 to 06: the papers that Orden SSI/1475/2014 art. 5.2 asks for, each about the applicant."""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, Declaration, Fact, Identity
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match, person_of
from validators.law.regimes import LEY_39_2015, SSI_1475_2014
from validators.nationality import nationality
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._certainty import known, ticked
from validators.rules._stale import current
from validators.stays import certificates, match

IDENTITY = Rule(
    id="CE-DOC-01",
    basis="Orden SSI/1475/2014, art. 5.2.a",
    es="Falta el documento de identidad de la persona solicitante.",
    gl="Falta o documento de identidade da persoa solicitante.",
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
    since=LEY_39_2015,
)
ILLEGIBLE = Rule(
    id="CE-DOC-05",
    basis="Ley 39/2015, art. 28.3 y 28.5",
    es="Copia no legible en un dato decisivo: pida, con sus motivos, el cotejo con el original.",
    gl="Copia non lexible nun dato decisivo: pida, cos seus motivos, o cotexo co orixinal.",
    en="A decisive item in a copy is not legible: ask, with reasons, to check it against the original.",
    since=LEY_39_2015,
)
QUERY = Rule(
    id="CE-DOC-06",
    basis="Ley 39/2015, art. 28.2; Real Decreto 523/2006",
    es="La consulta de residencia no dice las fechas anteriores: se necesita el certificado.",
    gl="A consulta de residencia non di as datas anteriores: necesítase o certificado.",
    en="The query of residence data gives no past dates: the certificate is needed.",
    since=LEY_39_2015,
)
RULES = (
    *DECLARATION.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 5.2.c; Ley 30/1992, art. 71 bis")),
    *ILLEGIBLE.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 5.2; Ley 30/1992, art. 46")),
    *QUERY.formerly((SSI_1475_2014, "Ley 30/1992, art. 35.f; Real Decreto 523/2006")),
)

_HAS_IDENTITY = Text(
    "Consta el documento de identidad.",
    "Consta o documento de identidade.",
    "The identity document is there.",
)
_UNNUMBERED = Text(
    "No se lee el número del documento de identidad.",
    "Non se le o número do documento de identidade.",
    "The number of the identity document cannot be read.",
)
_WHOSE = Text(
    "El documento no identifica con seguridad a la persona solicitante.",
    "O documento non identifica con seguridade a persoa solicitante.",
    "The document does not identify the applicant with certainty.",
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
    unread = [f for f in _unread_kinds(application) if not own]
    if own:
        best = max(own, key=lambda pair: min(_seen(pair[0]), _seen(pair[1])))
        numbered = known(best[1])
        outcome, reason = (Outcome.MET, _HAS_IDENTITY) if numbered else (Outcome.REVIEW, _UNNUMBERED)
        yield IDENTITY.finds(outcome, law, *best, reason=reason)
    elif any(about == "unsure" for _, _, about in cards) or unread:
        facts = [fact for kind, number, _ in cards for fact in (kind, number)]
        yield IDENTITY.finds(Outcome.REVIEW, law, *facts, *unread, reason=_WHOSE)
    else:
        yield IDENTITY.finds(Outcome.CURE, law)


def _unread_kinds(application: Application) -> Iterator[Fact[str] | None]:
    """Yield the kind of each paper that may be the applicant's and of which it cannot be told what it is."""
    for card in application.identities:
        doubtful = card.kind is None or card.kind.value is None or card.kind.others
        if doubtful and match(application, person_of(card)) != "different":
            yield card.kind or card.number


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
    if not current(paper.signature.on, application.filing.received_on, law):
        return Outcome.REVIEW
    named = about == "same" or _same_name(application, paper)
    return Outcome.MET if marks == ["yes", "yes"] and named else Outcome.REVIEW


def _same_name(application: Application, paper: Declaration) -> bool:
    """Whether the declarant has the applicant's name and no number of their own speaks against it."""
    same = names_match(full_name(application.applicant), full_name(paper.declarant)) == "same"
    return same and not known(paper.declarant.id_number)


@judge("convenio_especial")
def legible(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a review where a copy has a place for a deciding value and the value cannot be read."""
    facts: list[Fact[str]] = [c.number for c in application.identities if c.number]
    if alta(application, law):
        facts += [r.municipality for r in certificates(application) if r.municipality]
    lost = [f for f in facts if f.value is None]
    if lost:
        yield ILLEGIBLE.finds(Outcome.REVIEW, law, *lost)
