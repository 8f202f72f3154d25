"""CE-NOT-01 and CE-PAGO-01: where the person is told, and from which account the fee is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from validators.facts import Address, Application, ConvenioRequest, Fact
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match, numbers_match
from validators.law.regimes import LEY_39_2015, MODEL_2014, SSI_1475_2014
from validators.numbers import iban_holds, plain
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta, kinds
from validators.rules._certainty import ADDRESSED, cure_if, empty, known

PLACE = Rule(
    id="CE-NOT-01",
    basis="Ley 39/2015, arts. 41 y 66.1.b; Orden SSI/1475/2014, anexo, 3",
    es="Falta el domicilio o correo para notificar.",
    gl="Falta o domicilio ou correo para notificar.",
    en="The address or e-mail for notifications is missing.",
    since=LEY_39_2015,
)
PAYMENT = Rule(
    id="CE-PAGO-01",
    basis="Orden SSI/1475/2014, art. 6; modelo de convenio (BOE-A-2014-10169), cláusula 4.ª",
    es="La cuenta debe ser de la persona suscriptora o de su representante.",
    gl="A conta debe ser da persoa subscritora ou de quen a represente.",
    en="The account must belong to the subscriber or their representative.",
    since=MODEL_2014,
)
RULES = (
    *PLACE.formerly((SSI_1475_2014, "Ley 30/1992, arts. 59 y 70.1.a; Orden SSI/1475/2014, anexo, 3")),
    *PAYMENT.formerly((SSI_1475_2014, "Orden SSI/1475/2014, art. 6")),
)

_TOLD = Text("Consta dónde notificar.", "Consta onde notificar.", "The place for notifications is stated.")
_BOTH = Text(
    "Se marcaron dos lugares de notificación: elija uno.",
    "Marcáronse dous lugares de notificación: escolla un.",
    "Two places for notifications are ticked: choose one.",
)
_HOME = Text(
    "No se marcó el lugar de notificación: se usará el domicilio.",
    "Non se marcou o lugar de notificación: usarase o domicilio.",
    "No place for notifications is ticked: the home address will be used.",
)
_UNREAD_PLACE = Text(
    "No se lee qué lugar de notificación se marcó: compruébelo antes de notificar.",
    "Non se le que lugar de notificación se marcou: comprobe cal é antes de notificar.",
    "Which place for notifications is ticked cannot be read: check it before notifying.",
)
_UNREAD_PART = Text(
    "Consta dónde notificar, pero parte de la dirección se lee con duda: compruébela antes de notificar.",
    "Consta onde notificar, pero parte do enderezo lese con dúbida: compróbeo antes de notificar.",
    "The place for notifications is stated; part of the address is read with doubt: check it first.",
)
_ONE = Text(
    "Elija una sola forma de pago: domiciliación o ingreso en cuenta.",
    "Escolla unha soa forma de pagamento: domiciliación ou ingreso en conta.",
    "Choose one way of payment: direct debit or deposit.",
)
_IBAN = Text(
    "Falta el número de cuenta (IBAN) de la domiciliación.",
    "Falta o número de conta (IBAN) da domiciliación.",
    "The account number (IBAN) for the direct debit is missing.",
)
_OWNER = Text(
    "Falta el nombre de quien es titular de la cuenta.",
    "Falta o nome de quen é titular da conta.",
    "The name of the account holder is missing.",
)
_DOUBT = Text(
    "No está claro de quién es la cuenta, o los papeles del banco difieren de la solicitud.",
    "Non está claro de quen é a conta, ou os papeis do banco difiren da solicitude.",
    "It is not clear whose account it is, or the bank's papers differ from the form.",
)
_PAID = Text("Forma de pago en regla.", "Forma de pagamento en regra.", "Payment is in order.")


@judge("convenio_especial")
def notices(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the chosen place for notices exists."""
    for form in application.convenio:
        choice = form.notification_choice
        place = form.notification_address if _is(choice, "other_address") else form.address
        if choice is not None and isinstance(choice.value, list):
            yield PLACE.finds(Outcome.CURE, law, choice, reason=_BOTH)
        elif not _complete(place):
            seen = [fact for fact in (choice, *place.unread()) if fact is not None]
            yield PLACE.finds(cure_if(law, *seen), law, *seen)
        elif known(choice):
            yield _stated(choice, place, law)
        else:
            blank = empty(law, choice) == "yes"
            yield PLACE.finds(Outcome.NOTICE, law, choice, reason=_HOME if blank else _UNREAD_PLACE)


def _stated(choice: Fact[str | list[str]] | None, place: Address, law: Law) -> Finding:
    """Return the finding on a place that is stated: a defect that hides an optional part is a notice.

    No letter is addressed with a part that was not read surely.
    """
    least = law.policy.acceptance
    needed = [choice, *(part for name, part in place.parts.items() if name in ADDRESSED)]
    doubtful = [part for part in place.parts.values() if part.confidence < least]
    if doubtful and all(fact is not None and fact.confidence >= least for fact in needed):
        return PLACE.finds(Outcome.NOTICE, law, *doubtful, reason=_UNREAD_PART)
    return PLACE.finds(Outcome.MET, law, choice, *place.parts.values(), reason=_TOLD)


def _is(choice: Fact[str | list[str]] | None, slug: str) -> bool:
    """Whether some reading of a group of boxes is *slug*."""
    return choice is not None and slug in (choice.value, *choice.others)


def _complete(address: Address) -> bool:
    """Whether an address can be written on an envelope: a street, and a town or postal code."""
    parts = {name for name, fact in address.parts.items() if fact.value}
    return "street_name" in parts and bool(parts & {"city", "postal_code"})


@judge("convenio_especial")
def payment(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the way of payment is chosen and the account is the person's own.

    A change of data is judged by what it changes: an account is looked at, boxes left blank are not.
    """
    if not alta(application, law):
        yield from _new_account(application, law)
        return
    for form in application.convenio:
        method = form.payment_method
        if method is None or not isinstance(method.value, str) or method.others:
            sure = empty(law, method) == "yes" or (method is not None and isinstance(method.value, list))
            yield PAYMENT.finds(Outcome.CURE if sure else Outcome.REVIEW, law, method, reason=_ONE)
        elif method.value == "direct_debit":
            yield _account(application, form, law)
        else:
            yield PAYMENT.finds(Outcome.MET, law, method, reason=_PAID)


def _new_account(application: Application, law: Law) -> Iterator[Finding]:
    """Yield the finding on the account that a change of data names, and on a direct debit without one."""
    if kinds(application) != {"variacion"}:
        return
    for form in application.convenio:
        method = form.payment_method
        debit = method is not None and "direct_debit" in (method.value, *method.others)
        if debit or known(form.iban) or full_name(form.account_holder):
            yield _account(application, form, law)


def _account(application: Application, form: ConvenioRequest, law: Law) -> Finding:
    """Return the finding on the account of a direct debit."""
    holder = form.account_holder
    facts = (form.payment_method, form.iban, holder.id_number, holder.first_surname)
    if not known(form.iban):
        none = empty(law, form.iban) == "yes"
        return PAYMENT.finds(Outcome.CURE if none else Outcome.REVIEW, law, form.iban, reason=_IBAN)
    if not full_name(holder) and not known(holder.id_number):
        return PAYMENT.finds(Outcome.CURE, law, *facts, holder.given_name, reason=_OWNER)
    answers = {_owner(form, holder_name, number) for holder_name, number in _holders(application, form)}
    doubt = form.iban is not None and any(iban_holds(other) for other in form.iban.others)
    if answers == {"same"} and not doubt and _one_account(application, form):
        number = _as_sure(form, holder.id_number)
        proved = (form.payment_method, form.iban, number, holder.first_surname)
        return PAYMENT.finds(Outcome.MET, law, *proved, reason=_PAID)
    if answers == {"different"}:
        return PAYMENT.finds(Outcome.CURE, law, *facts)
    return PAYMENT.finds(Outcome.REVIEW, law, *facts, reason=_DOUBT)


def _as_sure(form: ConvenioRequest, number: Fact[str] | None) -> Fact[str] | None:
    """Return the account holder's number as sure as the surer of the two places that give the very same.

    Misread, it would hardly be the one that stands elsewhere in the form.
    """
    if number is None or number.value is None or number.others:
        return number
    own = (form.applicant.id_number, form.representative.id_number)
    alike = [
        one for one in own if one and one.value and not one.others and plain(one.value) == plain(number.value)
    ]
    best = max(alike, key=lambda one: one.confidence, default=number)
    sure = max(number.confidence, best.confidence)
    return replace(number, confidence=sure, evidence=(*number.evidence, *best.evidence))


def _holders(application: Application, form: ConvenioRequest) -> Iterator[tuple[str, str | None]]:
    """Yield who owns the account by the form and by each paper of the bank."""
    number = form.account_holder.id_number
    yield full_name(form.account_holder), number.value if number else None
    for paper in application.mandates:
        if paper.holder_name and paper.holder_name.value:
            yield paper.holder_name.value, None


def _owner(form: ConvenioRequest, name: str, number: str | None) -> str:
    """Return whether an owner is the applicant or the representative; an equal name needs no number."""
    people = (form.applicant, form.representative)
    answers = []
    for person in people:
        by_number = numbers_match(number, person.id_number.value if person.id_number else None)
        by_name = names_match(name, full_name(person))
        against = "different" in {by_number, by_name}
        alike = "same" in {by_number, by_name}
        answers.append("unsure" if against == alike else "same" if alike else "different")
    return "same" if "same" in answers else "different" if answers[0] == "different" else "unsure"


def _one_account(application: Application, form: ConvenioRequest) -> bool:
    """Whether the bank's papers name the form's account."""
    own = plain(form.iban.value or "") if form.iban else ""
    return all(p.iban is None or plain(p.iban.value or "") == own for p in application.mandates)
