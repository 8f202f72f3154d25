"""Numbers of identity and account: their form, their check letters, the box that goes with them.

Source: docs/law.md section 6 and the check letters of section 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from validators.facts import Application, ConvenioRequest, Fact, Identity, Person
from validators.finding import Finding, Outcome
from validators.law.regimes import LEY_39_2015, RD_1192_2012, SSI_1475_2014
from validators.numbers import (
    Shape,
    check_letter_holds,
    iban_holds,
    plain,
    shape,
    social_security_formulas,
    support_of,
)
from validators.rules import Law, Rule, judge
from validators.rules._certainty import cure_if, empty, known, named, sure

DNI = Rule(
    id="CE-ID-01",
    basis="Ley 39/2015, art. 66.1.a",
    es="El DNI no tiene ocho cifras y la letra que les corresponde.",
    gl="O DNI non ten oito cifras e a letra que lles corresponde.",
    en="The DNI does not have eight digits and the letter that belongs to them.",
    since=LEY_39_2015,
)
NIE = Rule(
    id="CE-ID-02",
    basis="Ley 39/2015, art. 66.1.a",
    es="El NIE no tiene la forma o la letra correctas.",
    gl="O NIE non ten a forma ou a letra correctas.",
    en="The NIE does not have the right form or letter.",
    since=LEY_39_2015,
)
NIF = Rule(
    id="CE-ID-03",
    basis="Ley 39/2015, art. 66.1.a",
    es="El NIF que empieza por K, L o M no tiene la letra correcta.",
    gl="O NIF que empeza por K, L ou M non ten a letra correcta.",
    en="The NIF that starts with K, L or M does not have the right letter.",
    since=LEY_39_2015,
)
SUPPORT = Rule(
    id="CE-ID-05",
    basis="Ley 39/2015, art. 9.1",
    es="El número de soporte no corresponde a la clase de documento.",
    gl="O número de soporte non corresponde á clase de documento.",
    en="The card's support number does not match this kind of document.",
    since=LEY_39_2015,
)
KIND_AND_NUMBER = Rule(
    id="CE-ID-06",
    basis="Orden SSI/1475/2014, anexo, 1.2 y 1.3; Ley 39/2015, art. 66.1.a",
    es="Falta el número de documento, o no corresponde a la única casilla que debe marcarse.",
    gl="Falta o número de documento, ou non corresponde ao único recadro que debe marcarse.",
    en="The document number is missing, or does not match the one box that must be ticked.",
    since=LEY_39_2015,
)
MACHINE_ZONE = Rule(
    id="CE-ID-07",
    basis="Ley 39/2015, art. 9.1; OACI, Doc 9303",
    es="Los dígitos de control de la zona de lectura mecánica no cuadran.",
    gl="Os díxitos de control da zona de lectura mecánica non cadran.",
    en="The check digits of the machine-readable zone do not match.",
    since=LEY_39_2015,
)
SOCIAL_SECURITY = Rule(
    id="CE-ID-10",
    basis="Ley 39/2015, art. 66.1.a",
    es="El número de la Seguridad Social no cumple el control, o solo por una de dos fórmulas ({formulas}).",
    gl="O número da Seguridade Social non cumpre o control, ou só por unha das dúas fórmulas ({formulas}).",
    en="The social security number fails its check, or passes only one of its two formulas ({formulas}).",
    since=LEY_39_2015,
)
ACCOUNT = Rule(
    id="CE-ID-11",
    basis="Orden SSI/1475/2014, anexo, 5; ISO 13616",
    es="El número de cuenta (IBAN) no es correcto.",
    gl="O número de conta (IBAN) non é correcto.",
    en="The account number (IBAN) is not correct.",
    since=SSI_1475_2014,
)
RULES = (
    *(
        rule.formerly((RD_1192_2012, "Ley 30/1992, art. 70.1.a"))[0]
        for rule in (DNI, NIE, NIF, SUPPORT, SOCIAL_SECURITY)
    ),
    *KIND_AND_NUMBER.formerly(
        (RD_1192_2012, "Ley 30/1992, art. 70.1.a"),
        (SSI_1475_2014, "Orden SSI/1475/2014, anexo, 1.2 y 1.3; Ley 30/1992, art. 70.1.a"),
    ),
    *MACHINE_ZONE.formerly((RD_1192_2012, "Ley 30/1992, art. 70.1.a; OACI, Doc 9303")),
)

_LETTERS: Mapping[Shape, Rule] = MappingProxyType({"dni": DNI, "nie": NIE, "nif": NIF})
_FITTING: Mapping[str, tuple[Rule, frozenset[str]]] = MappingProxyType(
    {
        # the DNI box also serves a NIF of K, L or M; the foreigner's card must hold a NIE
        "dni": (DNI, frozenset({"dni", "nif"})),
        "nie": (NIE, frozenset({"nie"})),
        "tie": (KIND_AND_NUMBER, frozenset({"nie"})),
        "foreigner_card": (KIND_AND_NUMBER, frozenset({"nie"})),
    }
)
_OF_CARDS: Mapping[str, tuple[Rule, frozenset[str]]] = MappingProxyType(
    {
        "dni": (DNI, frozenset({"dni", "nif"})),
        "tie": (NIE, frozenset({"nie"})),
        "eu_certificate": (NIE, frozenset({"nie"})),
    }
)
"""The numbers that Spanish cards bear."""
PASSPORT_LENGTH = 20
"""Signs of a passport number at most, as the administration's own schemas have it (docs/law.md, CE-ID-06)."""


@judge()
def check_letters(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-01, 02, 03: a wrong letter is cured if read surely, else a person looks."""
    seen: set[str] = set()
    for number in _numbers(application):
        value = number.value
        if value is None or plain(value) in seen or check_letter_holds(value) is not False:
            continue
        seen.add(plain(value))
        yield _LETTERS[shape(value)].finds(cure_if(law, number), law, number)


@judge()
def box_and_number(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-06: exactly one kind of document ticked, a number there, and of that kind."""
    for person in _signatories(application):
        if empty(law, person.id_number) != "no":
            outcome = Outcome.CURE if empty(law, person.id_number) == "yes" else Outcome.REVIEW
            yield KIND_AND_NUMBER.finds(outcome, law, person.id_number)
        elif person.id_number:
            yield from _kind_fits(person, person.id_number, law)


def _kind_fits(person: Person, number: Fact[str], law: Law) -> Iterator[Finding]:
    """Yield a finding where the box ticked and the number written do not go together."""
    box = person.id_type
    kind = box.value if box else None
    if isinstance(kind, list):
        yield KIND_AND_NUMBER.finds(cure_if(law, box), law, box)
    elif kind is None and shape(number.value or "") == "other":
        yield KIND_AND_NUMBER.finds(cure_if(law, box), law, box, number)
    elif kind == "passport" and len(number.value or "") > PASSPORT_LENGTH:
        yield KIND_AND_NUMBER.finds(Outcome.REVIEW, law, number)
    elif kind is not None and kind in _FITTING:
        rule, shapes = _FITTING[kind]
        if shape(number.value or "") not in shapes:
            yield rule.finds(cure_if(law, box, number), law, box, number)


@judge()
def cards(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-01, 02, 05 and 07: what the card says of itself must hold together."""
    for card in application.identities:
        yield from _support(card, law)
        yield from _own_number(card, law)
        if card.mrz_valid is not None and False in (card.mrz_valid.value, *card.mrz_valid.others):
            yield MACHINE_ZONE.finds(Outcome.REVIEW, law, card.mrz_valid)


def _own_number(card: Identity, law: Law) -> Iterator[Finding]:
    """Yield a review where the number of a Spanish card has not the form of its kind (misread or false)."""
    kind, number = card.kind, card.number
    if kind is None or number is None or number.value is None:
        return
    rule, shapes = _OF_CARDS.get(kind.value or "", (NIE, None))
    if shapes is not None and shape(number.value) not in shapes:
        yield rule.finds(Outcome.REVIEW, law, kind, number)


def _support(card: Identity, law: Law) -> Iterator[Finding]:
    """Yield a finding where the support number is that of another card."""
    kind, number = card.kind, card.support_number
    if kind is None or number is None or number.value is None or kind.value not in {"tie", "eu_certificate"}:
        return
    if support_of(number.value) != kind.value:
        yield SUPPORT.finds(Outcome.REVIEW, law, kind, number)


@judge()
def account_number(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-11: the remainder of the IBAN and, for a Spanish account, its control digits.

    Who pays by deposit needs no account: what stands there then is not looked at.
    """
    asked = (form for form in application.convenio if not _by_deposit(form, law))
    written = (*(form.iban for form in asked), *(paper.iban for paper in application.mandates))
    for iban in written:
        if iban is not None and iban.value is not None and not iban_holds(iban.value):
            yield ACCOUNT.finds(cure_if(law, iban), law, iban)


def _by_deposit(form: ConvenioRequest, law: Law) -> bool:
    """Whether the form surely chooses to pay by deposit (annex, blocks 4 and 5)."""
    method = form.payment_method
    return method is not None and sure(law, method) and method.value == "deposit"


@judge("asistencia_sanitaria")
def social_security_number(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-10: two formulas circulate; either is taken, and a reviewer sees which one."""
    for form in application.asistencia:
        number = form.social_security_number
        if number is None or number.value is None:
            continue
        formulas = social_security_formulas(number.value)
        if not formulas:
            yield SOCIAL_SECURITY.finds(cure_if(law, number), law, number, formulas="0/2")
        elif len(formulas) == 1:
            yield SOCIAL_SECURITY.finds(Outcome.NOTICE, law, number, formulas="1/2: " + min(formulas))


def _numbers(application: Application) -> Iterator[Fact[str]]:
    """Yield every identity number that was read, the applicant's first."""
    people = [application.applicant, *_signatories(application)]
    people += [declaration.declarant for declaration in application.declarations]
    people += [form.account_holder for form in application.convenio]
    people += [b.person for form in application.asistencia for b in form.beneficiaries]
    numbers: list[Fact[Any] | None] = [person.id_number for person in people]
    numbers += [card.number for card in application.identities]
    numbers += [permit.number for permit in application.permits]
    yield from (number for number in numbers if number is not None and known(number))


def _signatories(application: Application) -> Iterator[Person]:
    """Yield the applicants, and the representatives that the forms name."""
    for form in application.convenio:
        yield form.applicant
        if named(form.representative):
            yield form.representative
    for request in application.asistencia:
        yield request.holder
        if named(request.representative):
            yield request.representative
