"""One person in all papers, and a document that is in force: CE-ID-08, CE-ID-09 and CE-ID-12.

Source: docs/law.md section 6; Ley 39/2015 art. 9.1 obliges to verify who the interested person is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.crosscheck import Column, columns, explained
from validators.dates import age
from validators.facts import Application, Fact, Identity, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match, person_of
from validators.law import whole
from validators.law.regimes import LEY_39_2015, RD_1192_2012, RDL_7_2018, SSI_1475_2014
from validators.numbers import plain
from validators.rules import Law, Rule, judge
from validators.rules._certainty import Answer, cure_if, known, sure
from validators.stays import match

EXPIRED = Rule(
    id="CE-ID-08",
    basis="RD 1192/2012, art. 6.2 (RDL 7/2018, DT 2ª); Orden SSI/1475/2014, art. 5.2.a",
    es="El documento de identidad estaba caducado al presentar la solicitud ({expiry}).",
    gl="O documento de identidade estaba caducado ao presentar a solicitude ({expiry}).",
    en="The identity document had expired when the application was filed ({expiry}).",
    since=RDL_7_2018,
)
UNDER_AGE = Rule(
    id="CE-ID-09",
    basis="RD 1553/2005, art. 2",
    es="El DNI no es obligatorio a su edad: compruebe el libro de familia o el certificado de nacimiento.",
    gl="O DNI non é obrigatorio á súa idade: comprobe o libro de familia ou o certificado de nacemento.",
    en="The DNI is not compulsory at this age: check the family book or birth certificate.",
)
ONE_PERSON = Rule(
    id="CE-ID-12",
    basis="Ley 39/2015, art. 9.1 y 66.1.a",
    es="Nombre, número o fecha de nacimiento no coinciden con certeza en todos los documentos.",
    gl="Nome, número ou data de nacemento non coinciden con certeza en todos os documentos.",
    en="Name, number or date of birth do not agree with certainty in all the papers.",
    since=LEY_39_2015,
)
RULES = (
    *EXPIRED.formerly(
        (RD_1192_2012, "RD 1192/2012, art. 6.2"),
        (SSI_1475_2014, "RD 1192/2012, art. 6.2; Orden SSI/1475/2014, art. 5.2.a"),
    ),
    *ONE_PERSON.formerly((RD_1192_2012, "Ley 30/1992, art. 70.1.a")),
)
_NAMELESS = Text(
    "Falta el nombre o el primer apellido de quien solicita.",
    "Falta o nome ou o primeiro apelido de quen solicita.",
    "The applicant's given name or first surname is missing.",
)
_AGREES = Text(
    "El documento de identidad es de la persona solicitante.",
    "O documento de identidade é da persoa solicitante.",
    "The identity paper is the applicant's.",
)


_UNREAD = Text(
    "No se lee si el documento de identidad estaba en vigor al presentar la solicitud.",
    "Non se le se o documento de identidade estaba en vigor ao presentar a solicitude.",
    "Whether the identity document was in force when the application was filed cannot be read.",
)
_EXPIRED = {"review": Outcome.REVIEW, "accept": Outcome.NOTICE}


@judge()
def expiry(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-08: the INSS asks for a document in force; the Orden does not say so, so a person looks.

    A TIE stays valid while its renewal is asked for: beside a permit's paper a person looks.
    """
    for card in application.identities:
        if card.expires_on is None or card.expires_on.value is None or card.expires_on.value >= law.on:
            continue
        renewed = bool(application.permits) and card.kind is not None and card.kind.value == "tie"
        asked = application.procedure == "asistencia_sanitaria" and not renewed
        expired = "cure" if asked else "review" if renewed else law.policy.expired_identity
        outcome = cure_if(law, card.expires_on) if expired == "cure" else _EXPIRED[expired]
        yield EXPIRED.finds(outcome, law, card.expires_on, expiry=card.expires_on.value)


@judge("convenio_especial")
def expiry_unread(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-08: a person looks where no identity paper is surely in force, nor surely expired.

    A registration certificate of the Union bears no expiry.
    """
    own = [c for c in application.identities if match(application, person_of(c)) != "different"]
    if not own or any(_in_force(card, law) != "unsure" for card in own):
        return
    outcome = Outcome.NOTICE if law.policy.expired_identity == "accept" else Outcome.REVIEW
    yield EXPIRED.finds(outcome, law, *(card.expires_on for card in own), reason=_UNREAD)


def _in_force(card: Identity, law: Law) -> Answer:
    """Whether a card had not expired on the filing day."""
    if card.kind is not None and card.kind.value == "eu_certificate":
        return "yes"
    until = card.expires_on
    if until is None or until.value is None or not sure(law, until):
        return "unsure"
    return "yes" if until.value >= law.on else "no"


@judge()
def child_without_card(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-09: a young Spaniard proves who he or she is by other papers, which a person reads."""
    person = application.applicant
    if not (known(person.birth_date) and person.nationality and person.nationality.value == "ESP"):
        return
    born = person.birth_date.value if person.birth_date else None
    if born and age(born, law.on) < whole("inss-service", "identity_age", on=law.on):
        yield UNDER_AGE.finds(Outcome.REVIEW, law, person.birth_date, person.nationality)


@judge()
def named(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: the form says who asks: a first surname and a given name (the second surname may lack)."""
    forms = [*(f.applicant for f in application.convenio), *(f.holder for f in application.asistencia)]
    for person in forms:
        lost = [fact for fact in (person.first_surname, person.given_name) if not known(fact)]
        if lost:
            yield ONE_PERSON.finds(cure_if(law, *lost), law, *lost, reason=_NAMELESS)


@judge()
def own_readings(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: the applicant's number and birth may not be read in two ways."""
    person = application.applicant
    number, born = person.id_number, person.birth_date
    if number and number.value and any(plain(o) != plain(number.value) for o in number.others):
        yield ONE_PERSON.finds(Outcome.REVIEW, law, number)
    if born and born.others:
        yield ONE_PERSON.finds(Outcome.REVIEW, law, born)


@judge()
def born_otherwise(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: a family paper with the applicant's very name and another day of birth is looked at."""
    applicant = application.applicant
    born, number = applicant.birth_date, applicant.id_number
    if not (known(born) and born):
        return
    for record in application.family_records:
        for one in record.people:
            another = (
                one.id_number and number and number.value and plain(one.id_number) != plain(number.value)
            )
            same = names_match(one.name, full_name(applicant)) == "same" and not another
            if same and one.birth_date and one.birth_date != born.value:
                yield ONE_PERSON.finds(Outcome.REVIEW, law, born, record.record)


@judge("convenio_especial")
def birth_unread(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: a birth certificate in which nobody was read may be of another person or day."""
    born = application.applicant.birth_date
    told = {m.evidence.document: m.births for m in application.mentions if m.births}
    for record in application.family_records:
        days = told.get(record.document, ())
        unread = record.record and record.record.value == "birth" and not record.people
        if unread and not (born and born.value and born.value.isoformat() in days):
            yield ONE_PERSON.finds(Outcome.REVIEW, law, record.record)


@judge()
def bearer(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: every identity paper is the applicant's, or that of somebody the forms name."""
    applicant = application.applicant
    for column in columns(application):
        if column.about != "applicant" or column.kind != "identity":
            continue
        if column.match == "same" and not _otherwise_named(applicant, column.person):
            yield ONE_PERSON.finds(Outcome.MET, law, *_agreed(applicant, column.person), reason=_AGREES)
        else:
            yield _differs(applicant, column, law)


def _otherwise_named(applicant: Person, holder: Person) -> bool:
    """Whether the card also gives a name, in its machine-readable zone, that is surely another."""
    given, surnames = (
        [one for one in (fact.value, *fact.others) if one] if fact else []
        for fact in (holder.given_name, holder.first_surname)
    )
    names = [f"{first} {last}" for first in given for last in surnames]
    return any(names_match(full_name(applicant), name) == "different" for name in names)


@judge()
def declarant(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: who declares is the applicant, by number and name, or the representative for them."""
    for column in columns(application):
        declares = column.about == "applicant" and column.kind == "declaration"
        if declares and column.match != "same":
            yield _differs(application.applicant, column, law)


def _differs(applicant: Person, column: Column, law: Law) -> Finding:
    """Return the finding on a paper that is not surely the applicant's: in what it differs, and where."""
    person = column.person
    facts = (
        applicant.id_number,
        person.id_number,
        applicant.birth_date,
        person.birth_date,
        person.first_surname,
        person.given_name,
    )
    return ONE_PERSON.finds(
        Outcome.REVIEW, law, *facts, reason=with_differences(ONE_PERSON, applicant, person)
    )


def with_differences(rule: Rule, one: Person, other: Person) -> Text:
    """Return the rule's sentence with how two papers differ about a person, as the grid shows it."""
    found = [difference.text for difference in explained(one, other) if not difference.tolerated]
    said = Text(rule.es, rule.gl, rule.en)
    if not found:
        return said
    told = zip(said, zip(*found, strict=True), strict=True)
    return Text(*(f"{text.rstrip('.')}: {'; '.join(ways)}." for text, ways in told))


def _agreed(one: Person, other: Person) -> tuple[Fact[Any], ...]:
    """Return the facts that make two papers one person's, each as sure as the surer of its two readings.

    The number alone where it is the same in both; else the date of birth and the name.
    """
    number, birth, name = (
        _both(a, b) if a and b else None
        for a, b in (
            (one.id_number, other.id_number),
            (one.birth_date, other.birth_date),
            (one.first_surname, other.first_surname),
        )
    )
    if number and one.id_number and other.id_number and _equal(one.id_number, other.id_number):
        return (number,)
    return tuple(fact for fact in (birth, name) if fact)


def _equal(a: Fact[Any], b: Fact[Any]) -> bool:
    """Whether two facts hold the same number or date."""
    if isinstance(a.value, str) and isinstance(b.value, str):
        return plain(a.value) == plain(b.value)
    return a.value is not None and a.value == b.value


def _both(a: Fact[Any], b: Fact[Any]) -> Fact[Any]:
    """Return one fact of two readings that agree: both places, the surer certainty."""
    return Fact(
        value=a.value, confidence=max(a.confidence, b.confidence), evidence=(*a.evidence, *b.evidence)
    )
