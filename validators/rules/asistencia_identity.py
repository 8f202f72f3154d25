"""Which identity papers each group shows to the INSS: Spaniards, the Union, their families, the others.

Source: RD 1192/2012 art. 6.2.a and b; docs/law.md AS-ID-01 to AS-ID-04.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.dates import age
from validators.facts import Application, Fact, Identity
from validators.finding import Finding, Outcome, Text
from validators.identity import person_of, same_person
from validators.law import moves_freely, whole
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._certainty import Answer, cure_if, known, sure, ticked
from validators.rules._nationality import stated

SPANIARD = Rule(
    id="AS-ID-01",
    basis="RD 1192/2012, art. 6.2.a (RDL 7/2018, DT 2ª)",
    es="Falta el DNI en vigor de la persona titular o el documento de quien la represente.",
    gl="Falta o DNI en vigor da persoa titular ou o documento de quen a represente.",
    en="The holder's valid DNI, or the representative's document, is missing.",
    since=RDL_7_2018,
)
UNION = Rule(
    id="AS-ID-02",
    basis="RD 1192/2012, art. 6.2.b.1 (RDL 7/2018, DT 2ª)",
    es="Falta el documento de identidad o pasaporte en vigor, o certificado de registro de la Unión.",
    gl="Falta o documento de identidade ou pasaporte en vigor, ou certificado de rexistro da Unión.",
    en="A valid identity card or passport, or the EU registration certificate, is missing.",
    since=RDL_7_2018,
)
FAMILY = Rule(
    id="AS-ID-03",
    basis="RD 1192/2012, art. 6.2.b.2 (RDL 7/2018, DT 2ª)",
    es="Falta el documento de identidad o pasaporte en vigor, o tarjeta de familiar de ciudadano de la "
    "Unión.",
    gl="Falta o documento de identidade ou pasaporte en vigor, ou tarxeta de familiar de cidadán da Unión.",
    en="A valid identity card or passport, or the EU family member's card, is missing.",
    since=RDL_7_2018,
)
OTHER = Rule(
    id="AS-ID-04",
    basis="RD 1192/2012, art. 6.2.b.3 (RDL 7/2018, DT 2ª)",
    es="Falta el pasaporte en vigor, o acreditar la residencia legal.",
    gl="Falta o pasaporte en vigor, ou acreditar a residencia legal.",
    en="The valid passport, or proof of legal residence, is missing.",
    since=RDL_7_2018,
)
RULES = (
    *SPANIARD.formerly((RD_1192_2012, "RD 1192/2012, art. 6.2.a")),
    *UNION.formerly((RD_1192_2012, "RD 1192/2012, art. 6.2.b.1")),
    *FAMILY.formerly((RD_1192_2012, "RD 1192/2012, art. 6.2.b.2")),
    *OTHER.formerly((RD_1192_2012, "RD 1192/2012, art. 6.2.b.3")),
)
_ARE_SHOWN = Text(
    "Constan los documentos de identidad en vigor.",
    "Constan os documentos de identidade en vigor.",
    "The identity papers in force are there.",
)
_UNCERTAIN = Text(
    "La nacionalidad, o la vigencia de los documentos de identidad, no consta con certeza.",
    "A nacionalidade, ou a vixencia dos documentos de identidade, non consta con certeza.",
    "The nationality, or whether the identity papers are in force, is not certain.",
)
_UNION_WORDS = ("ciudadan", "cidad", "comunitari", "unión", "union", "240/2007")
_HOLDER_KNOWN = Text(
    "Presenta la solicitud la persona beneficiaria: compruebe a la titular en los datos de la entidad.",
    "Presenta a solicitude a persoa beneficiaria: comprobe a titular nos datos da entidade.",
    "The beneficiary files the application: check the holder in the data of the body.",
)
_WITHOUT_PASSPORT = Text(
    "Una persona apátrida o con protección internacional no puede tener pasaporte: vea su título de viaje.",
    "Unha persoa apátrida ou con protección internacional non pode ter pasaporte: vexa o título de viaxe.",
    "A stateless or protected person can have no passport: see the travel document.",
)
_AGE_UNSURE = Text(
    "Falta el DNI, y no consta con certeza la fecha de nacimiento: de la edad depende que se exija.",
    "Falta o DNI, e non consta con certeza a data de nacemento: da idade depende que se esixa.",
    "The DNI is missing, and the birth date is not surely known: whether one is asked for hangs on it.",
)
_STATELESS = "XXA"
_PROTECTED_WORDS = (
    "apátrid",
    "apatrid",
    "refugi",
    "asilo",
    "protección internacional",
    "proteccion internacional",
)
_WITHOUT_END = frozenset({"eu_certificate"})
"""Papers that carry no date of expiry."""


@judge("asistencia_sanitaria")
def papers(application: Application, law: Law) -> Iterator[Finding]:
    """AS-ID-01 to 04: the papers of the applicant's group, each in force on the filing date."""
    nationality = application.applicant.nationality
    if _recognised_holder(application, law):
        yield SPANIARD.finds(Outcome.REVIEW, law, nationality, reason=_HOLDER_KNOWN)
    elif stated(application, law) == "unsure":
        yield OTHER.finds(Outcome.REVIEW, law, nationality, reason=_UNCERTAIN)
    elif nationality is not None and nationality.value is not None and not _young_spaniard(application, law):
        yield _of_group(nationality.value, application, law)


def _recognised_holder(application: Application, law: Law) -> bool:
    """Whether a beneficiary files alone, beside a holder who asks for nothing and whose papers are not there.

    Form 6-071 wants the holder's data then (AS-BEN-12); a former spouse cannot bring the other's card.
    """
    alone = bool(application.asistencia) and all(
        ticked(law, form.filed_by_beneficiary) == "yes" and ticked(law, form.for_holder) != "yes"
        for form in application.asistencia
    )
    named = [
        c for c in application.identities if same_person(application.applicant, person_of(c)) != "different"
    ]
    return alone and not named


def _of_group(nationality: str, application: Application, law: Law) -> Finding:
    """Return the finding for the papers that a nationality asks for."""
    if nationality == "ESP":
        return _of_age(_shown(SPANIARD, application, law, "dni"), application, law)
    if moves_freely(nationality, on=law.on):
        return _shown(UNION, application, law, "passport", "eu_certificate")
    if _of_the_family(application):
        return _shown(FAMILY, application, law, "passport", "tie")
    if application.permits and not _cards(application, "tie"):
        return OTHER.finds(Outcome.REVIEW, law, application.permits[0].permit)
    found = _shown(OTHER, application, law, "passport", "tie")
    if found.outcome is Outcome.CURE and _protected(nationality, application):
        return OTHER.finds(Outcome.REVIEW, law, application.applicant.nationality, reason=_WITHOUT_PASSPORT)
    return found


def _of_age(found: Finding, application: Application, law: Law) -> Finding:
    """Return the finding; a DNI is surely missing only where the age that asks for one is surely read."""
    born = application.applicant.birth_date
    if found.outcome is Outcome.CURE and known(born) and not sure(law, born):
        return SPANIARD.finds(Outcome.REVIEW, law, born, evidence=found.evidence, reason=_AGE_UNSURE)
    return found


def _protected(nationality: str, application: Application) -> bool:
    """Whether somebody with a foreigner's card is stateless, or by that card protected."""
    words = [
        card.permit.value.casefold()
        for card in _cards(application, "tie")
        if card.permit and card.permit.value
    ]
    written = any(word in text for text in words for word in _PROTECTED_WORDS)
    return bool(_cards(application, "tie")) and (nationality == _STATELESS or written)


@judge("asistencia_sanitaria")
def representative_card(application: Application, law: Law) -> Iterator[Finding]:
    """AS-ID-01: who acts for the holder shows an identity paper too."""
    for form in application.asistencia:
        if not known(form.representative.id_number):
            continue
        shown = [
            c for c in application.identities if same_person(form.representative, person_of(c)) != "different"
        ]
        if not shown:
            yield SPANIARD.finds(
                cure_if(law, form.representative.id_number), law, form.representative.id_number
            )


def _young_spaniard(application: Application, law: Law) -> bool:
    """Whether the applicant is a Spaniard surely too young to need a DNI (CE-ID-09 speaks then)."""
    nationality, born = application.applicant.nationality, application.applicant.birth_date
    if (
        nationality is None
        or nationality.value != "ESP"
        or born is None
        or born.value is None
        or not sure(law, born)
    ):
        return False
    return age(born.value, law.on) < whole("inss-service", "identity_age", on=law.on)


def _of_the_family(application: Application) -> bool:
    """Whether a card or a text says that the applicant belongs to a Union citizen's family."""
    written = any(of_the_union(card.permit) for card in application.identities)
    return written or any(m.subject == "family_member_of_eu_citizen" for m in application.mentions)


def of_the_union(permit: Fact[str] | None) -> bool:
    """Whether a card's words are those of a Union citizen's family; family reunification is another thing."""
    text = permit.value.casefold() if permit and permit.value else ""
    return "familiar" in text and any(word in text for word in _UNION_WORDS)


def _shown(rule: Rule, application: Application, law: Law, *kinds: str) -> Finding:
    """Return `met` if a paper of every kind is in force, `cure` if one surely is not there, else `review`."""
    answers = [_kind_shown(kind, application, law) for kind in kinds]
    cards = [card for kind in kinds for card in _cards(application, kind)]
    facts = [fact for card in cards for fact in (card.kind, card.expires_on)]
    if "no" in answers:
        unread = any(not known(card.kind) or not sure(law, card.kind) for card in application.identities)
        return rule.finds(Outcome.REVIEW if unread else Outcome.CURE, law, *facts)
    if "unsure" in answers:
        return rule.finds(Outcome.REVIEW, law, *facts, reason=_UNCERTAIN)
    return rule.finds(Outcome.MET, law, *facts, reason=_ARE_SHOWN)


def _kind_shown(kind: str, application: Application, law: Law) -> Answer:
    """Whether a paper of this kind came that is in force; the best of several decides."""
    answers = [_in_force(card, law) for card in _cards(application, kind)]
    return next((answer for answer in ("yes", "unsure") if answer in answers), "no")


def _cards(application: Application, kind: str) -> list[Identity]:
    """Return the applicant's papers of one kind."""
    return [
        card
        for card in application.identities
        if card.kind is not None
        and card.kind.value == kind
        and same_person(application.applicant, person_of(card)) != "different"
    ]


def _in_force(card: Identity, law: Law) -> Answer:
    """Whether a paper is in force on the filing date; expired counts as not shown (CE-ID-08 says so too)."""
    if card.kind is not None and card.kind.value in _WITHOUT_END:
        return "yes"
    if card.expires_on is None or card.expires_on.value is None or not sure(law, card.expires_on):
        return "unsure"
    return "yes" if card.expires_on.value >= law.on else "no"
